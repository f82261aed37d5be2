import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { newConnectionProfile } from '../generate/connection-profile';
import { newGenesisBlock } from '../generate/genesis-block';
import type { GenesisOptions } from '../generate/genesis-block';
import { writeIdentities } from '../identities/identity-store';
import { issueIdentities } from '../identities/issue-identities';
import type { Network } from '../topology/network-model';
import type { StartOptions } from './network-backend';
import type { ProcessStart } from './process-start';
import { runFiles } from './running-network';

/** Makes keys, genesis block and profiles of a new network, and writes them into its run directory. */
export async function prepareNetwork(
    network: Network,
    options: StartOptions,
    genesis: Pick<GenesisOptions, 'raft'> = {},
): Promise<ProcessStart> {
    const { runDirectory, chaincodeDirectory, now } = options;
    const identities = await issueIdentities(network, { now });
    const genesisBlock = newGenesisBlock(network, identities, { ...genesis, now, nonce: randomBytes(24) });
    const identitiesDirectory = runFiles.identities(runDirectory);
    await Promise.all([
        writeIdentities(identitiesDirectory, identities),
        writeFile(runFiles.genesisBlock(runDirectory), genesisBlock),
    ]);
    const profiles = network.organizations.map(
        ({ mspId }) => [mspId, newConnectionProfile(network, mspId, identities)] as const,
    );
    return {
        network,
        runDirectory,
        identitiesDirectory,
        chaincodeDirectory,
        connectionProfiles: Object.fromEntries(profiles),
        endsWithStarter: options.endsWithStarter ?? false,
    };
}
