import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { EndorseError } from '../../../../../network/embedded/endorse/endorse-errors';
import type { EndorseFault } from '../../../../../network/embedded/endorse/endorse-errors';
import { answerFault } from '../../../../../network/embedded/services/grpc-status';
import { malformed } from '../../../../../network/wire/wire-errors';

const text = 'boom';
const onGrid = { channelId: 'grid' } as const;

describe('answerFault', () => {
    it.each<EndorseFault>([
        { code: 'PROPOSAL_MALFORMED', reason: text },
        { code: 'PROPOSAL_INVALID', reason: text },
        { code: 'CLIENT_EXPIRED', expiredAtMs: 0 },
        { code: 'CREATOR_UNKNOWN', ...onGrid },
        { code: 'CREATOR_REFUSED', ...onGrid, mspId: 'A' },
        { code: 'TRANSACTION_DUPLICATE', txId: 't', creatorHex: '00' },
        { code: 'NOT_PERMITTED', ...onGrid, policy: 'p', reason: text },
    ])('ends the call for a fault of the proposal: $code', (fault) => {
        expect(answerFault(new EndorseError(fault))).toMatchObject({
            kind: 'status',
            error: { code: status.UNKNOWN },
            isBug: false,
        });
    });

    it.each<EndorseFault>([
        { code: 'CHANNEL_UNKNOWN', ...onGrid },
        { code: 'CHAINCODE_NOT_DEFINED', ...onGrid, chaincode: 'c' },
        { code: 'SIMULATION_FAILED', cause: text },
    ])('is an answer of status 500 for a fault of what ran: $code', (fault) => {
        const error = new EndorseError(fault);
        expect(answerFault(error)).toEqual({ kind: 'response', message: error.message });
    });

    it('is INTERNAL for a request that is no request, UNKNOWN for a part of it that cannot be read', () => {
        expect(answerFault(malformed('SignedProposal', text))).toMatchObject({ error: { code: status.INTERNAL } });
        expect(answerFault(malformed('ChannelHeader', text))).toMatchObject({
            error: {
                code: status.UNKNOWN,
                details: 'error unmarshalling ChannelHeader: proto: cannot parse invalid wire-format data',
            },
        });
    });

    it('knows a bug when it sees one', () => {
        expect(answerFault(new TypeError(text))).toMatchObject({ error: { code: status.INTERNAL }, isBug: true });
    });
});
