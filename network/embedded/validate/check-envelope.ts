import {
    parseHeader,
    parsePayload,
    parseSignedPayload,
    type EnvelopeHeader,
    type SignedPayload,
} from '../../wire/envelope';
import { headerTypes } from '../../wire/headers';
import { newTransactionId } from '../../wire/transaction-id';
import { parseEndorsedAction, transactionProposalHash, type EndorsedAction } from '../../wire/transaction';
import { WireError } from '../../wire/wire-errors';
import { MspError } from '../msp/msp-errors';
import type { SignerRegistry } from '../signed-data';
import { validationCodes, type ValidationCode } from './validation-code';

/** What an envelope that is well formed and well signed holds. */
export interface CheckedEnvelope {
    readonly header: EnvelopeHeader;
    /** undefined for a configuration transaction. */
    readonly endorsed: EndorsedAction | undefined;
}

export type EnvelopeCheck = { readonly code: ValidationCode } | CheckedEnvelope;

/**
 * The checks on form and signature, in Fabric's order: payload, headers, creator, transaction id, action, proposal hash.
 * An envelope for another channel fails at the creator, because that channel's MSPs are not here; Fabric's own
 * TARGET_CHAIN_NOT_FOUND cannot be reached. ⟵ core/common/validation/msgvalidation.go, ValidateTransaction
 */
export function checkEnvelope(
    envelopeBytes: Buffer,
    context: { readonly channelId: string; readonly msp: SignerRegistry },
): EnvelopeCheck {
    const signed = reading(() => parseSignedPayload(envelopeBytes));
    if (signed === undefined) return { code: validationCodes.INVALID_OTHER_REASON };
    const payload = reading(() => parsePayload(signed.payloadBytes));
    if (payload === undefined) return { code: validationCodes.BAD_PAYLOAD };
    const inner = payload.header;
    const header = inner && reading(() => parseHeader(inner));
    if (header === undefined || !isCommonHeader(header)) return { code: validationCodes.BAD_COMMON_HEADER };
    if (!isSignedByCreator(signed, header, context)) return { code: validationCodes.BAD_CREATOR_SIGNATURE };
    return checkContent(header, payload.data);
}

function checkContent(header: EnvelopeHeader, data: Buffer): EnvelopeCheck {
    switch (header.type) {
        case headerTypes.endorserTransaction: {
            if (header.txId !== newTransactionId(header.nonce, header.creator)) {
                return { code: validationCodes.BAD_PROPOSAL_TXID };
            }
            const endorsed = reading(() => parseEndorsedAction(data));
            if (endorsed === undefined || !isBoundToProposal(header, endorsed)) {
                return { code: validationCodes.INVALID_ENDORSER_TRANSACTION };
            }
            return { header, endorsed };
        }
        case headerTypes.config:
            return data.length === 0
                ? { code: validationCodes.INVALID_CONFIG_TRANSACTION }
                : { header, endorsed: undefined };
        default:
            return { code: validationCodes.UNSUPPORTED_TX_PAYLOAD };
    }
}

function isCommonHeader({ type, epoch, nonce, creator }: EnvelopeHeader): boolean {
    const isKnown =
        type === headerTypes.endorserTransaction || type === headerTypes.config || type === headerTypes.configUpdate;
    return isKnown && epoch === 0 && nonce.length > 0 && creator.length > 0;
}

function isSignedByCreator(
    { payloadBytes, signature }: SignedPayload,
    header: EnvelopeHeader,
    context: { readonly channelId: string; readonly msp: SignerRegistry },
): boolean {
    if (header.channelId !== context.channelId || signature.length === 0) return false;
    try {
        return context.msp.identity(header.creator).verify(payloadBytes, signature);
    } catch (error) {
        if (error instanceof MspError) return false;
        throw error;
    }
}

function isBoundToProposal(header: EnvelopeHeader, endorsed: EndorsedAction): boolean {
    return (
        endorsed.nonce.length > 0 &&
        endorsed.creator.length > 0 &&
        endorsed.chaincodeProposalPayloadBytes.length > 0 &&
        transactionProposalHash(header.channelHeaderBytes, endorsed).equals(endorsed.proposalHash)
    );
}

function reading<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof WireError) return undefined;
        throw error;
    }
}
