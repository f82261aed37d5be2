/** Compressed flag, then the length in four bytes. gRPC: doc/PROTOCOL-HTTP2.md, Length-Prefixed-Message. */
const prefixLength = 5;

/** A message as it goes into a stream, uncompressed. */
export function newFrame(message: Uint8Array): Buffer {
    const frame = Buffer.allocUnsafe(prefixLength + message.length);
    frame[0] = 0;
    frame.writeUInt32BE(message.length, 1);
    frame.set(message, prefixLength);
    return frame;
}

/** Puts the messages of a stream together from the pieces that come. */
export class FrameReader {
    #rest: Buffer = Buffer.alloc(0);

    /** The messages that are whole with this piece; undefined when one is compressed, which nobody asked for. */
    push(piece: Buffer): readonly Buffer[] | undefined {
        let rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
        const messages: Buffer[] = [];
        while (rest.length >= prefixLength) {
            if (rest[0] !== 0) return undefined;
            const end = prefixLength + rest.readUInt32BE(1);
            if (rest.length < end) break;
            messages.push(rest.subarray(prefixLength, end));
            rest = rest.subarray(end);
        }
        this.#rest = rest;
        return messages;
    }
}
