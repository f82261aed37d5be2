import { join } from 'node:path';
import type { SiteProxies } from '../../links/site-proxies';
import type { Organization } from '../../topology/network-model';
import type { FabricBinaries } from './find-binaries';

/** Where a node finds its files, and where its operations and administration listeners stand. */
export interface NodeSite {
    readonly runDirectory: string;
    readonly identitiesDirectory: string;
    /** Folder of the external builder for chaincode as a service. */
    readonly builder: string;
    /** Left out: the node's host. */
    readonly managementHost?: (node: string) => string;
    /** By which a site's nodes dial the other sites, where the links between them are modelled. */
    readonly proxies?: Pick<SiteProxies, 'urlOf'>;
}

/** Where the nodes of a native network lie, and what they run. */
export interface NativeSite extends NodeSite {
    readonly binaries: FabricBinaries;
    /** Of the network's process, without proxies. */
    readonly environment: NodeJS.ProcessEnv;
}

/** A process that is to run, and the configuration file that it reads. */
export interface NodePlan {
    readonly name: string;
    readonly program: string;
    readonly args: readonly string[];
    readonly directory: string;
    readonly environment: NodeJS.ProcessEnv;
    /** Written before the process starts. */
    readonly config?: { readonly file: string; readonly content: object };
}

/** The host of a node's operations and administration listeners. */
export function managementHostOf(site: NodeSite, { name, host }: { name: string; host: string }): string {
    return site.managementHost?.(name) ?? host;
}

/** Below the run directory: each node's configuration and ledger in folders of its own. */
export const nativeFolders = {
    config: (runDirectory: string, node: string): string => join(runDirectory, 'config', node),
    ledgers: (runDirectory: string): string => join(runDirectory, 'ledgers'),
    ledger: (runDirectory: string, node: string): string => join(runDirectory, 'ledgers', node),
    builder: (runDirectory: string): string => join(runDirectory, 'builders', 'ccaas'),
    /** Everything that a native network leaves in its run directory. */
    all: (runDirectory: string): string[] =>
        ['config', 'ledgers', 'builders', 'logs', 'identities'].map((folder) => join(runDirectory, folder)),
} as const;

/**
 * A Fabric node's environment holds nothing but what is said here: its settings stand in its configuration file, and a
 * CORE_ or ORDERER_ variable of the caller's shell would change them unseen. FABRIC_LOGGING_SPEC alone is passed on.
 */
export function nodeEnvironment(
    { environment, runDirectory, proxies }: NativeSite,
    { id }: Pick<Organization, 'id'>,
    configFolder: string,
): NodeJS.ProcessEnv {
    return {
        ...(proxies && { HTTPS_PROXY: proxies.urlOf(id) }),
        PATH: environment['PATH'],
        HOME: runDirectory,
        FABRIC_CFG_PATH: configFolder,
        FABRIC_LOGGING_SPEC: environment['FABRIC_LOGGING_SPEC'] ?? 'INFO',
        // Fabric's own format without its colours: these lines are shown in messages, too.
        FABRIC_LOGGING_FORMAT:
            '%{time:2006-01-02 15:04:05.000 MST} %{level:.4s} [%{module}] %{shortfunc} -> %{message}',
    };
}
