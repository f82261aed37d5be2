import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, isIPv4, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Medium } from '../topology/network-model';
import type { LinkClock } from './link-profile';
import { linkProfile } from './link-profile';
import { LinkSchedule } from './link-schedule';
import { LinksError } from './links-errors';
import { RelayedConnection } from './relayed-connection';

export interface RelayTraffic {
    /** Bytes that terminals sent, TLS and all, without the CONNECT requests. */
    readonly bytesUp: number;
    readonly bytesDown: number;
    /** Connections that reached their node, by `host:port`, since the relay began. */
    readonly carried: ReadonlyMap<string, number>;
    /** What was asked for and is not one of the targets. */
    readonly refused: readonly string[];
}

export interface Relay {
    readonly medium: string;
    readonly port: number;
    /** What `grpc_proxy` is set to. */
    readonly url: string;
    traffic(): RelayTraffic;
    /** Closes every connection; may be called twice. */
    stop(): Promise<void>;
}

export interface RelayOptions {
    readonly medium: Medium;
    readonly clock: LinkClock;
    /** Numbers from 0 up to 1, from a seed. */
    readonly random: () => number;
    /** `host:port` of the nodes that may be reached; nodes of this machine only. */
    readonly targets: readonly string[];
}

/**
 * An HTTP CONNECT proxy on 127.0.0.1 that holds whatever it carries to one medium: all its connections share the
 * medium's bandwidth, and each byte is late by the medium's latency. Opening a connection costs one round trip.
 * grpc-js sends its channels through it when `grpc_proxy` names it. RFC 9110 section 9.3.6 (CONNECT).
 * Throws LinksError when a target is not on this machine or no port is free.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
    const { medium, clock, random } = options;
    const targets = new Set(options.targets.map((target) => localTarget(medium.name, target)));
    const schedules = {
        up: new LinkSchedule(linkProfile(medium, 'up'), random),
        down: new LinkSchedule(linkProfile(medium, 'down'), random),
    };
    const open = new Set<RelayedConnection>();
    const carried = new Map<string, number>();
    const refused: string[] = [];
    const bytes = { up: 0, down: 0 };
    let connections = 0;

    const server = createServer((_request, response) => {
        response.writeHead(405).end('This is a link between a terminal and its network: it takes CONNECT only.\n');
    });
    server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
        const target = targetOf(request.url ?? '');
        if (target === undefined || !targets.has(target.key) || !(client instanceof Socket)) {
            refused.push(request.url ?? '');
            client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
            return;
        }
        connections += 1;
        const connection = new RelayedConnection({
            id: connections,
            clock,
            schedules,
            client,
            dial: () => connect({ host: '127.0.0.1', port: target.port, allowHalfOpen: true }),
            onCarried: () => carried.set(target.key, (carried.get(target.key) ?? 0) + 1),
            onBytes: (direction, count) => (bytes[direction] += count),
            onClosed: () => open.delete(connection),
        });
        open.add(connection);
        connection.start(head);
    });
    const port = await listen(server, medium.name);

    return {
        medium: medium.name,
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

/** Nodes of this machine are one node under each of its names. */
function targetOf(target: string): { readonly key: string; readonly port: number } | undefined {
    const match = /^(?<host>[^:]+|\[::1\]):(?<port>\d{1,5})$/.exec(target);
    const { host, port } = match?.groups ?? {};
    if (host === undefined || port === undefined || !isThisMachine(host)) return undefined;
    return { key: `127.0.0.1:${Number(port)}`, port: Number(port) };
}

function isThisMachine(host: string): boolean {
    return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}

function localTarget(medium: string, target: string): string {
    const local = targetOf(target);
    if (local === undefined) throw new LinksError({ code: 'RELAY_TARGET_NOT_LOCAL', medium, target });
    return local.key;
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
