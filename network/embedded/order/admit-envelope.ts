import { parsePayload, parseSignedPayload, type Payload, type SignedPayload } from '../../wire/envelope';
import { headerTypes, parseChannelHeader, parseSignatureHeader, type ChannelHeader } from '../../wire/headers';
import { WireError, goReason } from '../../wire/wire-errors';
import { MspError } from '../msp/msp-errors';
import type { SignatureJudge, SignerRegistry } from '../signed-data';
import type { OrderedMessage } from './cut-blocks';

/** common.Status: what an orderer answers. */
export const orderStatus = {
    success: 200,
    badRequest: 400,
    forbidden: 403,
    notFound: 404,
    notImplemented: 501,
    serviceUnavailable: 503,
} as const;

export interface Refusal {
    readonly status: number;
    /** Fabric's own text. */
    readonly info: string;
}

export interface AdmissionRules {
    readonly channelId: string;
    readonly absoluteMaxBytes: number;
    /** /Channel/Writers. */
    readonly writers: SignatureJudge;
    readonly msp: SignerRegistry;
    readonly nowMs: number;
}

export type Admission =
    | { readonly admitted: true; readonly message: OrderedMessage }
    | { readonly admitted: false; readonly refusal: Refusal };

/**
 * Decides whether an envelope may be ordered. Looks at its headers, size and signature, never into the transaction:
 * what is invalid inside is ordered, and marked by the peers. Throws WIRE_MALFORMED for bytes that are no envelope at all:
 * those end the stream. ⟵ orderer/common/broadcast, orderer/common/msgprocessor
 */
export function admitEnvelope(envelopeBytes: Buffer, rules: AdmissionRules): Admission {
    const opened = open(parseSignedPayload(envelopeBytes));
    if (typeof opened === 'string') {
        return refuse(orderStatus.badRequest, `could not determine channel ID: ${opened}`);
    }
    const refusal = judgeHeader(opened.channelHeader, rules) ?? judgeSize(opened, rules) ?? judgeSigner(opened, rules);
    if (refusal !== undefined) return { admitted: false, refusal };
    return { admitted: true, message: { envelopeBytes, sizeBytes: sizeOf(opened) } };
}

interface OpenedEnvelope extends SignedPayload {
    readonly header: NonNullable<Payload['header']>;
    readonly channelHeader: ChannelHeader;
}

/** The envelope with its headers, or why they cannot be read. ⟵ protoutil/commonutils.go, ChannelHeader */
function open(signed: SignedPayload): OpenedEnvelope | string {
    let unreadable = 'error unmarshalling Payload';
    try {
        const { header } = parsePayload(signed.payloadBytes);
        if (header === undefined) return 'header not set';
        if (header.channelHeaderBytes.length === 0) return 'channel header not set';
        unreadable = 'error unmarshalling channel header: error unmarshalling ChannelHeader';
        return { ...signed, header, channelHeader: parseChannelHeader(header.channelHeaderBytes) };
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return `${unreadable}: ${goReason}`;
    }
}

function judgeHeader(header: ChannelHeader, rules: AdmissionRules): Refusal | undefined {
    if (header.channelId !== rules.channelId) {
        const info = 'channel creation request not allowed because the orderer system channel is not defined';
        return { status: orderStatus.badRequest, info };
    }
    switch (header.type) {
        case headerTypes.config:
        case headerTypes.ordererTransaction:
            return { status: orderStatus.badRequest, info: 'message is of type that cannot be processed directly' };
        case headerTypes.configUpdate:
            return {
                status: orderStatus.notImplemented,
                info: 'the embedded network does not change its configuration',
            };
        default:
            return undefined;
    }
}

function judgeSize(envelope: SignedPayload, { absoluteMaxBytes }: AdmissionRules): Refusal | undefined {
    const size = sizeOf(envelope);
    if (size <= absoluteMaxBytes) return undefined;
    const info = `message payload is ${size} bytes and exceeds maximum allowed ${absoluteMaxBytes} bytes`;
    return { status: orderStatus.badRequest, info };
}

function judgeSigner(envelope: OpenedEnvelope, { msp, writers, nowMs }: AdmissionRules): Refusal | undefined {
    const creator = readCreator(envelope);
    if (typeof creator === 'string') {
        return { status: orderStatus.badRequest, info: `could not convert message to signedData: ${creator}` };
    }
    if (isExpired(creator, msp, nowMs)) {
        return { status: orderStatus.badRequest, info: 'broadcast client identity expired' };
    }
    const signed = { identity: creator, message: envelope.payloadBytes, signature: envelope.signature };
    const verdict = writers.evaluate([signed]);
    if (verdict.satisfied) return undefined;
    return { status: orderStatus.forbidden, info: `${verdict.reason}: permission denied` };
}

/** The creator's identity, or why it cannot be read. */
function readCreator(envelope: OpenedEnvelope): Buffer | string {
    try {
        return parseSignatureHeader(envelope.header.signatureHeaderBytes).creator;
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return `GetSignatureHeaderFromBytes failed, err ${goReason}`;
    }
}

/** An identity that is none of the channel's does not expire here: the policy refuses it. */
function isExpired(creator: Buffer, msp: SignerRegistry, nowMs: number): boolean {
    try {
        return msp.identity(creator).notAfterMs <= nowMs;
    } catch (error) {
        if (error instanceof MspError) return false;
        throw error;
    }
}

function sizeOf({ payloadBytes, signature }: SignedPayload): number {
    return payloadBytes.length + signature.length;
}

function refuse(status: number, info: string): Admission {
    return { admitted: false, refusal: { status, info } };
}
