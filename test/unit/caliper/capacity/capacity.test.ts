import { describe, expect, it } from '@jest/globals';
import type { ActOperation, CapacityResult } from '../../../../caliper/capacity/capacity-record';
import { measureVerification } from '../../../../caliper/capacity/measure-verification';
import { medianOf } from '../../../../caliper/capacity/median-of';
import { parseCpuMs } from '../../../../caliper/capacity/process-cpu';
import { checkTargets } from '../../../../caliper/capacity/render-capacity';
import { runInFlight } from '../../../../caliper/capacity/run-in-flight';

describe('parseCpuMs', () => {
    it('adds user and system time, whatever the process is called', () => {
        const stat = '42 (node (x) y) S 1 42 42 0 -1 4194304 1 0 0 0 150 25 0 0 20 0 11 0 1 1 1';
        expect(parseCpuMs(stat)).toBe(1_750);
    });
});

describe('medianOf', () => {
    it('takes the middle of unsorted values, or the mean of the two middle ones', () => {
        expect(medianOf([5, 1, 3])).toBe(3);
        expect(medianOf([4, 1, 3, 2])).toBe(2.5);
        expect(medianOf([])).toBe(0);
    });
});

describe('runInFlight', () => {
    it('runs every task once and never more at once than asked', async () => {
        const seen: number[] = [];
        let running = 0;
        let most = 0;
        await runInFlight({ total: 25, inFlight: 4 }, async (index) => {
            most = Math.max(most, ++running);
            await Promise.resolve();
            seen.push(index);
            running--;
        });
        expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
        expect(most).toBe(4);
    });

    it('throws what a task threw, once the others have ended', async () => {
        let ended = 0;
        const run = runInFlight({ total: 6, inFlight: 3 }, async (index) => {
            await Promise.resolve();
            ended++;
            if (index === 0) throw new TypeError('lost');
        });
        await expect(run).rejects.toThrow('lost');
        expect(ended).toBe(6);
    });
});

describe('checkTargets', () => {
    const result = (operation: CapacityResult['operation'], tps: number, networkMs: number): CapacityResult => ({
        operation,
        inFlight: 100,
        transactions: 500,
        tps,
        readings: 0,
        stateCalls: { gets: 0, puts: 0, deletes: 0, ranges: 0 },
        cpuMsPerTransaction: { client: 1, network: networkMs, chaincode: 1 },
        rounds: [tps],
    });
    const check = (results: CapacityResult[]): boolean[] =>
        checkTargets({ conditions: { verifyMicros: 100 } as never, results }).map(({ kept }) => kept);

    it('keeps every target on the line', () => {
        expect(check([result('empty', 280, 1), result('set', 200, 3), result('query', 600, 1)])).toEqual(
            Array.from({ length: 5 }, () => true),
        );
    });

    it('takes the share of an empty transaction pair by pair', () => {
        const pairs = (of: CapacityResult, rounds: number[]): CapacityResult => ({ ...of, rounds });
        const empty = pairs(result('empty', 1_000, 1), [1_000, 400, 1_000]);
        const set = pairs(result('set', 720, 3), [720, 280, 720]);
        const share = checkTargets({ conditions: { verifyMicros: 100 } as never, results: [empty, set] })[2];
        expect(share).toMatchObject({ found: '0.72', kept: true });
    });

    const act = (operation: ActOperation, beside: 'empty' | 'set', ratio: number): CapacityResult => ({
        ...result(operation, 100, 1),
        readings: beside === 'set' ? 100 : 0,
        beside: { operation: beside, ratios: [ratio], ratio },
    });
    const acts = (displacement: number, step: number, batch: number): CapacityResult[] => [
        act('displacement', 'empty', displacement),
        ...(['select', 'confirm', 'operate', 'outcome'] as const).map((name) => act(name, 'empty', step)),
        act('set-batch', 'set', batch),
        act('set-signed-batch', 'set', batch),
        act('set-signed', 'empty', 0),
    ];

    it('judges the acts that were measured, a batch by its readings; a signed reading is told only', () => {
        const kept = check([...acts(0.65, 0.5, 0.5)]).slice(5);
        expect(kept).toEqual(Array.from({ length: 7 }, () => true));
        const missed = check([...acts(0.64, 0.49, 0.49)]).slice(5);
        expect(missed).toEqual(Array.from({ length: 7 }, () => false));
    });

    it('misses each target beyond the line, each for itself', () => {
        expect(check([result('empty', 290, 1), result('set', 199, 3.1), result('query', 599, 1.1)])).toEqual(
            Array.from({ length: 5 }, () => false),
        );
    });
});

describe('measureVerification', () => {
    it('finds that a verification costs some CPU', () => {
        expect(measureVerification(50)).toBeGreaterThan(1);
    });
});
