import { metadataSlots, blockHeaderBytes, type Block, type BlockHeader } from './block';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

export interface MetadataSignature {
    /** Encoded SignatureHeader{creator, nonce} of the orderer. */
    readonly signatureHeader: Buffer;
    readonly signature: Buffer;
}

/** common.Metadata: the wrapping of every slot but the transactions filter. */
export interface Metadata {
    readonly value: Buffer;
    readonly signatures: readonly MetadataSignature[];
}

const empty = Buffer.alloc(0);

export function newMetadata(value: Uint8Array, signatures: readonly MetadataSignature[] = []): Buffer {
    const writer = new FieldWriter().bytes(1, value);
    for (const { signatureHeader, signature } of signatures) {
        writer.message(2, new FieldWriter().bytes(1, signatureHeader).bytes(2, signature).finish());
    }
    return writer.finish();
}

/** Throws WIRE_MALFORMED. */
export function parseMetadata(bytes: Uint8Array): Metadata {
    const reader = new FieldReader('Metadata', bytes);
    const signatures: MetadataSignature[] = [];
    let value: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) value = reader.bytes();
        else if (tag === 0x12) signatures.push(parseMetadataSignature(reader.message('MetadataSignature')));
        else reader.skip();
    }
    return { value, signatures };
}

/**
 * Value of the SIGNATURES slot: OrdererBlockMetadata{last_config, consenter_metadata}. Number 0 still gives the bytes
 * `0a00`; the value of a signature must never be empty. ⟵ orderer/common/multichannel/blockwriter.go
 */
export function newOrdererBlockMetadata(lastConfigNumber: number, consenterMetadata: Uint8Array = empty): Buffer {
    return new FieldWriter()
        .message(1, newLastConfig(lastConfigNumber))
        .bytes(2, consenterMetadata.length === 0 ? empty : newMetadata(consenterMetadata))
        .finish();
}

/** Value of the LAST_CONFIG slot: LastConfig{index}. */
export function newLastConfig(lastConfigNumber: number): Buffer {
    return new FieldWriter().uint(1, lastConfigNumber).finish();
}

/** Number of the newest config block that the block points to; 0 when it says nothing. Throws WIRE_MALFORMED. */
export function parseLastConfigNumber(block: Block): number {
    const { value } = parseMetadata(block.metadata[metadataSlots.signatures] ?? empty);
    const reader = new FieldReader('OrdererBlockMetadata', value);
    let lastConfig: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) lastConfig = reader.bytes();
        else reader.skip();
    }
    const inner = new FieldReader('LastConfig', lastConfig);
    let number = 0;
    for (let tag = inner.next(); tag !== 0; tag = inner.next()) {
        if (tag === 0x08) number = inner.uint();
        else inner.skip();
    }
    return number;
}

/** The bytes that an orderer signs for a block: metadata value ‖ signature header ‖ DER of the block header. */
export function blockSignatureMessage(value: Uint8Array, signatureHeader: Uint8Array, header: BlockHeader): Buffer {
    return Buffer.concat([value, signatureHeader, blockHeaderBytes(header)]);
}

function parseMetadataSignature(reader: FieldReader): MetadataSignature {
    let signatureHeader: Buffer = empty;
    let signature: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) signatureHeader = reader.bytes();
        else if (tag === 0x12) signature = reader.bytes();
        else reader.skip();
    }
    return { signatureHeader, signature };
}
