import { connect } from 'node:net';
import { connectivityState } from '@grpc/grpc-js';
import type { Client } from '@grpc/grpc-js';

/**
 * Connects to a chaincode that should be listening; gives Fabric's words when it does not: a closed port is told at once,
 * a silent one after `timeoutMs`. Fabric v2.5.16: core/chaincode/extcc/extcc_handler.go; internal/pkg/comm/config.go.
 */
export async function dialListener(client: Client, address: string, timeoutMs: number): Promise<string | undefined> {
    return connectWithin(client, { address, timeoutMs, whyFailed: () => probe(address, timeoutMs) });
}

/** Connects to a chaincode that is being started: a closed port is tried again until `timeoutMs` are over. */
export async function awaitListener(client: Client, address: string, timeoutMs: number): Promise<string | undefined> {
    return connectWithin(client, { address, timeoutMs, whyFailed: async () => Promise.resolve(undefined) });
}

interface Attempt {
    /** host:port */
    readonly address: string;
    readonly timeoutMs: number;
    /** Why a connection failed; undefined to go on trying. */
    readonly whyFailed: () => Promise<string | undefined>;
}

/** undefined once connected. */
async function connectWithin(client: Client, attempt: Attempt): Promise<string | undefined> {
    const channel = client.getChannel();
    const deadline = Date.now() + attempt.timeoutMs;
    for (;;) {
        const state = channel.getConnectivityState(true);
        if (state === connectivityState.READY) {
            return undefined;
        }
        const reason = state === connectivityState.TRANSIENT_FAILURE ? await attempt.whyFailed() : undefined;
        if (reason !== undefined) {
            return describeFailure(
                attempt.address,
                `connection error: desc = "transport: error while dialing: ${reason}"`,
            );
        }
        if (channel.getConnectivityState(true) !== state) {
            continue; // it changed while the reason was sought
        }
        const isOver = await new Promise<boolean>((resolve) => {
            channel.watchConnectivityState(state, deadline, (error) => {
                resolve(error !== undefined);
            });
        });
        if (isOver) {
            return describeFailure(attempt.address, 'context deadline exceeded');
        }
    }
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

/** gRPC tells that it could not connect, not why: a bare connection does. undefined when that one succeeds. */
async function probe(address: string, timeoutMs: number): Promise<string | undefined> {
    const colon = address.lastIndexOf(':');
    return new Promise((resolve) => {
        const socket = connect({
            host: address.slice(0, colon),
            port: Number(address.slice(colon + 1)),
            timeout: timeoutMs,
        });
        const finish = (reason: string | undefined): void => {
            socket.destroy();
            resolve(reason);
        };
        socket.once('connect', () => {
            finish(undefined);
        });
        socket.once('timeout', () => {
            finish('i/o timeout');
        });
        socket.once('error', (error: NodeJS.ErrnoException) => {
            finish(`dial tcp ${address}: ${goTexts.get(error.code ?? '') ?? error.message}`);
        });
    });
}
