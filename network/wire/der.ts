import { malformed } from './wire-errors';

/** Tags of the ASN.1 types that certificates are made of (ITU-T X.690). */
export const derTags = {
    boolean: 0x01,
    integer: 0x02,
    bitString: 0x03,
    octetString: 0x04,
    oid: 0x06,
    utf8String: 0x0c,
    utcTime: 0x17,
    generalizedTime: 0x18,
    sequence: 0x30,
    set: 0x31,
} as const;

/** One encoded element: tag, length and the contents. */
export function derElement(tag: number, ...contents: readonly Uint8Array[]): Buffer {
    const length = contents.reduce((sum, part) => sum + part.length, 0);
    return Buffer.concat([derHead(tag, length), ...contents]);
}

export function derSequence(...contents: readonly Uint8Array[]): Buffer {
    return derElement(derTags.sequence, ...contents);
}

/** A non-negative INTEGER from big-endian bytes, minimal as DER wants it. */
export function derInteger(magnitude: Uint8Array): Buffer {
    let start = 0;
    while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
    const digits = magnitude.subarray(start);
    const sign = (digits[0] ?? 0) >= 0x80 || digits.length === 0 ? Buffer.of(0) : Buffer.alloc(0);
    return derElement(derTags.integer, sign, digits);
}

/** An OBJECT IDENTIFIER such as `2.5.29.14`. */
export function derOid(dotted: string): Buffer {
    const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
    return derElement(derTags.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A BIT STRING of whole bytes, `unusedBits` of the last one not counted. */
export function derBitString(bytes: Uint8Array, unusedBits = 0): Buffer {
    return derElement(derTags.bitString, Buffer.of(unusedBits), bytes);
}

/** Time of a certificate: UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5); whole seconds. */
export function derTime(date: Date): Buffer {
    const digits = date
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
        .replace(/[-:T]/g, '');
    const isUtc = date.getUTCFullYear() < 2050;
    return derElement(isUtc ? derTags.utcTime : derTags.generalizedTime, Buffer.from(isUtc ? digits.slice(2) : digits));
}

/** An element as read: `bytes` is the whole of it, `contents` what stands behind tag and length. */
export interface DerNode {
    readonly tag: number;
    readonly bytes: Buffer;
    readonly contents: Buffer;
}

/** Reads the one element that the bytes begin with; throws WireError when they end before it does. */
export function parseDer(bytes: Buffer): DerNode {
    const tag = bytes[0];
    let length = bytes[1];
    if (tag === undefined || length === undefined) throw malformed('DER element', 'the bytes end early');
    let offset = 2;
    if (length >= 0x80) {
        const size = length & 0x7f;
        if (size === 0 || size > 4 || bytes.length < 2 + size)
            throw malformed('DER element', 'a length is not definite');
        length = bytes.readUIntBE(2, size);
        offset += size;
    }
    if (offset + length > bytes.length) throw malformed('DER element', 'the bytes end early');
    return { tag, bytes: bytes.subarray(0, offset + length), contents: bytes.subarray(offset, offset + length) };
}

/** The elements inside a constructed one, in order. */
export function derChildren(node: DerNode): DerNode[] {
    const children: DerNode[] = [];
    for (let rest = node.contents; rest.length > 0;) {
        const child = parseDer(rest);
        children.push(child);
        rest = rest.subarray(child.bytes.length);
    }
    return children;
}

function derHead(tag: number, length: number): Buffer {
    if (length < 0x80) return Buffer.of(tag, length);
    const digits: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest & 0xff);
    return Buffer.from([tag, 0x80 | digits.length, ...digits]);
}

function base128(value: number): number[] {
    const digits = [value & 0x7f];
    for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
    return digits;
}
