import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { PackagesByOrganization } from '../../admin/deploy-chaincode';
import { renderComposeFile } from '../../generate/compose-file';
import { insideDocker, managementName, serviceNames } from '../../generate/compose-names';
import { containerPaths, dockerFiles } from '../../generate/compose-paths';
import { newExplorerFiles } from '../../generate/explorer-files';
import type { GeneratedFile } from '../../generate/generate-all';
import { newPrometheusFiles } from '../../generate/prometheus-files';
import { writeGenerated } from '../../generate/write-generated';
import type { Network } from '../../topology/network-model';
import type { NodeSite } from '../native/node-plan';
import { newOrdererConfig } from '../native/orderer-process';
import { newPeerConfig } from '../native/peer-process';
import { servicePackages } from '../service-packages';

const site: NodeSite = {
    runDirectory: containerPaths.data,
    identitiesDirectory: containerPaths.identities,
    builder: containerPaths.builder,
    managementHost: managementName,
};

/** The services as peers reach them from within, wherever the network is seen from. */
export function dockerPackages(network: Network): PackagesByOrganization {
    return servicePackages(insideDocker(network));
}

/** The compose file of a network whose files lie in that run directory. */
export function dockerComposeFile(network: Network, runDirectory: string): string {
    const packages = Object.entries(dockerPackages(network));
    const packageIds = Object.fromEntries(packages.map(([mspId, { id }]) => [mspId, id]));
    return renderComposeFile(network, { runDirectory, packageIds });
}

/**
 * Writes what the containers are given, beside keys and genesis block: compose file, each node's configuration, and the
 * files of Prometheus and Explorer with passwords made for this network alone.
 */
export async function writeDockerFiles(network: Network, runDirectory: string): Promise<void> {
    const inside = insideDocker(network);
    const secret = (): string => randomBytes(24).toString('base64url');
    const files: GeneratedFile[] = [
        { path: dockerFiles.compose, content: dockerComposeFile(network, runDirectory) },
        ...newNodeConfigs(inside),
        ...newPrometheusFiles(inside, ({ name, operationsPort }) => `${managementName(name)}:${operationsPort}`),
        ...newExplorerFiles(inside, {
            identitiesDirectory: containerPaths.identities,
            databaseHost: serviceNames.explorerDatabase,
            databasePort: 5432,
            secrets: { databasePassword: secret(), loginPassword: secret(), tokenSecret: secret() },
        }),
    ];
    // Nobody but their owner reaches the passwords; the containers are given the files, not the folder.
    await rm(join(runDirectory, dockerFiles.explorer), { recursive: true, force: true });
    await mkdir(join(runDirectory, dockerFiles.explorer), { mode: 0o700 });
    await writeGenerated(runDirectory, files, { check: false });
}

function newNodeConfigs(inside: Network): GeneratedFile[] {
    return inside.organizations.flatMap((organization) => [
        {
            path: join(dockerFiles.nodeConfig(serviceNames.orderer(organization)), 'orderer.yaml'),
            content: stringify(newOrdererConfig(inside, organization, site)),
        },
        ...organization.peers.map((peer) => ({
            path: join(dockerFiles.nodeConfig(serviceNames.peer(organization, peer)), 'core.yaml'),
            content: stringify(newPeerConfig(organization, peer, site)),
        })),
    ]);
}
