import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PeerLedger } from '../../../../network/embedded/ledger/peer-ledger';
import type { RangeRead } from '../../../../network/wire/rwset';
import { TestChannel } from '../../../support/a-channel';
import { aDelete, aSet, aTransaction, aWrite } from '../../../support/a-transaction';

const keys = ['a', 'b', 'c', 'd', 'e'];
const key = fc.constantFrom(...keys);

/** A program for a transaction: what it reads decides what it writes. */
interface Program {
    readonly reads: readonly string[];
    readonly range: readonly [string, string] | null;
    readonly writes: readonly { readonly key: string; readonly isDelete: boolean }[];
    readonly name: number;
}

const program: fc.Arbitrary<Program> = fc.record({
    reads: fc.uniqueArray(key, { maxLength: 2 }),
    range: fc.option(fc.tuple(key, key), { freq: 2 }),
    writes: fc.uniqueArray(fc.record({ key, isDelete: fc.boolean() }), {
        selector: (write) => write.key,
        maxLength: 2,
    }),
    name: fc.nat({ max: 999 }),
});
const blocks = fc.array(fc.array(program, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 });

/** What a program sees: every value it read, in one text. It goes into what the program writes. */
function run({ reads, range, writes, name }: Program, ledger: PeerLedger): Buffer {
    const snapshot = ledger.openSnapshot();
    const keyReads = reads.map((each) => ({ key: each, found: snapshot.get('grid', each) }));
    const found = range === null ? [] : [...snapshot.range('grid', range[0], range[1])];
    snapshot.release();
    const seen = [...keyReads.map((each) => each.found?.value), ...found.map(({ value }) => value)].map(String).join();
    const rangeReads: RangeRead[] =
        range === null ? [] : [{ startKey: range[0], endKey: range[1], exhausted: true, reads: found }];
    const set = aSet({
        reads: keyReads.map((each) => ({ key: each.key, version: each.found?.version })),
        rangeReads,
        writes: writes.map((write) =>
            write.isDelete ? aDelete(write.key) : aWrite(write.key, `${name}<${hash(seen)}>`),
        ),
    });
    return aTransaction({ sets: [set] });
}

function hash(text: string): string {
    let sum = 7;
    for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
    return sum.toString(36);
}

function stateOf(ledger: PeerLedger): string[] {
    return [...ledger.committedRange('grid', '', '')].map((each) => `${each.key}=${each.value.toString()}`);
}

describe('commits', () => {
    it('are serializable: the valid transactions of a block give what they give one after the other', () => {
        let valid = 0;
        let invalid = 0;
        fc.assert(
            fc.property(blocks, (programs) => {
                const together = new TestChannel();
                const oneByOne = new TestChannel();
                for (const block of programs) {
                    const envelopes = block.map((each) => run(each, together.ledger));
                    const { codes } = together.commit(...envelopes);
                    block.forEach((each, index) => {
                        if (codes[index] === 0) {
                            valid++;
                            oneByOne.commit(run(each, oneByOne.ledger));
                        } else invalid++;
                    });
                    expect(stateOf(together.ledger)).toEqual(stateOf(oneByOne.ledger));
                }
            }),
            { numRuns: 60 },
        );
        expect(valid).toBeGreaterThan(100);
        expect(invalid).toBeGreaterThan(20);
    });

    it('give every peer the same verdicts and the same commit hash', () => {
        fc.assert(
            fc.property(blocks, (programs) => {
                const first = new TestChannel();
                const second = new TestChannel();
                for (const block of programs) {
                    const envelopes = block.map((each) => run(each, first.ledger));
                    const [one, two] = [first.commit(...envelopes), second.commit(...envelopes)];
                    expect(two.bytes).toEqual(one.bytes);
                }
                expect(second.ledger.commitHash).toEqual(first.ledger.commitHash);
            }),
            { numRuns: 20 },
        );
    });
});
