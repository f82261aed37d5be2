import { sign, verify, type KeyObject } from 'node:crypto';

/** The order of the curve P-256 (FIPS 186-4, D.1.2.3) and half of it, 32 bytes each. */
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const halfOrder = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex');
const scalarLength = 32;

/**
 * An ECDSA P-256 signature over the SHA-256 of the message: DER, with the smaller of the two possible values of S,
 * the only one that Fabric accepts. ⟵ bccsp/utils/ecdsa.go, ToLowS
 */
export function signLowS(privateKey: KeyObject, message: Uint8Array): Buffer {
    return encodeDer(signRawLowS(privateKey, message));
}

/** The same signature as 64 bytes r ‖ s. */
export function signRawLowS(privateKey: KeyObject, message: Uint8Array): Buffer {
    const raw = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const s = raw.subarray(scalarLength);
    if (Buffer.compare(s, halfOrder) > 0) negate(s);
    return raw;
}

/**
 * Whether the signature is this key's over the message. False, never an error, for anything else: malformed DER, zero
 * or high S ("Invalid S. Must be smaller than half the order"). Bytes after the signature are ignored, as Fabric does.
 */
export function verifyLowS(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
    const raw = decodeDer(signature);
    if (raw === undefined || Buffer.compare(raw.subarray(scalarLength), halfOrder) > 0) return false;
    return verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw);
}

/** Whether the bytes are a signature's one DER spelling, with nothing before, between or behind. */
export function isExactSignature(signature: Uint8Array): boolean {
    const raw = decodeDer(signature);
    return raw !== undefined && encodeDer(raw).equals(signature);
}

/** s := order − s, in place. */
function negate(s: Buffer): void {
    let borrow = 0;
    for (let index = scalarLength - 1; index >= 0; index--) {
        const difference = (order[index] ?? 0) - (s[index] ?? 0) - borrow;
        borrow = difference < 0 ? 1 : 0;
        s[index] = difference & 0xff;
    }
}

function encodeDer(raw: Buffer): Buffer {
    const r = derInteger(raw.subarray(0, scalarLength));
    const s = derInteger(raw.subarray(scalarLength));
    return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s]);
}

function derInteger(scalar: Buffer): Buffer {
    let start = 0;
    while (start < scalarLength - 1 && scalar[start] === 0) start++;
    const padding = (scalar[start] ?? 0) >= 0x80 ? [0] : [];
    const digits = scalar.subarray(start);
    return Buffer.concat([Buffer.from([0x02, digits.length + padding.length, ...padding]), digits]);
}

/** r ‖ s, 32 bytes each, or undefined when the bytes are not a DER SEQUENCE of two positive INTEGERs that fit. */
function decodeDer(signature: Uint8Array): Buffer | undefined {
    const length = signature[1] ?? 0x80;
    if (signature[0] !== 0x30 || length >= 0x80 || 2 + length > signature.length) return undefined;
    const body = signature.subarray(2, 2 + length);
    const raw = Buffer.alloc(2 * scalarLength);
    const next = copyInteger(body, 0, raw, scalarLength);
    if (next === undefined || copyInteger(body, next, raw, 2 * scalarLength) === undefined) return undefined;
    return raw;
}

/** Copies the INTEGER at `at` so that it ends at `end` of `raw`; gives the offset behind it. */
function copyInteger(body: Uint8Array, at: number, raw: Buffer, end: number): number | undefined {
    const length = body[at + 1] ?? 0;
    const start = at + 2;
    if (body[at] !== 0x02 || length >= 0x80 || start + length > body.length) return undefined;
    const content = body.subarray(start, start + length);
    if (!isMinimalPositive(content)) return undefined;
    const digits = content[0] === 0 ? content.subarray(1) : content;
    if (digits.length > scalarLength) return undefined;
    raw.set(digits, end - digits.length);
    return start + length;
}

/** A leading zero byte is there exactly when the next one would make the number negative; zero itself is refused. */
function isMinimalPositive(content: Uint8Array): boolean {
    const first = content[0] ?? 0x80;
    return first > 0 ? first < 0x80 : (content[1] ?? 0) >= 0x80;
}
