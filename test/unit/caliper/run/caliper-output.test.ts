import { describe, expect, it } from '@jest/globals';
import type { CaliperEvent } from '../../../../caliper/run/caliper-output';
import { CaliperOutput } from '../../../../caliper/run/caliper-output';

/** Lines as caliper-cli 0.6.0 writes them. */
const log = `2026.11.23-01:02:03.004 \u001b[32minfo\u001b[39m  [caliper] [round-orchestrator] \tStarted round 1 (wired-set-20)
2026.11.23-01:02:04.004 info  [caliper] [default-observer] \t[wired-set-20 Round 0 Transaction Info] - Submitted: 21 Succ: 11 Fail:1 Unfinished:9
2026.11.23-01:02:05.004 info  [caliper] [report-builder] \t### Test result ###
2026.11.23-01:02:05.005 info  [caliper] [report-builder] \t
+--------------+------+------+-----------------+-----------------+-----------------+-----------------+------------------+
| Name         | Succ | Fail | Send Rate (TPS) | Max Latency (s) | Min Latency (s) | Avg Latency (s) | Throughput (TPS) |
|--------------|------|------|-----------------|-----------------|-----------------|-----------------|------------------|
| wired-set-20 | 499  | 1    | 20.1            | 0.62            | 0.07            | 0.33            | 19.9             |
+--------------+------+------+-----------------+-----------------+-----------------+-----------------+------------------+

2026.11.23-01:02:05.006 info  [caliper] [round-orchestrator] \tFinished round 1 (wired-set-20) in 25.1 seconds
2026.11.23-01:02:05.007 error [caliper] [round-orchestrator] \tFailed round 2 (wired-set-50): Error: a worker (one) broke`;

describe('CaliperOutput', () => {
    const output = new CaliperOutput();
    const events = log
        .split('\n')
        .map((line) => output.read(line))
        .filter((event): event is CaliperEvent => event !== undefined);

    it('sees the rounds go by', () => {
        expect(events.map(({ kind }) => kind)).toEqual([
            'round-started',
            'progress',
            'result',
            'round-finished',
            'round-failed',
        ]);
    });

    it('counts with Caliper while a round runs', () => {
        const progress = { kind: 'progress', label: 'wired-set-20', submitted: 21, succeeded: 11, failed: 1 };
        expect(events).toContainEqual(progress);
    });

    it("keeps Caliper's figures under Caliper's names", () => {
        const result = events.find(({ kind }) => kind === 'result');
        expect(result).toEqual({
            kind: 'result',
            label: 'wired-set-20',
            figures: {
                Succ: 499,
                Fail: 1,
                'Send Rate (TPS)': 20.1,
                'Max Latency (s)': 0.62,
                'Min Latency (s)': 0.07,
                'Avg Latency (s)': 0.33,
                'Throughput (TPS)': 19.9,
            },
        });
    });

    it('tells a failed round from its exit status, which is 0, by what it says', () => {
        const failed = { kind: 'round-failed', label: 'wired-set-50', why: 'Error: a worker (one) broke' };
        expect(events).toContainEqual(failed);
    });

    it('keeps a dash where Caliper has no figure', () => {
        const header = '| Name | Succ | Max Latency (s) |';
        const lines = [header, '| r | 0 | - |'].map((line) => output.read(line));
        expect(lines[1]).toMatchObject({ figures: { Succ: 0, 'Max Latency (s)': '-' } });
    });
});
