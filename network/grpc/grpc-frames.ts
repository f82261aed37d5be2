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

/** A message that is not taken: nobody asked for compression, and some say how long one may be. */
export type UnreadableMessage = { readonly kind: 'compressed' } | { readonly kind: 'too-long'; readonly bytes: number };

/** Puts the messages of a stream together from the pieces that come. */
export class FrameReader {
    readonly #maxMessageBytes: number;
    /** The beginning of a message whose rest is still to come. */
    #pieces: Buffer[] = [];
    #held = 0;
    /** How much must be held to go on: the prefix, or with it the message. */
    #needed = prefixLength;

    /** Takes messages of any length unless told how long they may be. */
    constructor(maxMessageBytes = Infinity) {
        this.#maxMessageBytes = maxMessageBytes;
    }

    /**
     * Gives `take` each message that is whole with this piece, a view where it lies in the piece alone. Gives what cannot
     * be read, and then nothing more must be pushed. A message in many pieces is copied once, when its last has come.
     */
    push(piece: Buffer, take: (message: Buffer) => void): UnreadableMessage | undefined {
        let rest = piece;
        if (this.#held > 0) {
            this.#hold(piece);
            if (this.#held < this.#needed) return undefined;
            rest = Buffer.concat(this.#pieces, this.#held);
        }
        this.#pieces = [];
        this.#held = 0;
        this.#needed = prefixLength;
        while (rest.length >= prefixLength) {
            if (rest[0] !== 0) return { kind: 'compressed' };
            const bytes = rest.readUInt32BE(1);
            if (bytes > this.#maxMessageBytes) return { kind: 'too-long', bytes };
            const end = prefixLength + bytes;
            if (rest.length < end) {
                this.#needed = end;
                break;
            }
            take(rest.subarray(prefixLength, end));
            rest = rest.subarray(end);
        }
        if (rest.length > 0) this.#hold(rest);
        return undefined;
    }

    #hold(piece: Buffer): void {
        this.#pieces.push(piece);
        this.#held += piece.length;
    }
}
