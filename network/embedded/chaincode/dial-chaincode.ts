import type { ClientHttp2Session } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { openSession, openTcp } from '../../grpc/dial';

/** A connection to a chaincode, or in Fabric's words why there is none. */
export type Dialled = { readonly session: ClientHttp2Session } | { readonly refusal: string };

const firstPauseMs = 50;
const longestPauseMs = 250;

/**
 * Connects to a chaincode that should be listening; gives Fabric's words when it does not: a closed port is told at once,
 * a silent one after `timeoutMs`. Fabric v2.5.16: core/chaincode/extcc/extcc_handler.go; internal/pkg/comm/config.go.
 */
export async function dialListener(address: string, timeoutMs: number): Promise<Dialled> {
    return connectWithin(timeoutMs, { address, isAwaited: false });
}

/** Connects to a chaincode that is being started: a closed port is tried again until `timeoutMs` are over. */
export async function awaitListener(address: string, timeoutMs: number): Promise<Dialled> {
    return connectWithin(timeoutMs, { address, isAwaited: true });
}

interface Listener {
    /** host:port */
    readonly address: string;
    readonly isAwaited: boolean;
}

/** Whoever takes the connection and then does not speak HTTP/2 is tried again in either case. */
async function connectWithin(timeoutMs: number, listener: Listener): Promise<Dialled> {
    const { address, isAwaited } = listener;
    const late = new AbortController();
    const timer = setTimeout(() => {
        late.abort();
    }, timeoutMs);
    try {
        for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
            const found = await connectOnce(address, late.signal);
            if ('session' in found) return found;
            if (late.signal.aborted) return { refusal: describeFailure(address, 'context deadline exceeded') };
            if (found.refused !== undefined && !isAwaited) {
                const reason = `connection error: desc = "transport: error while dialing: ${found.refused}"`;
                return { refusal: describeFailure(address, reason) };
            }
            await pause(pauseMs, undefined, { signal: late.signal }).catch(() => undefined); // or it is over
        }
    } finally {
        clearTimeout(timer);
    }
}

/** `refused` is why nobody took the connection; undefined where somebody did, and it did not come to HTTP/2. */
async function connectOnce(
    address: string,
    signal: AbortSignal,
): Promise<{ readonly session: ClientHttp2Session } | { readonly refused: string | undefined }> {
    const colon = address.lastIndexOf(':');
    const target = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
    const socket = await openTcp(target, signal).catch(
        (error: unknown) => `dial tcp ${address}: ${goTextOf(error as NodeJS.ErrnoException)}`,
    );
    if (typeof socket === 'string') return { refused: socket };
    return openSession(socket, target, signal).then(
        (session) => ({ session }),
        () => ({ refused: undefined }),
    );
}

function describeFailure(address: string, reason: string): string {
    return `error creating grpc connection to ${address}: failed to create new connection: ${reason}`;
}

/** What Go says where Node has a code. */
const goTexts = new Map([
    ['ECONNREFUSED', 'connect: connection refused'],
    ['EHOSTUNREACH', 'connect: no route to host'],
    ['ENETUNREACH', 'connect: network is unreachable'],
]);

function goTextOf({ code = '', message }: NodeJS.ErrnoException): string {
    return goTexts.get(code) ?? message;
}
