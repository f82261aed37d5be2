import { describe, expect, it } from '@jest/globals';
import { encodeFault } from '../../../../chaincode/src/faults/fault-api';
import { classifyFailure } from '../../../../network/client/classify-failure';
import { ClientError } from '../../../../network/client/client-errors';
import type { ClientFault } from '../../../../network/client/client-errors';
import { PhaseRecorder } from '../../../../network/client/phase-recorder';

const deadlines = { requestTimeoutMs: 3_000, commitTimeoutMs: 7_000 };
const classify = (error: unknown, endorsedMs?: number): ClientFault =>
    classifyFailure(error, { deadlines, times: { sentMs: 0, finishedMs: 1, ...(endorsedMs && { endorsedMs }) } });

describe('classifyFailure', () => {
    it('takes an invalid transaction for what its validation code says', () => {
        const error = Object.assign(new Error('x'), {
            name: 'TransactionError',
            transactionCode: 'MVCC_READ_CONFLICT',
        });
        expect(classify(error, 1)).toEqual({ code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' });
    });

    it('takes a missing commit event for a commit timeout', () => {
        expect(classify(Object.assign(new Error('late'), { name: 'TimeoutError' }), 1)).toEqual({
            code: 'COMMIT_TIMEOUT',
            afterMs: 7_000,
        });
    });

    it('restores the fault of a chaincode from the text that the SDK wraps around it', () => {
        const fault = { code: 'TERMINAL_SUSPENDED', terminalId: 'DTU-B004' } as const;
        const text = `No valid responses from any peers. Errors:\n    peer=p, status=500, message=${encodeFault(fault)}`;
        expect(classify(new Error(text))).toEqual({ code: 'CHAINCODE_FAULT', fault });
    });

    it('finds the fault in the responses that the SDK attaches', () => {
        const fault = { code: 'TERMINAL_SUSPENDED', terminalId: 'DTU-B004' } as const;
        const error = Object.assign(new Error('failed'), {
            responses: [{ response: { status: 500, message: encodeFault(fault) } }],
        });
        expect(classify(error)).toEqual({ code: 'CHAINCODE_FAULT', fault });
    });

    it('tells a peer that was too slow from one that is not there', () => {
        expect(classify(new Error('REQUEST TIMEOUT'))).toEqual({ code: 'REQUEST_TIMEOUT', afterMs: 3_000 });
        expect(classify(new Error('14 UNAVAILABLE: No connection established'))).toMatchObject({
            code: 'CLIENT_UNREACHABLE',
        });
    });

    it('never takes an ordering that got no answer for one that surely failed', () => {
        expect(classify(new Error('REQUEST TIMEOUT'), 1)).toMatchObject({ code: 'COMMIT_TIMEOUT' });
        expect(classify(new Error('status:SERVICE_UNAVAILABLE'), 1)).toMatchObject({ code: 'NOT_ORDERED' });
    });

    it('never takes a transaction that the orderer took for one that was not ordered', () => {
        const times = { sentMs: 0, endorsedMs: 1, orderedMs: 2, finishedMs: 3 };
        expect(classifyFailure(new Error('No successful events received'), { deadlines, times })).toEqual({
            code: 'COMMIT_UNKNOWN',
            why: 'No successful events received',
        });
    });

    it('keeps a fault that is one already, and has a sentence for all else', () => {
        const fault = { code: 'ANSWER_UNREADABLE', why: 'x' } as const;
        expect(classify(new ClientError(fault))).toBe(fault);
        expect(classify('plain text')).toEqual({ code: 'ENDORSEMENT_FAILED', why: 'plain text' });
    });
});

describe('PhaseRecorder', () => {
    it('notes when a begun transaction was endorsed and ordered, and forgets it when asked', async () => {
        let nowMs = 10;
        const phases = new PhaseRecorder(() => nowMs);
        const factory = phases.around(() => ({
            startListening: () => Promise.resolve(),
            waitForEvents: () => Promise.resolve(),
            cancelListening: () => undefined,
        }));
        phases.begin('t');
        const handler = factory('t', undefined as never);
        await handler.startListening();
        nowMs = 25;
        await handler.waitForEvents();
        expect(phases.take('t')).toEqual({ endorsedMs: 10, orderedMs: 25 });
        expect(phases.take('t')).toEqual({});
    });
});
