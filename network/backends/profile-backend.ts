import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { ConnectionProfile } from '../generate/connection-profile';
import { loadNetwork } from '../topology/load-network';
import type { Network } from '../topology/network-model';
import { BackendError } from './backend-errors';
import type { RunningNetwork } from './running-network';

/** A file that names an existing Fabric 2.5 network. Paths are taken from the file's own folder. */
export const profileSchema = z.strictObject({
    topology: z
        .string()
        .min(1)
        .describe(
            'wired, wireless or a topology file: whose terminals, media and limits; its MSP ids are the network’s.',
        ),
    channel: z.string().min(1).optional().describe("Left out: the topology's."),
    chaincode: z
        .string()
        .min(1)
        .optional()
        .describe("Name that chaincode/ was committed under. Left out: the topology's."),
    connectionProfiles: z
        .record(z.string(), z.string().min(1))
        .describe('By MSP id: a connection profile of fabric-network, JSON or YAML, for discovery.'),
    identities: z
        .string()
        .min(1)
        .describe('Folder with organizations/<mspId>/users/<name>/msp of everybody who signs.'),
    asLocalhost: z.boolean().default(false).describe("The nodes' advertised names stand for ports of this machine."),
    nodes: z
        .array(z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port'))
        .default([])
        .describe('host:port of nodes that only discovery names, orderers above all; needed for emulated links.'),
    emulateLinks: z
        .boolean()
        .default(false)
        .describe('Put the media between terminals and nodes; only where every node is on this machine.'),
});

/** Somebody's own network, with what its profile says beyond a network that was started here. */
export interface ProfiledNetwork extends RunningNetwork {
    readonly backend: 'profile';
    readonly asLocalhost: boolean;
    readonly emulateLinks: boolean;
    /** host:port of every node that is known. */
    readonly nodes: readonly string[];
}

/**
 * Reads a profile. Nothing is started and nothing is contacted. Throws BackendError PROFILE_INVALID with all findings, and
 * TopologyError for its topology.
 */
export async function openProfile(file: string): Promise<ProfiledNetwork> {
    const folder = dirname(resolve(file));
    const parsed = profileSchema.safeParse(await readDocument(file, file));
    if (!parsed.success) {
        const findings = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
        throw new BackendError({ code: 'PROFILE_INVALID', file, findings });
    }
    const { topology, channel, chaincode, identities, asLocalhost, emulateLinks, nodes } = parsed.data;
    const isName = /^[a-z0-9-]+$/.test(topology);
    const network = renamed(await loadNetwork(isName ? topology : resolve(folder, topology)), { channel, chaincode });
    const connectionProfiles = await readConnectionProfiles(file, parsed.data.connectionProfiles, network);
    return {
        backend: 'profile',
        network,
        runDirectory: folder,
        identitiesDirectory: resolve(folder, identities),
        connectionProfiles,
        networkPid: 0,
        chaincodePids: [],
        startedAtMs: 0,
        asLocalhost,
        emulateLinks,
        nodes: [...new Set([...nodes, ...Object.values(connectionProfiles).flatMap(addressesOf)])],
    };
}

function renamed(
    network: Network,
    { channel, chaincode }: { readonly channel: string | undefined; readonly chaincode: string | undefined },
): Network {
    return {
        ...network,
        channel: { ...network.channel, name: channel ?? network.channel.name },
        chaincode: { ...network.chaincode, name: chaincode ?? network.chaincode.name },
    };
}

async function readConnectionProfiles(
    file: string,
    paths: Readonly<Record<string, string>>,
    network: Network,
): Promise<Record<string, ConnectionProfile>> {
    const missing = network.organizations.filter(({ mspId }) => !Object.hasOwn(paths, mspId));
    if (missing.length > 0) {
        const findings = missing.map(({ mspId }) => ({
            path: `connectionProfiles.${mspId}`,
            message: `is missing: ${network.name} has an organisation of that MSP id`,
        }));
        throw new BackendError({ code: 'PROFILE_INVALID', file, findings });
    }
    const folder = dirname(resolve(file));
    const entries = Object.entries(paths).map(
        async ([mspId, path]) =>
            [mspId, (await readDocument(file, resolve(folder, path))) as ConnectionProfile] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
}

/** YAML or JSON, which is YAML. */
async function readDocument(profile: string, path: string): Promise<unknown> {
    try {
        return parse(await readFile(path, 'utf8'));
    } catch (cause) {
        const why = cause instanceof YAMLParseError ? cause.message : 'cannot be read';
        const findings = [{ path: path === profile ? '' : path, message: why }];
        throw new BackendError({ code: 'PROFILE_INVALID', file: profile, findings }, { cause });
    }
}

/** host:port of the nodes that a connection profile names itself. */
function addressesOf(profile: { readonly peers?: object; readonly orderers?: object }): string[] {
    const nodes = { ...profile.peers, ...profile.orderers } as Record<string, { readonly url?: string }>;
    return Object.values(nodes).flatMap(({ url }) => (url === undefined ? [] : [url.replace(/^grpcs?:\/\//, '')]));
}
