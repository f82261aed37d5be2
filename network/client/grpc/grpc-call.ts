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
    readonly #frames = new FrameReader();
    readonly #events: CallEvents;
    #failure: GrpcFailure | undefined;
    #isToldHowItEnded = false;

    /** Throws what node:http2 throws when the session takes no more streams. */
    constructor(session: ClientHttp2Session, path: string, events: CallEvents) {
        this.#events = events;
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
            // It is told by 'close', which follows, and by the code that the stream was reset with.
            .on('error', () => undefined)
            .once('close', () => {
                this.#take(session.destroyed ? connectionEnded : failureOfReset(this.#stream.rstCode));
                events.onEnd(this.#failure);
            });
    }

    write(message: Uint8Array): void {
        this.#stream.write(newFrame(message));
    }

    /** The last message. */
    end(message: Uint8Array): void {
        this.#stream.end(newFrame(message));
    }

    /** Ends it from this side, for this reason. */
    cancel(failure: GrpcFailure): void {
        this.#take(failure);
        this.#stream.close(constants.NGHTTP2_CANCEL);
    }

    #read(piece: Buffer): void {
        const messages = this.#frames.push(piece);
        if (messages === undefined) this.#endWith('a message is compressed, which was not asked for');
        else for (const message of messages) this.#events.onMessage(message);
    }

    #endWith(details: string): void {
        this.cancel(newFailure(grpcStatuses.internal, details));
    }

    /** What is told first counts. */
    #take(failure: GrpcFailure | undefined): void {
        if (this.#isToldHowItEnded) return;
        this.#isToldHowItEnded = true;
        this.#failure = failure;
    }
}
