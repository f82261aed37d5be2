import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MissingWrites } from '../../../../../network/embedded/private-data/missing-private-data';
import { Reconciler } from '../../../../../network/embedded/private-data/reconciler';
import { ManualClock } from '../../../../support/manual-clock';

const sleepIntervalMs = 5_000;
const lacked = (blockNumber: number): MissingWrites => ({
    txId: `t${blockNumber}`,
    blockNumber,
    txNumber: 0,
    namespace: 'cc',
    collection: 'c',
    hash: Buffer.of(blockNumber),
    writes: [],
    isValid: true,
    expiringBlock: Infinity,
    wasMember: true,
});

let clock: ManualClock;
let missing: MissingWrites[];
/** What members give, by block. */
let offered: Map<number, Buffer[]>;
let taken: number[];
let told: number[][];

beforeEach(() => {
    clock = new ManualClock();
    missing = [lacked(3), lacked(2)];
    offered = new Map();
    [taken, told] = [[], []];
});

function reconciler({ enabled = true } = {}): Reconciler {
    return new Reconciler({
        enabled,
        sleepIntervalMs,
        clock,
        ledger: {
            missing: (isMember) => missing.filter(({ namespace, collection }) => isMember(namespace, collection)),
            keepLate: (each, given) => {
                if (given.toString() !== 'right') return false;
                missing = missing.filter((other) => other !== each);
                taken.push(each.blockNumber);
                return true;
            },
        },
        exchange: {
            isMember: (_namespace, collection) => collection === 'c',
            offers: ({ blockNumber }) => offered.get(blockNumber) ?? [],
        },
        onReconciled: (reconciled) => told.push(reconciled.map(({ blockNumber }) => blockNumber)),
    });
}
const [right, wrong] = [Buffer.from('right'), Buffer.from('wrong')];

describe('a peer that lacks private data', () => {
    it('asks whenever the interval is over, until it has them', () => {
        reconciler().start();
        offered.set(2, [right]);
        clock.advance(sleepIntervalMs - 1);
        expect(taken).toEqual([]);
        clock.advance(1);
        expect(taken).toEqual([2]);
        clock.advance(sleepIntervalMs);
        offered.set(3, [wrong, right]);
        clock.advance(sleepIntervalMs);
        expect(taken).toEqual([2, 3]);
        clock.advance(10 * sleepIntervalMs);
        expect([taken, told]).toEqual([
            [2, 3],
            [[2], [3]],
        ]);
    });

    it('takes of each the first that is right, and says what has come, newest first', () => {
        [2, 3].forEach((block) => offered.set(block, [wrong, right, right]));
        reconciler().reconcile();
        expect([taken, told, missing]).toEqual([[3, 2], [[3, 2]], []]);
    });

    it('asks no more once it is stopped, and again once it is started, however often', () => {
        const asking = reconciler();
        asking.start();
        asking.start();
        expect(clock.pending).toBe(1);
        offered.set(3, [right]);
        asking.stop();
        clock.advance(2 * sleepIntervalMs);
        expect([taken, clock.pending]).toEqual([[], 0]);
        asking.start();
        clock.advance(sleepIntervalMs);
        expect(taken).toEqual([3]);
    });

    it('asks for nothing where reconciliation is off', () => {
        offered.set(3, [right]);
        const asking = reconciler({ enabled: false });
        asking.start();
        asking.reconcile();
        expect([clock.pending, taken]).toEqual([0, []]);
    });
});
