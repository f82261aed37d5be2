import { isIPv4 } from 'node:net';
import type { Medium } from '../topology/network-model';
import { startConnectProxy } from './connect-proxy';
import type { ConnectProxy, ProxyTraffic } from './connect-proxy';
import { LinkLine } from './link-line';
import type { LinkClock } from './link-profile';
import { linkProfile } from './link-profile';
import { LinkSchedule } from './link-schedule';
import { LinksError } from './links-errors';

/** Bytes up are those that terminals sent; connections are counted by `host:port` of their node. */
export type RelayTraffic = ProxyTraffic;

export interface Relay extends ConnectProxy {
    readonly medium: string;
    /** Cut it, and nothing crosses until it is restored. */
    readonly line: LinkLine;
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
 * medium's bandwidth, and each byte is late by the medium's latency. grpc-js sends its channels through it when
 * `grpc_proxy` names it. Throws LinksError when a target is not on this machine or no port is free.
 */
export async function startRelay({ medium, clock, random, targets }: RelayOptions): Promise<Relay> {
    const known = new Set(targets.map((target) => localTarget(medium.name, target)));
    const line = new LinkLine();
    const stages = {
        up: [{ schedule: new LinkSchedule(linkProfile(medium, 'up'), random), line }],
        down: [{ schedule: new LinkSchedule(linkProfile(medium, 'down'), random), line }],
    };
    const proxy = await startConnectProxy({
        name: medium.name,
        clock,
        find: (target) => {
            const found = targetOf(target);
            return found && known.has(found.key) ? { ...found, host: '127.0.0.1', stages } : undefined;
        },
    });
    return { ...proxy, medium: medium.name, line };
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
