import { newEnvelope, newPayload } from '../../network/wire/envelope';
import { FieldWriter } from '../../network/wire/field-writer';
import {
    headerTypes,
    newChaincodeHeaderExtension,
    newChannelHeader,
    newSignatureHeader,
    timestampFromMs,
} from '../../network/wire/headers';
import { newReadWriteSet, type KeyRead, type KeyWrite, type NamespaceReadWriteSet } from '../../network/wire/rwset';
import { newTransactionId } from '../../network/wire/transaction-id';
import { newChaincodeAction, newTransactionPayload, transactionProposalHash } from '../../network/wire/transaction';
import { pretendSignature } from './pretend-msp';

/** What a test wants to be special about a transaction; all the rest is right. */
export interface TransactionWishes {
    readonly channelId?: string;
    readonly creator?: string;
    readonly nonce?: string;
    readonly endorsers?: readonly string[];
    readonly chaincode?: string;
    readonly sets?: readonly NamespaceReadWriteSet[];
    readonly timeMs?: number;
    readonly type?: number;
    readonly epoch?: number;
    readonly txId?: string;
    readonly extension?: Uint8Array;
    readonly actionChaincode?: { readonly name: string; readonly version: string };
    readonly actionBytes?: Uint8Array;
    readonly results?: Uint8Array;
    readonly events?: Uint8Array;
    readonly proposalHash?: Uint8Array;
    /** The data of the payload, in place of the transaction. */
    readonly data?: Uint8Array;
    readonly signature?: Uint8Array;
    readonly endorsementSignature?: Uint8Array;
}

export const testChannel = 'feeder-channel';
let nonces = 0;

/** The envelope of a transaction that a `PretendMsp` knowing 'client' and the endorsers takes for right. */
export function aTransaction(wishes: TransactionWishes = {}): Buffer {
    const headers = headersOf(wishes);
    const { channelHeaderBytes, signatureHeaderBytes, creator } = headers;
    const chaincodeProposalPayloadBytes = Buffer.from('the chaincode and its arguments');
    const proposalHash = transactionProposalHash(channelHeaderBytes, {
        signatureHeaderBytes,
        chaincodeProposalPayloadBytes,
    });
    const proposalResponsePayloadBytes = new FieldWriter()
        .bytes(1, wishes.proposalHash ?? proposalHash)
        .bytes(2, wishes.actionBytes ?? actionOf(wishes))
        .finish();
    const payload = wishes.data
        ? newPayload(channelHeaderBytes, signatureHeaderBytes, wishes.data)
        : newTransactionPayload({
              channelHeaderBytes,
              signatureHeaderBytes,
              chaincodeProposalPayloadBytes,
              proposalResponsePayloadBytes,
              endorsements: endorsementsOf(wishes, proposalResponsePayloadBytes),
          });
    return newEnvelope(payload, wishes.signature ?? pretendSignature(creator, payload));
}

function headersOf(wishes: TransactionWishes): {
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
    readonly creator: Buffer;
} {
    const creator = Buffer.from(wishes.creator ?? 'client');
    const nonce = Buffer.from(wishes.nonce ?? `nonce-${++nonces}`);
    const channelHeaderBytes = newChannelHeader({
        type: wishes.type ?? headerTypes.endorserTransaction,
        timestamp: timestampFromMs(wishes.timeMs ?? 1_700_000_000_123),
        channelId: wishes.channelId ?? testChannel,
        txId: wishes.txId ?? newTransactionId(nonce, creator),
        epoch: wishes.epoch ?? 0,
        extension: wishes.extension ?? newChaincodeHeaderExtension(wishes.chaincode ?? 'grid'),
    });
    return { channelHeaderBytes, signatureHeaderBytes: newSignatureHeader(creator, nonce), creator };
}

function actionOf(wishes: TransactionWishes): Buffer {
    return newChaincodeAction({
        results: wishes.results ?? newReadWriteSet(wishes.sets ?? [aSet({ writes: ['a key'] })]),
        ...(wishes.events && { events: wishes.events }),
        response: { status: 200, payload: Buffer.from('fine') },
        chaincodeId: wishes.actionChaincode ?? { name: wishes.chaincode ?? 'grid', version: '1.0' },
    });
}

function endorsementsOf(
    wishes: TransactionWishes,
    responsePayload: Buffer,
): { endorser: Buffer; signature: Uint8Array }[] {
    return (wishes.endorsers ?? ['peer-1', 'peer-2']).map((name) => {
        const endorser = Buffer.from(name);
        const message = Buffer.concat([responsePayload, endorser]);
        return { endorser, signature: wishes.endorsementSignature ?? pretendSignature(endorser, message) };
    });
}

/** The read-write set of one namespace; keys written without more get the value 'written'. */
export function aSet(wishes: {
    readonly namespace?: string;
    readonly reads?: readonly KeyRead[];
    readonly rangeReads?: NamespaceReadWriteSet['rangeReads'];
    readonly writes?: readonly (string | KeyWrite)[];
}): NamespaceReadWriteSet {
    return {
        namespace: wishes.namespace ?? 'grid',
        reads: wishes.reads ?? [],
        rangeReads: wishes.rangeReads ?? [],
        writes: (wishes.writes ?? []).map((write) => (typeof write === 'string' ? aWrite(write) : write)),
    };
}

export function aWrite(key: string, value = 'written'): KeyWrite {
    return { key, isDelete: false, value: Buffer.from(value) };
}

export function aDelete(key: string): KeyWrite {
    return { key, isDelete: true, value: Buffer.alloc(0) };
}

/** A read of a key at a version; without one, of a key that was absent. */
export function aRead(key: string, blockNumber?: number, txNumber = 0): KeyRead {
    return { key, version: blockNumber === undefined ? undefined : { blockNumber, txNumber } };
}
