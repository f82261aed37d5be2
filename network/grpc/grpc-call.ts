import { constants, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { FrameReader, newFrame } from './grpc-frames';
import {
    connectionEnded,
    failureOfReset,
    grpcStatuses,
    newFailure,
    readFailure,
    type GrpcFailure,
} from './grpc-status';

export interface CallEvents {
    onMessage(message: Buffer): void;
    /** Once, at the end: undefined when the node ended the call with OK. */
    onEnd(failure: GrpcFailure | undefined): void;
}

/** One gRPC call over an HTTP/2 stream of its own. Messages are bytes, never compressed. gRPC: doc/PROTOCOL-HTTP2.md. */
export class GrpcCall {
    readonly #stream: ClientHttp2Stream;
    readonly #frames: FrameReader;
    readonly #maxMessageBytes: number;
    readonly #events: CallEvents;
    #failure: GrpcFailure | undefined;
    #isToldHowItEnded = false;
    #isOver = false;

    /**
     * Throws what node:http2 throws when the session takes no more streams. A message longer than `maxMessageBytes` is
     * neither sent nor taken, and ends the call.
     */
    constructor(session: ClientHttp2Session, path: string, events: CallEvents, maxMessageBytes = Infinity) {
        this.#events = events;
        this.#maxMessageBytes = maxMessageBytes;
        this.#frames = new FrameReader(maxMessageBytes);
        this.#stream = session.request({
            ':method': 'POST',
            ':path': path,
            'content-type': 'application/grpc',
            te: 'trailers',
        });
        this.#stream
            .on('response', (headers) => {
                const httpStatus = headers[':status'];
                if (httpStatus !== constants.HTTP_STATUS_OK) this.#endWith(`the node answered HTTP ${httpStatus ?? 0}`);
                else if (headers['grpc-status'] !== undefined) this.#take(readFailure(headers));
            })
            .on('data', (piece: Buffer) => {
                this.#read(piece);
            })
            .on('trailers', (trailers: IncomingHttpHeaders) => {
                this.#take(readFailure(trailers));
            })
            // The node has said its last: what is not yet said to it, nobody reads.
            .on('end', () => {
                if (this.#stream.writableEnded) return; // 'close' follows
                this.#take(failureOfReset(this.#stream.rstCode));
                this.#close(constants.NGHTTP2_NO_ERROR);
            })
            // It is told by 'close', which follows, and by the code that the stream was reset with.
            .on('error', () => undefined)
            .once('close', () => {
                this.#take(session.destroyed ? connectionEnded : failureOfReset(this.#stream.rstCode));
                this.#finish();
            });
    }

    /** Messages written in one turn leave together; what the node's windows do not take yet waits here. */
    write(message: Uint8Array): void {
        if (this.#fits(message.length)) this.#stream.write(newFrame(message));
    }

    /** The last message. */
    end(message: Uint8Array): void {
        if (this.#fits(message.length)) this.#stream.end(newFrame(message));
    }

    /** Ends it from this side, for this reason. */
    cancel(failure: GrpcFailure): void {
        this.#take(failure);
        this.#close(constants.NGHTTP2_CANCEL);
    }

    #read(piece: Buffer): void {
        const unreadable = this.#frames.push(piece, (message) => {
            if (!this.#isOver) this.#events.onMessage(message);
        });
        if (unreadable?.kind === 'compressed') this.#endWith('a message is compressed, which was not asked for');
        else if (unreadable !== undefined) this.#fits(unreadable.bytes);
    }

    #fits(bytes: number): boolean {
        if (bytes <= this.#maxMessageBytes) return true;
        const details = `a message has ${bytes} bytes, more than ${this.#maxMessageBytes}`;
        this.cancel(newFailure(grpcStatuses.resourceExhausted, details));
        return false;
    }

    #endWith(details: string): void {
        this.cancel(newFailure(grpcStatuses.internal, details));
    }

    /** At once: a stream that cannot be written to may close late, or never. */
    #close(code: number): void {
        this.#stream.close(code);
        this.#stream.destroy();
        this.#finish();
    }

    #finish(): void {
        if (this.#isOver) return;
        this.#isOver = true;
        this.#events.onEnd(this.#failure);
    }

    /** What is told first counts. */
    #take(failure: GrpcFailure | undefined): void {
        if (this.#isToldHowItEnded) return;
        this.#isToldHowItEnded = true;
        this.#failure = failure;
    }
}
