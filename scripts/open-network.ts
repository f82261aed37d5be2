import { connectGateway, type GatewayConnection } from '../network/client/connect-gateway';
import { readClients } from '../network/identities/identity-store';
import { findIdentity } from '../network/identities/find-identity';
import type { ClientIdentities, Identity } from '../network/identities/identity';
import type { Network } from '../network/topology/network-model';
import { BackendError } from '../network/backends/backend-errors';
import { openProfile } from '../network/backends/profile-backend';
import type { RunningNetwork } from '../network/backends/running-network';
import { chooseRunningNetwork, runDirectoryOf } from './run-directories';

/** Options that say which network is meant; spread them into a script's own. */
export const networkOptions = { topology: { type: 'string' }, profile: { type: 'string' } } as const;

export interface NetworkChoice {
    readonly topology?: string | undefined;
    /** File of an existing network; see network/backends/profile-backend.ts. */
    readonly profile?: string | undefined;
}

/** A network that is up, with everybody's identities. */
export interface OpenNetwork {
    readonly network: Network;
    readonly identities: ClientIdentities;
    readonly identitiesDirectory: string;
    /** Whether the CAs' keys lie here too: not on a network that others run. */
    readonly hasAuthorities: boolean;
    connect(identity: string | Identity): Promise<GatewayConnection>;
}

/** Finds the network that is meant. Throws BackendError NETWORK_NOT_UP, UsageError when several are up. */
export async function openNetwork(choice: NetworkChoice): Promise<OpenNetwork> {
    if (choice.profile !== undefined) {
        const profiled = await openProfile(choice.profile);
        return newOpenNetwork(profiled, profiled.asLocalhost);
    }
    const running = await chooseRunningNetwork({ topology: choice.topology });
    if (running === undefined) {
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(choice.topology ?? '*') });
    }
    return newOpenNetwork(running, running.asLocalhost ?? running.docker !== undefined);
}

async function newOpenNetwork(running: RunningNetwork, asLocalhost: boolean): Promise<OpenNetwork> {
    const { network, identitiesDirectory } = running;
    const identities = await readClients(identitiesDirectory);
    return {
        network,
        identities,
        identitiesDirectory,
        hasAuthorities: running.backend !== 'profile',
        connect: (named) => {
            const identity = typeof named === 'string' ? findIdentity(identities, named) : named;
            return connectGateway(running, identity, { asLocalhost });
        },
    };
}
