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

/** More than HTTP/2's 64 KiB, so that a large answer does not wait for window updates. */
const windowBytes = 1 << 20;
/** After so long without traffic the operating system asks whether the other side is still there. */
const idleMs = 60_000;

/**
 * Opens an HTTP/2 connection and answers when it stands; the promise is rejected with the system's or TLS's own error.
 * The certificate is checked against the server name, or against the host's address where there is none.
 */
export async function dial(target: GrpcTarget, signal: AbortSignal): Promise<ClientHttp2Session> {
    const tcp = await openTcp(target, signal);
    tcp.setNoDelay(true).setKeepAlive(true, idleMs);
    const authority = `${target.tls ? 'https' : 'http'}://${target.host}:${target.port}`;
    const socket = target.tls ? openTls(tcp, target, target.tls) : tcp;
    const session = connectHttp2(authority, { createConnection: () => socket, settings: { enablePush: false } });
    const abort = (): void => {
        session.destroy();
    };
    signal.addEventListener('abort', abort);
    try {
        await new Promise<void>((resolve, reject) => {
            session.once('remoteSettings', () => {
                resolve();
            });
            session.once('error', reject);
            session.once('close', () => {
                reject(asError(signal.reason ?? 'the connection was closed while it was opened'));
            });
        });
    } finally {
        signal.removeEventListener('abort', abort);
    }
    session.setLocalWindowSize(windowBytes);
    return session;
}

/** By its own TCP connection, or by a relay's. */
async function openTcp({ host, port, relayUrl }: GrpcTarget, signal: AbortSignal): Promise<Socket> {
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
