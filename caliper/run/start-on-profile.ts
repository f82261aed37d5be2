import type { ProfiledNetwork } from '../../network/backends/profile-backend';
import { readClients } from '../../network/identities/identity-store';
import type { StartNetwork } from './network-under-test';

/** A benchmark on somebody's own network: nothing is started, nothing is stopped, nobody tells of its processes. */
export function startOnProfile(profiled: ProfiledNetwork): StartNetwork {
    return async (network) => ({
        backend: 'profile',
        network,
        connectionProfiles: profiled.connectionProfiles,
        identities: await readClients(profiled.identitiesDirectory),
        asLocalhost: profiled.asLocalhost,
        nodes: profiled.nodes,
        emulateLinks: profiled.emulateLinks,
        observe: () => Promise.resolve(undefined),
        whyEnded: () => Promise.resolve(undefined),
        raftLeader: () => Promise.resolve(undefined),
        stop: () => Promise.resolve(),
    });
}
