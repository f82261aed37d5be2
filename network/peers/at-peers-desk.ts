import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BackendError } from '../backends/backend-errors';
import { runFiles } from '../backends/running-network';
import type { RunningNetwork } from '../backends/running-network';
import { readIdentities } from '../identities/identity-store';
import { PeerHost } from './peer-host';
import { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';
import { takePeersLock } from './peers-lock';

/**
 * Throws BackendError NOT_ON_EMBEDDED and PeersError PEERS_FIXED where peers cannot come and go; `step` completes "The
 * embedded network cannot …".
 */
export function requireChangeablePeers({ backend }: Pick<RunningNetwork, 'backend'>, step: string): void {
    if (backend === 'embedded') {
        const because = 'its peers are parts of one process and keep their ledgers in memory';
        throw new BackendError({ code: 'NOT_ON_EMBEDDED', step, because });
    }
    if (backend !== 'native') throw new PeersError({ code: 'PEERS_FIXED', backend, step });
}

/**
 * Runs one act on the peers of a network that is up. `step` completes "The embedded network cannot …". Throws BackendError
 * NOT_ON_EMBEDDED; PeersError PEERS_FIXED on another back end whose peers cannot come and go, PEERS_BUSY; and what the act
 * throws.
 */
export async function atPeersDesk<T>(
    running: RunningNetwork,
    step: string,
    act: (desk: PeersDesk) => Promise<T>,
): Promise<T> {
    const { network, runDirectory, identitiesDirectory } = running;
    requireChangeablePeers(running, step);
    const unlock = await takePeersLock(runDirectory, process.pid);
    try {
        const identities = await readIdentities(identitiesDirectory);
        const desk = new PeersDesk({
            network,
            identities,
            identitiesDirectory,
            genesisBlock: await readFile(runFiles.genesisBlock(runDirectory)),
            host: new PeerHost(running, identities),
            newNonce: () => randomBytes(24),
            now: () => new Date(),
        });
        try {
            return await act(desk);
        } finally {
            desk.close();
        }
    } finally {
        await unlock();
    }
}
