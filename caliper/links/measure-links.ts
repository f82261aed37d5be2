import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { machineClock } from '../../network/links/link-clock';
import { LinksError } from '../../network/links/links-errors';
import { startRelay } from '../../network/links/relay';
import type { Relay } from '../../network/links/relay';
import type { Medium, Network } from '../../network/topology/network-model';
import { SeededRandom } from '../../network/topology/seeded-random';

/** How long round trips through the relay of a medium took, against what the topology says. */
export interface MeasuredLink {
    readonly topology: string;
    readonly medium: string;
    /** Twice the latency, ms. */
    readonly settingMs: number;
    readonly roundTrips: number;
    readonly medianMs: number;
    readonly leastMs: number;
    readonly mostMs: number;
    /** How far the median may lie from the setting, either way. */
    readonly toleranceMs: number;
    readonly kept: boolean;
}

/** A reading is about as long. */
const messageBytes = 64;
const warmUp = 5;

/** Measures all media of the networks, each through a relay of its own, all at the same time. */
export async function measureLinks(networks: readonly Network[], roundTrips: number): Promise<MeasuredLink[]> {
    return Promise.all(
        networks.flatMap((network) => network.media.map((medium) => measureMedium(network, medium, roundTrips))),
    );
}

async function measureMedium(network: Network, medium: Medium, roundTrips: number): Promise<MeasuredLink> {
    const random = new SeededRandom(network.seed, `measured/${medium.name}`);
    const echo = createServer((socket) => {
        socket.setNoDelay(true).on('error', () => undefined);
        socket.pipe(socket);
    });
    await listen(echo);
    try {
        const targets = [`127.0.0.1:${portOf(echo)}`];
        const relay = await startRelay({ medium, clock: machineClock, random: () => random.next(), targets });
        try {
            const times = await takeRoundTrips(relay, targets[0] ?? '', roundTrips);
            return judgeRoundTrips({ topology: network.name, medium, times });
        } finally {
            await relay.stop();
        }
    } finally {
        echo.close();
    }
}

/** The median against twice the latency: it may be off by 10 % or by 2 ms, whichever is more. */
export function judgeRoundTrips(measured: {
    readonly topology: string;
    readonly medium: Pick<Medium, 'name' | 'latencyMs'>;
    /** At least one, ms. */
    readonly times: readonly number[];
}): MeasuredLink {
    const { topology, medium, times } = measured;
    const sorted = [...times].sort((one, other) => one - other);
    const at = (index: number): number => sorted[Math.floor(index)] ?? NaN;
    const medianMs = (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
    const settingMs = 2 * medium.latencyMs;
    const toleranceMs = Math.max(settingMs / 10, 2);
    return {
        topology,
        medium: medium.name,
        settingMs,
        roundTrips: times.length,
        medianMs,
        leastMs: at(0),
        mostMs: at(sorted.length - 1),
        toleranceMs,
        kept: Math.abs(medianMs - settingMs) <= toleranceMs,
    };
}

/** One behind the other over one connection, ms. */
async function takeRoundTrips(relay: Relay, target: string, count: number): Promise<number[]> {
    const socket = await openThrough(relay, target);
    const times: number[] = [];
    for (let index = 0; index < warmUp + count; index += 1) {
        const startMs = performance.now();
        socket.write(Buffer.alloc(messageBytes));
        for (let received = 0; received < messageBytes;) {
            const [chunk] = (await once(socket, 'data')) as [Buffer];
            received += chunk.length;
        }
        if (index >= warmUp) times.push(performance.now() - startMs);
    }
    socket.destroy();
    return times;
}

async function openThrough(relay: Relay, target: string): Promise<Socket> {
    const socket = connect({ host: '127.0.0.1', port: relay.port, noDelay: true });
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (!answer.toString().startsWith('HTTP/1.1 200 ')) {
        throw new LinksError({ code: 'LINK_NOT_OPENED', medium: relay.medium, answer: answer.toString().trim() });
    }
    return socket;
}

async function listen(server: Server): Promise<void> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
}

function portOf(server: Server): number {
    return (server.address() as AddressInfo).port;
}
