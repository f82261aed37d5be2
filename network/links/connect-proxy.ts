import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { LinkStage } from './link-lane';
import type { Direction, LinkClock } from './link-profile';
import { LinksError } from './links-errors';
import { RelayedConnection } from './relayed-connection';

/** Where a CONNECT goes, and what lies between. */
export interface Destination {
    /** What its connections are counted under. */
    readonly key: string;
    readonly host: string;
    readonly port: number;
    readonly stages: Readonly<Record<Direction, readonly LinkStage[]>>;
    /** Told of all bytes that come from either side. */
    readonly onBytes?: (direction: Direction, count: number) => void;
}

export interface ProxyTraffic {
    /** Bytes that those who dialled sent, TLS and all, without the CONNECT requests. */
    readonly bytesUp: number;
    readonly bytesDown: number;
    /** Connections that reached their node, by key, since the proxy began. */
    readonly carried: ReadonlyMap<string, number>;
    /** What was asked for and is no destination. */
    readonly refused: readonly string[];
}

export interface ConnectProxy {
    readonly port: number;
    /** What `grpc_proxy` or `HTTPS_PROXY` is set to. */
    readonly url: string;
    traffic(): ProxyTraffic;
    /** Closes every connection; may be called twice. */
    stop(): Promise<void>;
}

export interface ConnectProxyOptions {
    /** Whose line it is, for what it says. */
    readonly name: string;
    readonly clock: LinkClock;
    /** Where `host:port` leads; undefined is refused. */
    readonly find: (target: string) => Destination | undefined;
}

/**
 * An HTTP CONNECT proxy on 127.0.0.1 that carries over modelled links. Opening a connection costs one round trip.
 * RFC 9110 section 9.3.6 (CONNECT). Throws LinksError when no port is free.
 */
export async function startConnectProxy({ name, clock, find }: ConnectProxyOptions): Promise<ConnectProxy> {
    const open = new Set<RelayedConnection>();
    const carried = new Map<string, number>();
    const refused: string[] = [];
    const bytes = { up: 0, down: 0 };
    let connections = 0;

    const server = createServer((_request, response) => {
        response.writeHead(405).end('This is a link of a modelled network: it takes CONNECT only.\n');
    });
    server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
        const target = request.url ?? '';
        const destination = find(target);
        if (destination === undefined || !(client instanceof Socket)) {
            refused.push(target);
            client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
            return;
        }
        const { key, host, port, stages, onBytes } = destination;
        connections += 1;
        const connection = new RelayedConnection({
            id: connections,
            clock,
            stages,
            client,
            dial: () => connect({ host, port, allowHalfOpen: true }),
            onCarried: () => carried.set(key, (carried.get(key) ?? 0) + 1),
            onBytes: (direction, count) => {
                bytes[direction] += count;
                onBytes?.(direction, count);
            },
            onClosed: () => open.delete(connection),
        });
        open.add(connection);
        connection.start(head);
    });
    const port = await listen(server, name);

    return {
        port,
        url: `http://127.0.0.1:${port}`,
        traffic: () => ({
            bytesUp: bytes.up,
            bytesDown: bytes.down,
            carried: new Map(carried),
            refused: [...refused],
        }),
        stop: () =>
            new Promise((resolve) => {
                for (const connection of open) connection.close();
                server.closeAllConnections();
                server.close(() => {
                    resolve();
                });
            }),
    };
}

function listen(server: Server, medium: string): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once('error', (cause) => {
            reject(new LinksError({ code: 'RELAY_CANNOT_LISTEN', medium, why: cause.message }, { cause }));
        });
        server.listen(0, '127.0.0.1', () => {
            resolve((server.address() as AddressInfo).port);
        });
    });
}
