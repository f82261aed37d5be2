import { X509Certificate } from 'node:crypto';
import { common, protos } from 'fabric-protos/bundle';
import { parseEnvelope, type ParsedEnvelope } from '../wire/envelope';
import { headerTypes } from '../wire/headers';
import { parseReadWriteSet } from '../wire/rwset';
import { parseSerializedIdentity } from '../wire/serialized-identity';
import { parseChaincodeEvent, parseTransaction } from '../wire/transaction';

/** Somebody on the ledger: `DTU-B004 of DispatchMSP`. */
export interface NamedIdentity {
    readonly mspId: string;
    /** Common name of the certificate. */
    readonly name: string;
}

/** Keys that a transaction read and wrote in one namespace; a version is `block:transaction`. */
export interface TouchedKeys {
    readonly namespace: string;
    readonly reads: readonly { readonly key: string; readonly version: string }[];
    readonly writes: readonly { readonly key: string; readonly isDelete: boolean; readonly bytes: number }[];
    readonly ranges: number;
}

/** A transaction as people can read it. */
export interface DescribedTransaction {
    readonly transactionId: string;
    /** The header's kind, e.g. ENDORSER_TRANSACTION or CONFIG. */
    readonly kind: string;
    /** The validation code's name. */
    readonly code: string;
    /** The header's timestamp, ISO 8601: the client's claim. */
    readonly time: string;
    readonly creator: NamedIdentity;
    readonly bytes: number;
    /** Why a part of it is missing here. */
    readonly unreadable?: string;
    /** What an endorser transaction adds. */
    readonly act?: {
        readonly chaincode: string;
        /** e.g. `measurement:Set` */
        readonly call: string;
        readonly endorsers: readonly NamedIdentity[];
        readonly event: string | undefined;
        readonly touched: readonly TouchedKeys[];
    };
}

/**
 * Reads an envelope of a block with its validation code. A block also holds what its validators refused, whatever that
 * is: what cannot be read is left out, and `unreadable` says why.
 */
export function describeTransaction(envelopeBytes: Uint8Array, validationCode: number): DescribedTransaction {
    const code = protos.TxValidationCode[validationCode] ?? String(validationCode);
    const bytes = envelopeBytes.length;
    const envelope = attempt(() => parseEnvelope(envelopeBytes));
    if ('unreadable' in envelope) {
        const nobody = { mspId: '', name: '' };
        return { transactionId: '', kind: '', code, time: '', creator: nobody, bytes, ...envelope };
    }
    const { header } = envelope.value;
    const act = attempt(() =>
        header.type === headerTypes.endorserTransaction ? describeAct(envelope.value) : undefined,
    );
    return {
        transactionId: header.txId,
        kind: common.HeaderType[header.type] ?? String(header.type),
        code,
        time: new Date(header.timestampMs).toISOString(),
        creator: nameIdentity(header.creator),
        bytes,
        ...('unreadable' in act ? act : act.value && { act: act.value }),
    };
}

/** What a reader of bytes gives, or why it cannot. */
function attempt<Value>(read: () => Value): { readonly value: Value } | { readonly unreadable: string } {
    try {
        return { value: read() };
    } catch (error) {
        return { unreadable: error instanceof Error ? error.message : String(error) };
    }
}

function describeAct(envelope: ParsedEnvelope): NonNullable<DescribedTransaction['act']> {
    const transaction = parseTransaction(envelope.data);
    const { events, results } = transaction.action;
    return {
        chaincode: transaction.chaincodeName,
        call: calledFunction(transaction.chaincodeProposalPayloadBytes),
        endorsers: transaction.endorsements.map(({ endorser }) => nameIdentity(endorser)),
        event: events.length === 0 ? undefined : parseChaincodeEvent(events).eventName,
        touched: parseReadWriteSet(results).map(({ namespace, reads, writes, rangeReads }) => ({
            namespace,
            reads: reads.map(({ key, version }) => ({
                key,
                version: version === undefined ? 'absent' : `${version.blockNumber}:${version.txNumber}`,
            })),
            writes: writes.map(({ key, isDelete, value }) => ({ key, isDelete, bytes: value.length })),
            ranges: rangeReads.length,
        })),
    };
}

function calledFunction(proposalPayload: Uint8Array): string {
    const { input } = protos.ChaincodeProposalPayload.decode(proposalPayload);
    const spec = protos.ChaincodeInvocationSpec.decode(input).chaincode_spec;
    const [name] = spec?.input?.args ?? [];
    return name === undefined ? '' : Buffer.from(name).toString('utf8');
}

/** Who a SerializedIdentity names; what cannot be read of it is left empty. */
export function nameIdentity(serialized: Uint8Array): NamedIdentity {
    const identity = attempt(() => parseSerializedIdentity(serialized));
    if ('unreadable' in identity) return { mspId: '', name: '' };
    const { mspId, idBytes } = identity.value;
    const subject = attempt(() => new X509Certificate(idBytes).subject);
    const found = /^CN=(.*)$/m.exec('value' in subject ? subject.value : '');
    return { mspId, name: found?.[1] ?? '' };
}
