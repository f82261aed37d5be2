import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkProposal } from '../../../../../network/embedded/endorse/check-proposal';
import type { ProposalChecks } from '../../../../../network/embedded/endorse/check-proposal';
import { EndorseError } from '../../../../../network/embedded/endorse/endorse-errors';
import type { EndorseFault } from '../../../../../network/embedded/endorse/endorse-errors';
import type { MspIdentity } from '../../../../../network/embedded/msp/identity';
import { MspError } from '../../../../../network/embedded/msp/msp-errors';
import type { Identity } from '../../../../../network/identities/identity';
import { parseSignedProposal } from '../../../../../network/wire/proposal';
import { buildProposal } from '../../../../conformance/proposal-draft';
import type { ProposalDraft } from '../../../../conformance/proposal-draft';
import { anMsp, testNow } from '../../../../support/an-msp';

const known = {
    mspId: 'DispatchMSP',
    notAfterMs: testNow.getTime() + 1,
    verify: () => true,
} as unknown as MspIdentity;

const nobody = (code: 'IDENTITY_MALFORMED' | 'IDENTITY_INVALID'): ProposalChecks['identity'] => {
    return () => {
        throw new MspError({ code, mspId: 'NorthMSP', reason: 'for the test' });
    };
};

const permissive: ProposalChecks = {
    channelId: 'grid',
    mspId: 'DispatchMSP',
    nowMs: testNow.getTime(),
    isSystemChaincode: (name) => name === 'qscc',
    hasTransaction: () => false,
    identity: () => known,
    writers: { evaluateIdentities: () => ({ satisfied: true }) },
};

describe('checkProposal', () => {
    let identity: Identity;
    beforeAll(async () => {
        identity = await (await anMsp('DispatchMSP')).issue('client', ['client']);
    });

    const faultOf = (draft: Partial<ProposalDraft>, checks: Partial<ProposalChecks> = {}): EndorseFault | undefined => {
        const { bytes } = buildProposal({ identity, args: ['Get'], ...draft });
        try {
            checkProposal(parseSignedProposal(bytes), { ...permissive, ...checks });
            return undefined;
        } catch (error) {
            if (error instanceof EndorseError) return error.fault;
            throw error;
        }
    };

    it('lets a proposal pass in which everything is in order', () => {
        expect(faultOf({})).toBeUndefined();
    });

    it.each<[EndorseFault['code'], string, Partial<ProposalDraft>, Partial<ProposalChecks>]>([
        ['PROPOSAL_MALFORMED', 'names no chaincode', { extension: Buffer.alloc(0) }, {}],
        ['PROPOSAL_MALFORMED', 'has no input', { withoutInput: true }, {}],
        ['PROPOSAL_INVALID', 'has a header type that nobody proposes', { type: 2 }, {}],
        ['PROPOSAL_INVALID', 'has an epoch', { epoch: 1 }, {}],
        ['PROPOSAL_INVALID', 'has no nonce', { nonce: Buffer.alloc(0) }, {}],
        ['PROPOSAL_INVALID', 'has another transaction id than its nonce and creator give', { txId: 'ab' }, {}],
        ['PROPOSAL_INVALID', 'is not signed', { sign: () => Buffer.alloc(0) }, {}],
        ['CHANNEL_UNKNOWN', 'is for another channel', { channelId: 'elsewhere' }, {}],
        ['CREATOR_UNKNOWN', 'is of somebody of no organisation', {}, { identity: nobody('IDENTITY_MALFORMED') }],
        [
            'CREATOR_REFUSED',
            'is of somebody whose certificate is not valid',
            {},
            { identity: nobody('IDENTITY_INVALID') },
        ],
        ['CREATOR_REFUSED', 'is signed by somebody else', {}, { identity: () => ({ ...known, verify: () => false }) }],
        ['CLIENT_EXPIRED', 'is of somebody whose certificate has expired', {}, { nowMs: known.notAfterMs + 1 }],
        ['TRANSACTION_DUPLICATE', 'is on the ledger already', {}, { hasTransaction: () => true }],
        [
            'NOT_PERMITTED',
            'is of somebody who is no writer',
            {},
            { writers: { evaluateIdentities: () => ({ satisfied: false, reason: 'no' }) } },
        ],
    ])('answers %s when it %s', (code, _what, draft, checks) => {
        expect(faultOf(draft, checks)?.code).toBe(code);
    });

    it('asks no writers’ policy for a system chaincode, which asks its own', () => {
        const writers = { evaluateIdentities: () => ({ satisfied: false, reason: 'no' }) as const };
        expect(faultOf({ chaincode: 'qscc' }, { writers })).toBeUndefined();
    });

    it('asks neither ledger nor policy of a proposal without a channel', () => {
        const writers = { evaluateIdentities: () => ({ satisfied: false, reason: 'no' }) as const };
        expect(faultOf({ channelId: '' }, { writers, hasTransaction: () => true })).toBeUndefined();
    });

    it('knows nobody but its own organisation where there is no channel (CREATOR_UNKNOWN)', () => {
        const foreign = { identity: () => ({ ...known, mspId: 'NorthMSP' }) };
        expect(faultOf({ channelId: '' }, foreign)).toEqual({ code: 'CREATOR_UNKNOWN', channelId: '' });
        expect(faultOf({ channelId: '' }, { identity: nobody('IDENTITY_INVALID') })?.code).toBe('CREATOR_UNKNOWN');
        const expired = { ...foreign, nowMs: known.notAfterMs + 1 };
        expect(faultOf({ channelId: '' }, expired)?.code).toBe('CLIENT_EXPIRED');
        expect(faultOf({}, foreign)).toBeUndefined();
    });

    it('says of what is wrong first what Fabric checks first', () => {
        const identityOfNobody = { identity: nobody('IDENTITY_MALFORMED') };
        expect(faultOf({ epoch: 1 }, identityOfNobody)?.code).toBe('PROPOSAL_INVALID');
        expect(faultOf({ epoch: 1, channelId: 'elsewhere' }, identityOfNobody)?.code).toBe('CHANNEL_UNKNOWN');
        expect(faultOf({ epoch: 1 }, { nowMs: known.notAfterMs + 1 })?.code).toBe('CLIENT_EXPIRED');
    });
});
