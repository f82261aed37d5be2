import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { request } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';

/** Where a node listens, and how it is known. */
export interface GrpcTarget {
    readonly host: string;
    readonly port: number;
    /** Undefined where the node listens without TLS. */
    readonly tls?: TlsTrust;
    /** An HTTP proxy that all connections go through, `http://host:port`. */
    readonly relayUrl?: string;
}

export interface TlsTrust {
    /** Who may have signed the node's certificate, PEM. */
    readonly rootsPem: string;
    /** The name that its certificate must carry; without it the host that is dialled. */
    readonly serverName?: string;
    /** Shown to a node that asks for it. */
    readonly certificatePem?: string;
    readonly keyPem?: string;
}

/** More than HTTP/2's 64 KiB, so that what comes back does not wait for window updates. */
const windowBytes = 1 << 20;
/** After so long without traffic the operating system asks whether the other side is still there. */
const idleMs = 60_000;

/**
 * Opens an HTTP/2 connection and answers when it stands; the promise is rejected with the system's or TLS's own error.
 * The certificate is checked against the server name, or against the host's address where there is none.
 */
export async function dial(target: GrpcTarget, signal: AbortSignal): Promise<ClientHttp2Session> {
    return openSession(await openTcp(target, signal), target, signal);
}

/** Makes a TCP connection to the target an HTTP/2 connection, as `dial` does. */
export async function openSession(tcp: Socket, target: GrpcTarget, signal: AbortSignal): Promise<ClientHttp2Session> {
    tcp.setNoDelay(true).setKeepAlive(true, idleMs);
    const authority = `${target.tls ? 'https' : 'http'}://${target.host}:${target.port}`;
    const socket = target.tls ? openTls(tcp, target, target.tls) : tcp;
    const session = connectHttp2(authority, {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: windowBytes },
    });
    await new Promise<void>((resolve, reject) => {
        const abort = (): void => {
            reject(asError(signal.reason));
            session.destroy();
        };
        signal.addEventListener('abort', abort);
        session.once('remoteSettings', () => {
            signal.removeEventListener('abort', abort);
            resolve();
        });
        session.on('error', reject);
        session.once('close', () => {
            signal.removeEventListener('abort', abort);
            reject(asError('the connection was closed while it was opened'));
        });
        if (signal.aborted) abort();
    });
    session.setLocalWindowSize(windowBytes);
    return session;
}

/** By its own TCP connection, or by a relay's. Rejected with the system's error, or with what the relay answered. */
export async function openTcp({ host, port, relayUrl }: GrpcTarget, signal: AbortSignal): Promise<Socket> {
    if (relayUrl === undefined) {
        const socket = connectTcp({ host, port, signal });
        await new Promise<void>((resolve, reject) => {
            socket.once('connect', resolve).once('error', reject);
        });
        return socket;
    }
    const { hostname, port: relayPort } = new URL(relayUrl);
    const path = `${host}:${port}`;
    const asked = request({
        host: hostname,
        port: relayPort,
        method: 'CONNECT',
        path,
        headers: { host: path },
        signal,
    });
    return new Promise((resolve, reject) => {
        asked.once('connect', ({ statusCode = 0 }, socket) => {
            if (statusCode === 200) resolve(socket);
            else reject(asError(`the relay answered ${statusCode} to CONNECT ${path}`));
        });
        asked.once('error', reject);
        asked.end();
    });
}

function openTls(socket: Socket, { host }: GrpcTarget, trust: TlsTrust): Socket {
    const name = trust.serverName ?? host;
    return connectTls({
        socket,
        host: name,
        // RFC 6066 section 3: an address is no server name. The certificate is checked against it all the same.
        ...(isIP(name) === 0 && { servername: name }),
        secureContext: secureContextOf(trust),
        ALPNProtocols: ['h2'],
    });
}

const secureContexts = new Map<string, SecureContext>();

/** One for each set of certificates: making it parses them all. */
function secureContextOf({ rootsPem, certificatePem, keyPem }: TlsTrust): SecureContext {
    const key = [rootsPem, certificatePem, keyPem].join('\0');
    const present = secureContexts.get(key);
    if (present) return present;
    const own = certificatePem !== undefined && keyPem !== undefined && { cert: certificatePem, key: keyPem };
    const made = createSecureContext({ ca: rootsPem, ...own });
    secureContexts.set(key, made);
    return made;
}

function asError(reason: unknown): Error {
    return reason instanceof Error ? reason : new TypeError(String(reason));
}
