import type { ClientHttp2Session } from 'node:http2';
import { dial, type GrpcTarget } from './dial';
import { GrpcCall, type CallEvents } from './grpc-call';
import { grpcStatuses, newFailure, notConnected, type GrpcFailure } from './grpc-status';

/** What became of a call with one request and one answer. */
export type GrpcAnswer = { readonly message: Buffer } | { readonly failure: GrpcFailure };

const firstPauseMs = 100;
const longestPauseMs = 2_000;
/** Fabric's servers end a connection that pings oftener than once a minute. internal/pkg/comm/config.go, ServerMinInterval. */
const betweenProbesMs = 61_000;
const closed = notConnected('the connection was closed');

/**
 * A client's connection to one node, opened when it is first used and again when it was lost. A node that refuses the
 * connection is told at once; for a moment after that nobody is made to wait for it. Calls keep the process alive, an idle
 * connection does not.
 */
export class GrpcConnection {
    readonly target: GrpcTarget;
    readonly #connectTimeoutMs: number;
    readonly #onRefused: () => void;
    readonly #ending = new AbortController();
    #session: ClientHttp2Session | undefined;
    #dialling: Promise<ClientHttp2Session | GrpcFailure> | undefined;
    #probedMs = -betweenProbesMs;
    #refused: { readonly failure: GrpcFailure; readonly untilMs: number; readonly pauseMs: number } | undefined;

    /**
     * `connectTimeoutMs`: a node that has not taken the connection by then is not there. `onRefused` is called each time
     * that one cannot be had.
     */
    constructor(target: GrpcTarget, connectTimeoutMs: number, onRefused: () => void = () => undefined) {
        this.target = target;
        this.#connectTimeoutMs = connectTimeoutMs;
        this.#onRefused = onRefused;
    }

    /** Sends a request and gives the answer, or why there is none in time. */
    async call(path: string, request: Uint8Array, timeoutMs: number): Promise<GrpcAnswer> {
        const session = this.#session ?? (await this.#connect());
        if ('unsent' in session) return { failure: session };
        return new Promise((resolve) => {
            let message: Buffer | undefined;
            const events: CallEvents = {
                onMessage: (received) => {
                    message = received;
                },
                onEnd: (failure) => {
                    clearTimeout(timer);
                    if (failure !== undefined) resolve({ failure });
                    else if (message !== undefined) resolve({ message });
                    else resolve({ failure: newFailure(grpcStatuses.internal, 'the node answered nothing') });
                },
            };
            const call = this.#begin(session, path, events);
            const timer = setTimeout(() => {
                const late = `no answer within ${timeoutMs} ms`;
                call?.cancel(newFailure(grpcStatuses.deadlineExceeded, late));
                this.#probe(session);
            }, timeoutMs);
            call?.end(request);
        });
    }

    /** Opens a call that stays open for many messages, or tells why it cannot. */
    async open(path: string, events: CallEvents): Promise<GrpcCall | GrpcFailure> {
        const session = this.#session ?? (await this.#connect());
        if ('unsent' in session) return session;
        return this.#begin(session, path, events) ?? closed;
    }

    /** Ends every call under way. May be called twice. */
    close(): void {
        this.#ending.abort(new TypeError(closed.details));
        this.#session?.destroy();
        this.#session = undefined;
    }

    /** Undefined, and the end told, when the session takes no more calls. */
    #begin(session: ClientHttp2Session, path: string, events: CallEvents): GrpcCall | undefined {
        try {
            return new GrpcCall(session, path, events);
        } catch (error) {
            this.#forget(session);
            queueMicrotask(() => {
                events.onEnd(notConnected(textOf(error)));
            });
            return undefined;
        }
    }

    async #connect(): Promise<ClientHttp2Session | GrpcFailure> {
        if (this.#ending.signal.aborted) return closed;
        if (this.#refused !== undefined && performance.now() < this.#refused.untilMs) return this.#refused.failure;
        this.#dialling ??= this.#dial().finally(() => {
            this.#dialling = undefined;
        });
        return this.#dialling;
    }

    async #dial(): Promise<ClientHttp2Session | GrpcFailure> {
        const { host, port } = this.target;
        const late = new AbortController();
        const timer = setTimeout(() => {
            late.abort(new TypeError(`it did not take the connection within ${this.#connectTimeoutMs} ms`));
        }, this.#connectTimeoutMs);
        try {
            const session = await dial(this.target, AbortSignal.any([late.signal, this.#ending.signal]));
            session.unref();
            // 'close' follows, and with it the end of every call; a session that is going takes no new ones.
            session.on('error', () => undefined);
            for (const end of ['goaway', 'close'])
                session.once(end, () => {
                    this.#forget(session);
                });
            this.#refused = undefined;
            this.#session = session;
            return session;
        } catch (error) {
            const failure = notConnected(`${host}:${port}: ${textOf(error)}`);
            const pauseMs = Math.min(longestPauseMs, 2 * (this.#refused?.pauseMs ?? firstPauseMs / 2));
            this.#refused = { failure, pauseMs, untilMs: performance.now() + pauseMs };
            if (!this.#ending.signal.aborted) this.#onRefused();
            return failure;
        } finally {
            clearTimeout(timer);
        }
    }

    /** Gives a connection up on which nothing comes back any more: a cut line tells nobody. */
    #probe(session: ClientHttp2Session): void {
        const nowMs = performance.now();
        if (session.destroyed || nowMs - this.#probedMs < betweenProbesMs) return;
        this.#probedMs = nowMs;
        const giveUp = setTimeout(() => {
            session.destroy();
        }, this.#connectTimeoutMs);
        session.ping(() => {
            clearTimeout(giveUp);
        });
    }

    #forget(session: ClientHttp2Session): void {
        if (this.#session === session) this.#session = undefined;
    }
}

function textOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
