import { encodeBlock, metadataSlots, parseBlock, type Block } from '../wire/block';
import { newMetadata, parseMetadata, type Metadata } from '../wire/block-metadata';
import { FieldReader } from '../wire/field-reader';
import { FieldWriter } from '../wire/field-writer';
import type { HashedProposal } from '../wire/proposal';
import { isExactSignature } from '../wire/signature';
import type { Endorsement } from '../wire/transaction';
import { WireError } from '../wire/wire-errors';
import { ReceiptError } from './receipt-errors';

/** What the peers answered to `qscc.GetTransactionByID`, with the question. */
export interface Verdict {
    readonly question: HashedProposal;
    /** ProposalResponsePayload, the same bytes from every peer. */
    readonly answerBytes: Buffer;
    readonly endorsements: readonly Endorsement[];
}

/**
 * What somebody signed of a transaction: the orderer its block, the peers their verdict. A peer's own metadata of the
 * block (validation codes, commit hash) is left out: nobody signs it.
 */
export interface Receipt {
    readonly block: Pick<Block, 'header' | 'data'>;
    /** The slot of the block's metadata that holds the orderers' signatures. */
    readonly orderers: Metadata;
    readonly verdict: Verdict;
}

/** A receipt begins with it, so that no other file passes for one. */
const magic = Buffer.from('feeder-ledger receipt 1\n');
const empty: Buffer = Buffer.alloc(0);

/** Of a block as a peer gives it, what a receipt keeps. Throws WIRE_MALFORMED. */
export function signedPartOf(blockBytes: Uint8Array): Pick<Receipt, 'block' | 'orderers'> {
    const { header, data, metadata } = parseBlock(blockBytes);
    return { block: { header, data }, orderers: parseMetadata(metadata[metadataSlots.signatures] ?? empty) };
}

/** The file. Equal receipts give equal bytes. */
export function encodeReceipt({ block, orderers, verdict }: Receipt): Buffer {
    const { question, answerBytes, endorsements } = verdict;
    const asked = new FieldWriter()
        .bytes(1, question.channelHeaderBytes)
        .bytes(2, question.signatureHeaderBytes)
        .bytes(3, question.inputBytes)
        .finish();
    const answered = new FieldWriter().message(1, asked).bytes(2, answerBytes);
    for (const { endorser, signature } of endorsements) {
        answered.message(3, new FieldWriter().bytes(1, endorser).bytes(2, signature).finish());
    }
    const { value, signatures } = orderers;
    const body = new FieldWriter()
        .message(1, encodeBlock({ ...block, metadata: [newMetadata(value, signatures)] }))
        .message(2, answered.finish())
        .finish();
    return Buffer.concat([magic, body]);
}

/**
 * Reads a receipt. Bytes that mean the same in another spelling are refused, so that every bit of the file counts.
 * Throws ReceiptError RECEIPT_UNREADABLE, RECEIPT_NOT_CANONICAL.
 */
export function parseReceipt(bytes: Uint8Array): Receipt {
    if (!magic.equals(bytes.subarray(0, magic.length))) {
        throw new ReceiptError({ code: 'RECEIPT_UNREADABLE', reason: 'it does not begin as one' });
    }
    const receipt = readingWire(() => parseBody(bytes.subarray(magic.length)));
    if (!encodeReceipt(receipt).equals(bytes)) {
        throw new ReceiptError({ code: 'RECEIPT_NOT_CANONICAL', where: 'its messages' });
    }
    const signatures = [...receipt.orderers.signatures, ...receipt.verdict.endorsements];
    if (!signatures.every(({ signature }) => isExactSignature(signature))) {
        throw new ReceiptError({ code: 'RECEIPT_NOT_CANONICAL', where: 'a signature' });
    }
    return receipt;
}

/** Turns what the readers of Fabric's messages refuse into RECEIPT_UNREADABLE. */
export function readingWire<T>(read: () => T): T {
    try {
        return read();
    } catch (cause) {
        if (!(cause instanceof WireError)) throw cause;
        throw new ReceiptError({ code: 'RECEIPT_UNREADABLE', reason: reasonOf(cause) }, { cause });
    }
}

/** What is wrong with bytes, without the advice to send others. */
export function reasonOf({ fault, message }: WireError): string {
    return fault.code === 'WIRE_MALFORMED' ? `${fault.message}: ${fault.reason}` : message;
}

function parseBody(bytes: Uint8Array): Receipt {
    const reader = new FieldReader('Receipt', bytes);
    let block = empty;
    let verdict = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) block = reader.bytes();
        else if (tag === 0x12) verdict = reader.bytes();
        else reader.skip();
    }
    return { ...signedPartOf(block), verdict: parseVerdict(verdict) };
}

function parseVerdict(bytes: Uint8Array): Verdict {
    const reader = new FieldReader('Verdict', bytes);
    const endorsements: Endorsement[] = [];
    let question: HashedProposal = { channelHeaderBytes: empty, signatureHeaderBytes: empty, inputBytes: empty };
    let answerBytes = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) question = parseQuestion(reader.message('Question'));
        else if (tag === 0x12) answerBytes = reader.bytes();
        else if (tag === 0x1a) endorsements.push(parseEndorsement(reader.message('Endorsement')));
        else reader.skip();
    }
    return { question, answerBytes, endorsements };
}

function parseQuestion(reader: FieldReader): HashedProposal {
    const parts = { channelHeaderBytes: empty, signatureHeaderBytes: empty, inputBytes: empty };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) parts.channelHeaderBytes = reader.bytes();
        else if (tag === 0x12) parts.signatureHeaderBytes = reader.bytes();
        else if (tag === 0x1a) parts.inputBytes = reader.bytes();
        else reader.skip();
    }
    return parts;
}

function parseEndorsement(reader: FieldReader): Endorsement {
    const parts = { endorser: empty, signature: empty };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) parts.endorser = reader.bytes();
        else if (tag === 0x12) parts.signature = reader.bytes();
        else reader.skip();
    }
    return parts;
}
