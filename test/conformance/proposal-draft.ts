import { createPrivateKey, randomBytes } from 'node:crypto';
import type { Identity } from '../../network/identities/identity';
import { FieldWriter } from '../../network/wire/field-writer';
import {
    headerTypes,
    newChaincodeHeaderExtension,
    newChaincodeId,
    newChannelHeader,
    newSignatureHeader,
    timestampFromMs,
} from '../../network/wire/headers';
import { newSignedProposal } from '../../network/wire/proposal';
import { newSerializedIdentity } from '../../network/wire/serialized-identity';
import { signLowS } from '../../network/wire/signature';
import { newTransactionId } from '../../network/wire/transaction-id';
import { chaincodeName, channelId } from './conformance-network';

/** A proposal of which every part can be put wrong. */
export interface ProposalDraft {
    readonly identity: Identity;
    readonly args: readonly (string | Uint8Array)[];
    readonly channelId?: string;
    readonly chaincode?: string;
    /** The name in the invocation spec, where it shall differ from the header's. */
    readonly specChaincode?: string;
    readonly type?: number;
    readonly epoch?: number;
    readonly nonce?: Buffer;
    readonly creator?: Buffer;
    readonly txId?: string;
    readonly extension?: Buffer;
    readonly isInit?: boolean;
    readonly withoutInput?: boolean;
    /** What endorsers are told and nobody orders. */
    readonly transient?: Readonly<Record<string, string>>;
    readonly sign?: (identity: Identity, message: Buffer) => Buffer;
}

/** A finished proposal and the parts of it that a transaction repeats. */
export interface BuiltProposal {
    readonly bytes: Buffer;
    readonly txId: string;
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
    readonly payloadBytes: Buffer;
}

export function signWith(identity: Identity, message: Buffer): Buffer {
    return signLowS(createPrivateKey(identity.privateKeyPem), message);
}

export function creatorOf({ mspId, certificatePem }: Identity): Buffer {
    return newSerializedIdentity(mspId, certificatePem);
}

/** Builds and signs a proposal as a client does, with what the draft wants otherwise. */
export function buildProposal(draft: ProposalDraft): BuiltProposal {
    const nonce = draft.nonce ?? randomBytes(24);
    const creator = draft.creator ?? creatorOf(draft.identity);
    const txId = draft.txId ?? newTransactionId(nonce, creator);
    const chaincode = draft.chaincode ?? chaincodeName;
    const channelHeaderBytes = newChannelHeader({
        type: draft.type ?? headerTypes.endorserTransaction,
        version: 1,
        timestamp: timestampFromMs(Date.now()),
        channelId: draft.channelId ?? channelId,
        txId,
        epoch: draft.epoch ?? 0,
        extension: draft.extension ?? newChaincodeHeaderExtension(chaincode),
    });
    const signatureHeaderBytes = newSignatureHeader(creator, nonce);
    const payloadBytes = new FieldWriter().bytes(1, newInvocation(draft, chaincode)).finish();
    const proposalBytes = new FieldWriter()
        .bytes(1, new FieldWriter().bytes(1, channelHeaderBytes).bytes(2, signatureHeaderBytes).finish())
        .bytes(2, Buffer.concat([payloadBytes, newTransientMap(draft.transient ?? {})]))
        .finish();
    const signature = (draft.sign ?? signWith)(draft.identity, proposalBytes);
    return {
        bytes: newSignedProposal(proposalBytes, signature),
        txId,
        channelHeaderBytes,
        signatureHeaderBytes,
        payloadBytes,
    };
}

/** ChaincodeProposalPayload.TransientMap. */
function newTransientMap(values: Readonly<Record<string, string>>): Buffer {
    const writer = new FieldWriter();
    for (const [name, value] of Object.entries(values)) {
        writer.message(2, new FieldWriter().string(1, name).string(2, value).finish());
    }
    return writer.finish();
}

function newInvocation(draft: ProposalDraft, chaincode: string): Buffer {
    const input = new FieldWriter();
    for (const arg of draft.args) {
        input.bytesAlways(1, typeof arg === 'string' ? Buffer.from(arg) : arg);
    }
    input.bool(3, draft.isInit ?? false);
    const chaincodeId = newChaincodeId({ name: draft.specChaincode ?? chaincode, version: '' });
    const spec = new FieldWriter().uint(1, 1).message(2, chaincodeId);
    if (!draft.withoutInput) spec.message(3, input.finish());
    return new FieldWriter().message(1, spec.finish()).finish();
}
