/** Bytes left after a large field, so that the small ones which follow it do not have it copied once more. */
const roomBehind = 256;

/**
 * Writes the fields of one protobuf message in the order of the calls; callers write them by field number, as Go does,
 * so that equal values give equal bytes. Proto3 leaves out zero numbers and empty byte strings; `message` and
 * `bytesAlways` write theirs even when empty (a present message, an element of a list, a branch of a oneof).
 */
export class FieldWriter {
    #bytes: Buffer;
    #length = 0;

    /** Room for this many bytes is made at once; more is made when needed. */
    constructor(capacity = 256) {
        this.#bytes = Buffer.allocUnsafe(capacity);
    }

    /** A number from 0 to 2^53; zero is left out. */
    uint(field: number, value: number): this {
        if (value === 0) return this;
        this.#varint(field << 3);
        this.#varint(value);
        return this;
    }

    /** A number in a branch of a oneof or in an entry of a map: written even when zero. */
    uintAlways(field: number, value: number): this {
        this.#varint(field << 3);
        this.#varint(value);
        return this;
    }

    /** A signed number (int32, int64 or enum); zero is left out, a negative one takes ten bytes. */
    int(field: number, value: number): this {
        if (value >= 0) return this.uint(field, value);
        this.#varint(field << 3);
        let rest = BigInt.asUintN(64, BigInt(value));
        this.#reserve(10);
        for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
        this.#bytes[this.#length++] = Number(rest);
        return this;
    }

    bool(field: number, value: boolean): this {
        return this.uint(field, value ? 1 : 0);
    }

    string(field: number, text: string): this {
        if (text === '') return this;
        const length = Buffer.byteLength(text);
        this.#head(field, length);
        this.#bytes.write(text, this.#length, 'utf8');
        this.#length += length;
        return this;
    }

    /** An element of a repeated string, or a string branch of a oneof: written even when empty. */
    stringAlways(field: number, text: string): this {
        return text === '' ? this.bytesAlways(field, Buffer.alloc(0)) : this.string(field, text);
    }

    bytes(field: number, value: Uint8Array): this {
        return value.length === 0 ? this : this.bytesAlways(field, value);
    }

    bytesAlways(field: number, value: Uint8Array): this {
        this.#head(field, value.length);
        this.#bytes.set(value, this.#length);
        this.#length += value.length;
        return this;
    }

    /** A present sub-message, already encoded. */
    message(field: number, encoded: Uint8Array): this {
        return this.bytesAlways(field, encoded);
    }

    /** A present sub-message that holds nothing but a list of byte strings in its field 1. */
    listMessage(field: number, items: readonly Uint8Array[]): this {
        const length = items.reduce((sum, item) => sum + 1 + varintLength(item.length) + item.length, 0);
        this.#head(field, length);
        for (const item of items) this.bytesAlways(1, item);
        return this;
    }

    /** The encoded message. The writer must not be used afterwards. */
    finish(): Buffer {
        return this.#bytes.subarray(0, this.#length);
    }

    #head(field: number, length: number): void {
        this.#varint((field << 3) | 2);
        this.#varint(length);
        this.#reserve(length);
    }

    #varint(value: number): void {
        this.#reserve(10);
        let rest = value;
        while (rest > 0x7f) {
            this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
            rest = Math.floor(rest / 0x80);
        }
        this.#bytes[this.#length++] = rest;
    }

    #reserve(count: number): void {
        if (this.#length + count <= this.#bytes.length) return;
        const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count + roomBehind));
        this.#bytes.copy(larger, 0, 0, this.#length);
        this.#bytes = larger;
    }
}

function varintLength(value: number): number {
    let length = 1;
    for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) length++;
    return length;
}

/** The protobuf base-128 encoding of a non-negative number. */
export function encodeVarint(value: number): Buffer {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
    return Buffer.from(bytes);
}
