import { newTransactionId } from '../../wire/transaction-id';
import { headerTypes } from '../../wire/headers';
import type { ProposalInput, SignedProposal } from '../../wire/proposal';
import type { MspIdentity } from '../msp/identity';
import { MspError } from '../msp/msp-errors';
import { policyPaths } from '../msp/channel-policies';
import type { Policy } from '../msp/policy';
import { EndorseError } from './endorse-errors';

/** What checking a proposal needs of a peer. */
export interface ProposalChecks {
    readonly channelId: string;
    /** The peer's own organisation. */
    readonly mspId: string;
    readonly nowMs: number;
    readonly isSystemChaincode: (name: string) => boolean;
    readonly hasTransaction: (txId: string) => boolean;
    readonly identity: (creator: Uint8Array) => MspIdentity;
    /** /Channel/Application/Writers. */
    readonly writers: Pick<Policy, 'evaluateIdentities'>;
}

/** A proposal that may be simulated. */
export interface CheckedProposal extends SignedProposal {
    readonly chaincodeName: string;
    readonly input: ProposalInput;
}

/**
 * What a peer refuses before it simulates, in Fabric's order; throws EndorseError.
 * Fabric v2.5.16: core/handlers/auth/filter/expiration.go; core/endorser/{msgvalidation,endorser}.go, preProcess.
 */
export function checkProposal(proposal: SignedProposal, checks: ProposalChecks): CheckedProposal {
    const creator = findCreator(proposal, checks);
    if (!(creator instanceof EndorseError) && creator.notAfterMs < checks.nowMs) {
        throw new EndorseError({ code: 'CLIENT_EXPIRED', expiredAtMs: creator.notAfterMs });
    }
    const unpacked = requireInvocation(proposal);
    if (proposal.channelId !== '' && proposal.channelId !== checks.channelId) {
        throw new EndorseError({ code: 'CHANNEL_UNKNOWN', channelId: proposal.channelId });
    }
    checkHeaders(proposal);
    if (creator instanceof EndorseError) {
        throw creator;
    }
    if (isForeign(creator, proposal, checks)) {
        throw new EndorseError({ code: 'CREATOR_UNKNOWN', channelId: '' });
    }
    if (!creator.verify(proposal.proposalBytes, proposal.signature)) {
        const { channelId } = proposal;
        throw new EndorseError({ code: 'CREATOR_REFUSED', channelId, mspId: creator.mspId });
    }
    if (proposal.channelId !== '') {
        checkOnChannel(unpacked, creator, checks);
    }
    return unpacked;
}

/** The creator, or why it is nobody of the channel: said later, when what Fabric checks before is in order. */
function findCreator(proposal: SignedProposal, checks: ProposalChecks): MspIdentity | EndorseError {
    const { channelId } = proposal;
    try {
        return checks.identity(proposal.creator);
    } catch (cause) {
        if (!(cause instanceof MspError)) throw cause;
        const { fault } = cause;
        const isOfMember = fault.code === 'IDENTITY_INVALID' && !isForeign(fault, proposal, checks);
        const refusal = isOfMember
            ? ({ code: 'CREATOR_REFUSED', channelId, mspId: fault.mspId } as const)
            : ({ code: 'CREATOR_UNKNOWN', channelId } as const);
        return new EndorseError(refusal, { cause });
    }
}

/** Without a channel a peer knows nobody but its own organisation. Fabric: core/endorser/endorser.go, LocalMSP. */
function isForeign(
    creator: { readonly mspId: string },
    { channelId }: SignedProposal,
    { mspId }: Pick<ProposalChecks, 'mspId'>,
): boolean {
    return channelId === '' && creator.mspId !== mspId;
}

function requireInvocation(proposal: SignedProposal): CheckedProposal {
    const { chaincodeName, input } = proposal;
    if (chaincodeName === undefined) {
        throw malformed('ChaincodeHeaderExtension.ChaincodeId is nil');
    }
    if (chaincodeName === '') {
        throw malformed('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
    }
    if (proposal.specChaincodeName === undefined) {
        throw malformed('chaincode invocation spec did not contain chaincode spec');
    }
    if (!input) {
        throw malformed('chaincode input did not contain any input');
    }
    return { ...proposal, chaincodeName, input };
}

function checkHeaders(proposal: SignedProposal): void {
    const { type, epoch, nonce, creator, txId } = proposal;
    if (type !== headerTypes.endorserTransaction && type !== headerTypes.config) {
        throw invalid(`invalid header type ${headerTypeName(type)}`);
    }
    if (epoch !== 0) {
        throw invalid('epoch is non-zero');
    }
    if (nonce.length === 0) {
        throw invalid('nonce is empty');
    }
    if (creator.length === 0) {
        throw invalid('creator is empty');
    }
    const expected = newTransactionId(nonce, creator);
    if (txId !== expected) {
        throw invalid(`incorrectly computed txid '${txId}' -- expected '${expected}'`);
    }
    if (proposal.signature.length === 0) {
        throw invalid('empty signature bytes');
    }
}

/** Resource peer/Propose. System chaincodes ask their own policies. */
function checkOnChannel(proposal: CheckedProposal, creator: MspIdentity, checks: ProposalChecks): void {
    const { channelId, txId } = proposal;
    if (checks.hasTransaction(txId)) {
        const creatorHex = proposal.creator.toString('hex');
        throw new EndorseError({ code: 'TRANSACTION_DUPLICATE', txId, creatorHex });
    }
    if (checks.isSystemChaincode(proposal.chaincodeName)) {
        return;
    }
    const verdict = checks.writers.evaluateIdentities([creator]);
    if (!verdict.satisfied) {
        const policy = policyPaths.applicationWriters;
        throw new EndorseError({ code: 'NOT_PERMITTED', channelId, policy, reason: verdict.reason });
    }
}

/** The proposal as a claim that a policy can judge: its creator signed it. */
export function claimOf(proposal: SignedProposal): {
    readonly identity: Buffer;
    readonly message: Buffer;
    readonly signature: Buffer;
} {
    return { identity: proposal.creator, message: proposal.proposalBytes, signature: proposal.signature };
}

/** Fabric's name of a header type, e.g. CONFIG_UPDATE. */
function headerTypeName(type: number): string {
    const known = Object.entries(headerTypes).find(([, number]) => number === type);
    return known ? known[0].replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() : String(type);
}

function malformed(reason: string): EndorseError {
    return new EndorseError({ code: 'PROPOSAL_MALFORMED', reason });
}

function invalid(reason: string): EndorseError {
    return new EndorseError({ code: 'PROPOSAL_INVALID', reason });
}
