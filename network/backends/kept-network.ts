import { readFile, rename, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Network } from '../topology/network-model';
import { BackendError } from './backend-errors';
import { hasErrorCode } from './has-error-code';
import type { Announcement } from './peer-request';
import { runFiles } from './running-network';
import type { BackendName, RunningNetwork } from './running-network';

/**
 * What a run directory keeps of a network while it is down: its identities, genesis block and ledgers lie beside this
 * record, which is written when the first two are complete.
 */
export interface KeptNetwork {
    readonly backend: BackendName;
    /** The network as its topology file gave it when it was new, or when it was upgraded. */
    readonly asked: Network;
    /** The links between its sites are modelled: its channel tells of nodes by names that nothing else resolves. */
    readonly links?: boolean;
    /** The network as it is now: peers may have been added. */
    readonly network: Network;
    readonly connectionProfiles: RunningNetwork['connectionProfiles'];
}

/** The network that lies here; undefined when none is complete. */
export async function readKeptNetwork(runDirectory: string): Promise<KeptNetwork | undefined> {
    try {
        return JSON.parse(await readFile(runFiles.kept(runDirectory), 'utf8')) as KeptNetwork;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return undefined;
        throw error;
    }
}

/** A network that is up as its topology file gave it: peers that were added since are no part of it. */
export async function askedOf({ backend, network, runDirectory }: RunningNetwork): Promise<Network> {
    // What another back end keeps there is another network.
    const kept = backend === 'native' ? await readKeptNetwork(runDirectory) : undefined;
    return kept?.asked ?? network;
}

/** Written whole or not at all. */
export async function writeKeptNetwork(runDirectory: string, kept: KeptNetwork): Promise<void> {
    const file = runFiles.kept(runDirectory);
    await writeFile(`${file}.new`, JSON.stringify(kept));
    await rename(`${file}.new`, file);
}

/** Keeps a network that has changed since it was new; one that nothing keeps stays so. */
export async function keepChanged(
    runDirectory: string,
    { network, connectionProfiles, asked }: Pick<Announcement, 'network' | 'connectionProfiles' | 'asked'>,
): Promise<void> {
    const kept = await readKeptNetwork(runDirectory);
    if (!kept) return;
    await writeKeptNetwork(runDirectory, { ...kept, network, connectionProfiles, asked: asked ?? kept.asked });
}

/** In what a network differs from the one that is asked for, in words; undefined when it is the same one. */
export function differenceBetween(
    there: Pick<KeptNetwork, 'backend' | 'asked' | 'links'>,
    wanted: Pick<KeptNetwork, 'backend' | 'asked' | 'links'>,
): string | undefined {
    if (there.backend !== wanted.backend) return `another back end (${there.backend})`;
    if ((there.links ?? false) !== (wanted.links ?? false))
        return there.links ? 'modelled links (--links)' : 'no modelled links';
    if (there.asked.topologyHash !== wanted.asked.topologyHash) return 'another topology';
    // As it is read back: undefined fields are not written.
    const asRead: unknown = JSON.parse(JSON.stringify(wanted.asked));
    return isDeepStrictEqual(JSON.parse(JSON.stringify(there.asked)), asRead) ? undefined : 'other ports';
}

/** The kept network when it is the one asked for, undefined when there is none; throws LEDGERS_OF_ANOTHER_NETWORK. */
export async function findKeptNetwork(
    runDirectory: string,
    wanted: Pick<KeptNetwork, 'backend' | 'asked' | 'links'>,
): Promise<KeptNetwork | undefined> {
    const kept = await readKeptNetwork(runDirectory);
    const differs = kept && differenceBetween(kept, wanted);
    if (differs !== undefined) throw new BackendError({ code: 'LEDGERS_OF_ANOTHER_NETWORK', runDirectory, differs });
    return kept;
}
