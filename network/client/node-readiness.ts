import { connectivityState, type Client } from '@grpc/grpc-js';
import type { Channel } from 'fabric-common';

/** What is used of the SDK's connection to a node. */
export interface NodeConnection {
    readonly name: string;
    readonly connected: boolean;
    /** gRPC's client; undefined before the first attempt to connect, and after one that failed. */
    readonly service?: Client | undefined;
    checkConnection(reset?: boolean): Promise<boolean>;
}

const reconnecting = new WeakSet<NodeConnection>();

/**
 * Whether a node can be asked now. A lost connection is tried again and waited for, at most so long; a refused one is told
 * at once, and tried again behind the caller's back. The SDK waits its whole deadline for either, twice.
 */
export async function isReady(node: NodeConnection, timeoutMs: number): Promise<boolean> {
    if (!node.connected || !node.service) {
        reconnect(node);
        return false;
    }
    const channel = node.service.getChannel();
    const until = Date.now() + timeoutMs;
    for (;;) {
        const state = channel.getConnectivityState(true);
        if (state === connectivityState.READY) return true;
        if (state === connectivityState.TRANSIENT_FAILURE || state === connectivityState.SHUTDOWN) return false;
        const changed = await new Promise<boolean>((resolve) => {
            channel.watchConnectivityState(state, until, (error) => {
                resolve(error === undefined);
            });
        });
        if (!changed) return false;
    }
}

/** The SDK's own way, which takes as long as it waits for a node that is not there. */
function reconnect(node: NodeConnection): void {
    if (reconnecting.has(node)) return;
    reconnecting.add(node);
    const done = (): void => {
        reconnecting.delete(node);
    };
    ownCheckOf(node)(true).then(done, done);
}

const ownChecks = new WeakMap<NodeConnection, NodeConnection['checkConnection']>();

function ownCheckOf(node: NodeConnection): NodeConnection['checkConnection'] {
    return ownChecks.get(node) ?? node.checkConnection.bind(node);
}

const passingOver = new WeakSet<Channel>();

/** Has the SDK pass over the channel's endorsers that are not there, rather than wait for each. */
export function passOverLostEndorsers(channel: Channel, timeoutMs: number): void {
    if (passingOver.has(channel)) return;
    passingOver.add(channel);
    const known = channel.getEndorsers.bind(channel);
    channel.getEndorsers = (mspId) => {
        const endorsers = known(mspId);
        for (const endorser of endorsers as unknown as NodeConnection[]) {
            if (ownChecks.has(endorser)) continue;
            ownChecks.set(endorser, endorser.checkConnection.bind(endorser));
            endorser.checkConnection = () => isReady(endorser, timeoutMs);
        }
        return endorsers;
    };
}
