/** RFC 9113, sections 3.4, 4.1, 6 and 7. */
const prefaceBytes = 24;
const headerBytes = 9;
const resetBytes = headerBytes + 4;
const frameTypes = { data: 0, headers: 1, reset: 3 } as const;
const endStream = 0x1;
const noError = 0;

/**
 * Takes out of a client's HTTP/2 bytes the resets of calls that are over: RST_STREAM with NO_ERROR on a stream that the
 * client has ended already. They say nothing new; but grpc-js 1.9, which fabric-network brings, sends one after every
 * call, and nghttp2, which Node's HTTP/2 is built on, cuts a connection after 1,000 of them and 33 more a second. Any
 * other reset passes: it cancels a call. See docs/decisions/0011.
 */
export class ResetFilter {
    /** Streams that the client may still send on. */
    readonly #sending = new Set<number>();
    /** Bytes to pass before the next frame's header. */
    #toPass = prefaceBytes;
    /** The beginning of a header whose end has not come yet. */
    #held: Buffer = Buffer.alloc(0);

    /** The bytes of a chunk that may pass; what cannot be told yet comes with a later chunk. */
    pass(chunk: Buffer): Buffer {
        const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
        const passed: Buffer[] = [];
        let from = 0;
        let at = 0;
        for (;;) {
            const skipped = Math.min(this.#toPass, bytes.length - at);
            at += skipped;
            this.#toPass -= skipped;
            const frame = this.#toPass === 0 ? readFrame(bytes, at) : undefined;
            if (frame === undefined) break;
            if (this.#isOver(frame)) {
                passed.push(bytes.subarray(from, at));
                at += resetBytes;
                from = at;
            } else {
                at += headerBytes;
                this.#toPass = frame.length;
            }
        }
        this.#held = bytes.subarray(at);
        if (from === 0) return bytes.subarray(0, at);
        passed.push(bytes.subarray(from, at));
        return Buffer.concat(passed);
    }

    #isOver({ type, flags, streamId, errorCode }: Frame): boolean {
        if (type === frameTypes.reset) return !this.#sending.delete(streamId) && errorCode === noError;
        const isSent = type === frameTypes.headers || type === frameTypes.data;
        if (isSent && (flags & endStream) !== 0) this.#sending.delete(streamId);
        else if (type === frameTypes.headers) this.#sending.add(streamId);
        return false;
    }
}

interface Frame {
    /** Of what follows the header. */
    readonly length: number;
    readonly type: number;
    readonly flags: number;
    readonly streamId: number;
    /** Of a reset. */
    readonly errorCode: number | undefined;
}

/** The frame that begins there; undefined when its header, or a whole reset, has not come yet. */
function readFrame(bytes: Buffer, at: number): Frame | undefined {
    if (bytes.length < at + headerBytes) return undefined;
    const length = bytes.readUIntBE(at, 3);
    const type = bytes.readUInt8(at + 3);
    // A reset of another length is an error of the client, which HTTP/2 answers.
    const isReset = type === frameTypes.reset && length === resetBytes - headerBytes;
    if (isReset && bytes.length < at + resetBytes) return undefined;
    return {
        length,
        type,
        flags: bytes.readUInt8(at + 4),
        streamId: bytes.readUInt32BE(at + 5) & 0x7fff_ffff,
        errorCode: isReset ? bytes.readUInt32BE(at + headerBytes) : undefined,
    };
}
