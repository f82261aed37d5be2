import { describe, expect, it } from '@jest/globals';
import type { CaliperFault } from '../../../caliper/caliper-errors';
import { CaliperError } from '../../../caliper/caliper-errors';

const sentences: readonly (readonly [CaliperFault, RegExp])[] = [
    [
        { code: 'BENCH_ARGUMENT_INVALID', argument: '--rates', value: 'x', expected: 'whole numbers' },
        /^--rates is 'x': give whole numbers\.$/,
    ],
    [
        { code: 'TRANSACTIONS_NOT_DIVISIBLE', transactions: 7, workers: 5, topology: 'wireless' },
        /7 transactions .* 5 workers of wireless: give a multiple of 5/,
    ],
    [{ code: 'ROUND_EXCEEDS_MEDIUM', round: 'r', medium: '4g', sum: '9 of 8 kbit/s' }, /4g .* 9 of 8 kbit\/s\. Lower/],
    [
        { code: 'ROUND_ARGUMENTS_INVALID', findings: [{ path: 'loadPlan', message: 'is missing' }] },
        /loadPlan: is missing/,
    ],
    [{ code: 'LOAD_PLAN_UNREADABLE', file: 'plan.json', why: 'no such file' }, /plan\.json .*no such file/],
    [{ code: 'BENCH_ALREADY_RUNNING', pid: 42, lockFile: 'a.lock' }, /process 42.*remove a\.lock/],
    [
        { code: 'TRANSACTION_NOT_PROVED', operation: 'Set', topology: 'wired', why: 'No peer endorsed.' },
        /No round .* wired.* single Set .*No peer endorsed\./,
    ],
    [{ code: 'GATEWAY_NOT_OPENED', identity: 'DTU-1', medium: '4g', why: 'late' }, /DTU-1 over 4g .*late/],
    [
        { code: 'LINK_BYPASSED', node: '127.0.0.1:1', accepted: 3, carried: 2 },
        /accepted 3 .* carried 2.*proxy settings/,
    ],
    [
        { code: 'TOO_FEW_SWITCHES', topology: 'small', switches: 4, needed: 50, tps: 10, limitMs: 5_000 },
        /small has 4 switches, and 10 remote controls a second need 50: .* 5000 ms\. Lower limits\.remoteControl/,
    ],
    [{ code: 'TERMINALS_NOT_PLAYED', medium: '4g', why: 'late' }, /terminals on 4g .* played: late/],
    [
        { code: 'DRILL_IMPOSSIBLE', topology: 'small', why: 'it has none.' },
        /^small cannot .*it has none\. Choose another/,
    ],
    [
        { code: 'DRILL_STEP_FAILED', step: 'select-refused', why: 'it selected' },
        /failed at select-refused: it selected\./,
    ],
    [{ code: 'BENCH_INTERRUPTED' }, /^Interrupted/],
];

describe('CaliperError', () => {
    it.each(sentences)('says what is wrong and what to do: %j', (fault, sentence) => {
        const error = new CaliperError(fault);
        expect(error.message).toMatch(sentence);
        expect(error.fault).toBe(fault);
    });
});
