import { describe, expect, it } from '@jest/globals';
import { classifyFailure } from '../../../../network/client/classify-failure';
import { ClientError, type ClientFault } from '../../../../network/client/client-errors';

const classify = (error: unknown, stages: { endorsedMs?: number; orderedMs?: number } = {}): ClientFault =>
    classifyFailure(error, { sentMs: 0, finishedMs: 3, ...stages });

describe('classifyFailure', () => {
    it('never takes a transaction that the orderer took for one that was not ordered', () => {
        const why = 'No successful events received';
        const fault = classify(new Error(why), { endorsedMs: 1, orderedMs: 2 });
        expect(fault).toEqual({ code: 'COMMIT_UNKNOWN', why });
    });

    it('says that nothing was ordered when listening for the commit failed before', () => {
        expect(classify(new Error('no peer\n to hear'), { endorsedMs: 1 })).toEqual({
            code: 'NOT_ORDERED',
            why: 'no peer to hear',
        });
    });

    it('takes a discovery that fails for a network that cannot be reached', () => {
        expect(classify('plain text')).toEqual({ code: 'CLIENT_UNREACHABLE', node: 'A peer', why: 'plain text' });
    });

    it('keeps a fault that is one already', () => {
        const fault = { code: 'ANSWER_UNREADABLE', why: 'x' } as const;
        expect(classify(new ClientError(fault))).toBe(fault);
    });
});
