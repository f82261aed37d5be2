import type { EndorsingPeer } from '../endorse/endorsing-peer';
import type { TransactionSimulator } from '../endorse/transaction-simulator';
import { lifecycleNamespace } from '../ledger/lifecycle-state';
import type { HashedState, WritableState } from '../ledger/lifecycle-state';
import { nameOfImplicit } from '../private-data/implicit-collection';

/** What a call does with the peer that it is made of. */
export interface LifecycleCall {
    readonly peer: Pick<EndorsingPeer, 'mspId' | 'channelId' | 'msps' | 'definitions' | 'packages'>;
}

/** A call on the channel, over a snapshot of its state. */
export interface ChannelCall extends LifecycleCall {
    readonly simulator: TransactionSimulator;
}

/** The channel's definitions, as one call of the lifecycle reads and writes them. */
export function publicState(simulator: TransactionSimulator): WritableState {
    return {
        get: (key) => simulator.get(lifecycleNamespace, key),
        put: (key, value) => {
            simulator.put(lifecycleNamespace, key, value);
        },
    };
}

/** What one organisation has approved: readable by its own peers, as hashes by everybody. */
export function organizationState(simulator: TransactionSimulator, mspId: string): WritableState & HashedState {
    const collection = nameOfImplicit(mspId);
    return {
        get: (key) => simulator.getPrivate(lifecycleNamespace, collection, key),
        getHash: (key) => simulator.getPrivateHash(lifecycleNamespace, collection, key),
        put: (key, value) => {
            simulator.putPrivate(lifecycleNamespace, collection, key, value);
        },
    };
}
