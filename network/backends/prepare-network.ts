import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { newConnectionProfile } from '../generate/connection-profile';
import { newGenesisBlock } from '../generate/genesis-block';
import type { GenesisOptions } from '../generate/genesis-block';
import { writeIdentities } from '../identities/identity-store';
import { issueIdentities } from '../identities/issue-identities';
import type { Network } from '../topology/network-model';
import { findKeptNetwork, writeKeptNetwork } from './kept-network';
import type { StartOptions } from './network-backend';
import type { ProcessStart } from './process-start';
import { runFiles } from './running-network';
import type { BackendName } from './running-network';

export interface PrepareOptions extends Pick<GenesisOptions, 'raft'> {
    /** The network as clients of this machine reach it, where its nodes reach each other in another way. */
    readonly seenFromHere?: Network;
    /** The network as the channel's configuration tells of it, where nodes dial each other under other names. */
    readonly advertised?: Network;
}

/**
 * What the process of a network with ledgers on disk is told: of the network that the run directory keeps, or of a new
 * one when it keeps none or `fresh` was asked for; then `clear` removes what an earlier one left. Throws
 * LEDGERS_OF_ANOTHER_NETWORK.
 */
export async function prepareKeptNetwork(
    backend: BackendName,
    network: Network,
    options: StartOptions,
    { clear, ...genesis }: PrepareOptions & { readonly clear: () => Promise<void> },
): Promise<ProcessStart> {
    const { runDirectory, chaincodeDirectory, links = false } = options;
    const wanted = { backend, asked: network, links };
    const kept = options.fresh ? undefined : await findKeptNetwork(runDirectory, wanted);
    if (kept === undefined) {
        await rm(runFiles.kept(runDirectory), { force: true });
        await clear();
        const prepared = await prepareNetwork(network, options, genesis);
        const { connectionProfiles } = prepared;
        await writeKeptNetwork(runDirectory, { ...wanted, network, connectionProfiles });
        return prepared;
    }
    return {
        network: kept.network,
        runDirectory,
        identitiesDirectory: runFiles.identities(runDirectory),
        chaincodeDirectory,
        connectionProfiles: kept.connectionProfiles,
        endsWithStarter: options.endsWithStarter ?? false,
        links,
    };
}

/** Makes keys, genesis block and profiles of a new network, and writes them into `place`, its run directory if not told. */
export async function prepareNetwork(
    network: Network,
    options: StartOptions,
    { seenFromHere = network, advertised = network, ...genesis }: PrepareOptions = {},
    place = options.runDirectory,
): Promise<ProcessStart> {
    const { runDirectory, chaincodeDirectory, now } = options;
    const identities = await issueIdentities(network, { now });
    const genesisBlock = newGenesisBlock(advertised, identities, { ...genesis, now, nonce: randomBytes(24) });
    const identitiesDirectory = runFiles.identities(place);
    await mkdir(place, { recursive: true });
    await Promise.all([
        writeIdentities(identitiesDirectory, identities),
        writeFile(runFiles.genesisBlock(place), genesisBlock),
    ]);
    const profiles = network.organizations.map(
        ({ mspId }) => [mspId, newConnectionProfile(seenFromHere, mspId, identities)] as const,
    );
    return {
        network: seenFromHere,
        runDirectory,
        identitiesDirectory,
        chaincodeDirectory,
        connectionProfiles: Object.fromEntries(profiles),
        endsWithStarter: options.endsWithStarter ?? false,
        links: options.links ?? false,
    };
}
