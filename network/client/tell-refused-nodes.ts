import { connectivityState, type Client as GrpcClient } from '@grpc/grpc-js';
import type { ServiceEndpoint } from 'fabric-common';

/** What is used of the SDK's connection to a node. fabric-common: lib/ServiceEndpoint.js. */
interface SdkNode {
    readonly name: string;
    /** gRPC's client, from the first attempt to connect on. */
    readonly service: GrpcClient | null;
    readonly options: { readonly 'grpc-wait-for-ready-timeout': number };
    connected: boolean;
    disconnect(): void;
    waitForReady(): Promise<void>;
}

/**
 * Has the SDK give a node up at once that refuses the connection. By itself it waits out its whole deadline, and again
 * whenever it asks once more, so that one stopped node costs every new client as many seconds.
 */
export function tellRefusedNodes<Node extends ServiceEndpoint>(node: Node): Node {
    const sdkNode = node as unknown as SdkNode;
    sdkNode.waitForReady = () => waitForReady(sdkNode);
    return node;
}

async function waitForReady(node: SdkNode): Promise<void> {
    const waitMs = node.options['grpc-wait-for-ready-timeout'];
    const state = node.service === null ? undefined : await stateOf(node.service.getChannel(), waitMs);
    node.connected = state === connectivityState.READY;
    if (node.connected) return;
    const why = state === connectivityState.TRANSIENT_FAILURE ? 'refuses the connection' : 'is not connected';
    // Nothing of the attempt stays behind; the SDK begins another when it asks again.
    node.disconnect();
    throw Object.assign(new TypeError(`${node.name} ${why}`), { connectFailed: true });
}

/** The state of a channel once it connects no longer, or when the time is over. */
async function stateOf(channel: ReturnType<GrpcClient['getChannel']>, waitMs: number): Promise<connectivityState> {
    const until = Date.now() + waitMs;
    for (;;) {
        const state = channel.getConnectivityState(true);
        if (state !== connectivityState.IDLE && state !== connectivityState.CONNECTING) return state;
        const isOver = await new Promise<boolean>((resolve) => {
            channel.watchConnectivityState(state, until, (error) => {
                resolve(error !== undefined);
            });
        });
        if (isOver) return state;
    }
}
