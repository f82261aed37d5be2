import { posix } from 'node:path';
import { identityFolders } from '../identities/identity-store';

/** Where a container finds what is mounted into it. */
export const containerPaths = {
    /** FABRIC_CFG_PATH of Fabric's own images. */
    config: '/etc/hyperledger/fabric',
    identities: '/etc/hyperledger/feeder',
    /** Fabric's own images declare a volume here. */
    data: '/var/hyperledger',
    /** Of Fabric's peer image (images/peer/Dockerfile). */
    builder: '/opt/hyperledger/ccaas_builder',
    explorer: '/opt/explorer',
    scripts: '/opt/feeder',
} as const;

/** Files of a Docker network, below its run directory. */
export const dockerFiles = {
    compose: 'docker-compose.yaml',
    nodeConfig: (service: string): string => posix.join('config', service),
    prometheus: 'prometheus',
    explorer: 'explorer',
} as const;

/** Files for Explorer, below `dockerFiles.explorer`. */
export const explorerFiles = {
    config: 'config.json',
    profile: 'connection-profile.json',
    settings: 'explorerconfig.json',
    databaseScript: 'createdb.sh',
    databasePassword: 'database-password',
    login: 'login.json',
} as const;

/** What of the identities a node may see: its own folder, and the TLS roots of everybody. */
export function nodeIdentityFolders(
    own: { readonly kind: 'orderer' | 'peer'; readonly mspId: string; readonly name: string },
    mspIds: readonly string[],
): string[] {
    const folder = own.kind === 'orderer' ? identityFolders.orderer : identityFolders.peer;
    const roots = own.kind === 'orderer' ? mspIds : [];
    return [
        folder('', own.mspId, own.name),
        ...roots.map((mspId) => posix.join(identityFolders.msp('', mspId), 'tlscacerts')),
    ];
}
