import { Reader } from 'protobufjs/minimal';

/** A view of the same memory as a Buffer: nothing is copied. */
export function asBuffer(bytes: Uint8Array | null | undefined): Buffer {
    if (!bytes) {
        return Buffer.alloc(0);
    }
    return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A protobuf integer of 64 bits as a number; beyond 2^53 it is rounded, which only ever serves "no end" positions. */
export function asNumber(value: number | { toNumber(): number } | null | undefined): number {
    return typeof value === 'number' ? value : (value?.toNumber() ?? 0);
}

/** The last occurrence of a length-delimited field, or undefined. Throws on bytes that are not protobuf. */
export function fieldBytes(bytes: Uint8Array, field: number): Buffer | undefined {
    const reader = Reader.create(bytes);
    let found: Buffer | undefined;
    while (reader.pos < reader.len) {
        const tag = reader.uint32();
        if (tag === ((field << 3) | 2)) {
            found = asBuffer(reader.bytes());
        } else {
            reader.skipType(tag & 7);
        }
    }
    return found;
}
