import { isUtf8 } from 'node:buffer';
import { malformed } from './wire-errors';

const varintType = 0;
const fixed64Type = 1;
const lengthType = 2;
const fixed32Type = 5;

/**
 * Reads the fields of one protobuf message, front to back, without copying: byte fields are views of the input.
 * `next()` answers the tag (field number × 8 + wire type), so that a known field number with a foreign wire type
 * falls to `skip()` as in Go's decoder. Source: protobuf encoding specification.
 */
export class FieldReader {
    readonly #message: string;
    readonly #bytes: Buffer;
    readonly #end: number;
    #at: number;
    #tag = 0;
    #low = 0;
    #high = 0;

    /** Reads `bytes`, or the part of them from `start` up to `end`. */
    constructor(message: string, bytes: Uint8Array, start = 0, end = bytes.length) {
        this.#message = message;
        this.#bytes = asBuffer(bytes);
        this.#at = start;
        this.#end = end;
    }

    /** The next field's tag, or 0 at the end. Throws WIRE_MALFORMED, as all readers below do. */
    next(): number {
        if (this.#at >= this.#end) return 0;
        this.#readVarint();
        this.#tag = this.#low;
        if (this.#high !== 0 || this.#tag < 8) throw malformed(this.#message, 'a field number is out of range');
        return this.#tag;
    }

    bytes(): Buffer {
        const start = this.#lengthDelimited();
        return this.#bytes.subarray(start, this.#at);
    }

    /** A reader of the message in this field; cheaper than reading its bytes, of which no view is made. */
    message(name: string): FieldReader {
        const start = this.#lengthDelimited();
        return new FieldReader(name, this.#bytes, start, this.#at);
    }

    string(): string {
        const start = this.#lengthDelimited();
        const text = this.#bytes.toString('utf8', start, this.#at);
        if (text.includes('\ufffd') && !isUtf8(this.#bytes.subarray(start, this.#at))) {
            throw malformed(this.#message, 'a text is not valid UTF-8');
        }
        return text;
    }

    /** An unsigned integer; above 2^53 the nearest number. */
    uint(): number {
        this.#readVarint();
        return this.#high * 0x1_0000_0000 + this.#low;
    }

    int32(): number {
        this.#readVarint();
        return this.#low | 0;
    }

    int64(): number {
        this.#readVarint();
        return (this.#high | 0) * 0x1_0000_0000 + this.#low;
    }

    bool(): boolean {
        this.#readVarint();
        return this.#low !== 0 || this.#high !== 0;
    }

    /** Steps over the field whose tag `next()` gave last. */
    skip(): void {
        switch (this.#tag & 7) {
            case varintType:
                this.#readVarint();
                return;
            case fixed64Type:
                this.#step(8);
                return;
            case lengthType:
                this.#lengthDelimited();
                return;
            case fixed32Type:
                this.#step(4);
                return;
            default:
                throw malformed(this.#message, `field ${this.#tag >>> 3} has the unknown wire type ${this.#tag & 7}`);
        }
    }

    #step(count: number): void {
        if (this.#at + count > this.#end) throw malformed(this.#message, 'it ends in the middle of a field');
        this.#at += count;
    }

    #lengthDelimited(): number {
        this.#readVarint();
        if (this.#high !== 0) throw malformed(this.#message, 'it ends in the middle of a field');
        const start = this.#at;
        this.#step(this.#low);
        return start;
    }

    #readVarint(): void {
        const bytes = this.#bytes;
        const first = bytes[this.#at];
        if (first !== undefined && first < 0x80 && this.#at < this.#end) {
            this.#at++;
            this.#low = first;
            this.#high = 0;
            return;
        }
        this.#readLongVarint();
    }

    #readLongVarint(): void {
        let low = 0;
        let high = 0;
        for (let index = 0; index < 10; index++) {
            if (this.#at >= this.#end) throw malformed(this.#message, 'it ends in the middle of a number');
            const byte = this.#bytes[this.#at++] ?? 0;
            const part = byte & 0x7f;
            if (index < 4) low |= part << (7 * index);
            else if (index === 4) {
                low |= part << 28;
                high = part >>> 4;
            } else high |= part << (7 * index - 32);
            if (byte < 0x80) {
                this.#low = low >>> 0;
                this.#high = high >>> 0;
                return;
            }
        }
        throw malformed(this.#message, 'a number is longer than 64 bits');
    }
}

/** The same bytes as a Buffer, without copying. */
export function asBuffer(bytes: Uint8Array): Buffer {
    return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
