import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nativeFolders } from '../../network/backends/native/node-plan';
import type { RunningNetwork } from '../../network/backends/running-network';
import { identityNames } from '../../network/identities/identity';
import { identityFolders } from '../../network/identities/identity-store';
import type { Organization } from '../../network/topology/network-model';

/** How a program ended, with all that it printed. */
export interface ToolResult {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Where Fabric's program of that name lies: in FABRIC_BIN, or else on PATH; undefined when nowhere. */
export function findTool(name: string): string | undefined {
    const named = process.env['FABRIC_BIN'];
    const folders = named ? [named] : (process.env['PATH'] ?? '').split(delimiter);
    return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Which of these programs are not there. */
export function missingTools(...names: readonly string[]): readonly string[] {
    return names.filter((name) => findTool(name) === undefined);
}

export async function runTool(
    name: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
): Promise<ToolResult> {
    const program = findTool(name) ?? name;
    return new Promise((resolve) => {
        const options = { env: { PATH: process.env['PATH'], ...environment }, maxBuffer: 64 * 1024 * 1024 };
        execFile(program, args, options, (error, stdout, stderr) => {
            resolve({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
        });
    });
}

/** Fabric's command-line tools in the hands of an organisation's administrator, on a network that runs here. */
export class OrganizationTools {
    readonly organization: Organization;
    readonly #running: RunningNetwork;

    constructor(running: RunningNetwork, organization: Organization) {
        this.#running = running;
        this.organization = organization;
    }

    get tlsRootFile(): string {
        const { identitiesDirectory } = this.#running;
        return join(identityFolders.msp(identitiesDirectory, this.organization.mspId), 'tlscacerts', 'tlsca.pem');
    }

    get peerAddress(): string {
        const [peer] = this.organization.peers;
        return `${peer?.host ?? ''}:${peer?.port ?? ''}`;
    }

    /** Options of `peer` for whatever goes through the organisation's orderer. */
    get throughOrderer(): readonly string[] {
        const { host, port } = this.organization.orderer;
        return ['-o', `${host}:${port}`, '--tls', '--cafile', this.tlsRootFile];
    }

    /** `peer …` towards the organisation's first peer. */
    peer(...args: readonly string[]): Promise<ToolResult> {
        const { mspId, id } = this.organization;
        const { identitiesDirectory } = this.#running;
        return runTool('peer', args, {
            FABRIC_CFG_PATH: this.#configDirectory(),
            CORE_PEER_TLS_ENABLED: 'true',
            CORE_PEER_LOCALMSPID: mspId,
            CORE_PEER_ADDRESS: this.peerAddress,
            CORE_PEER_TLS_ROOTCERT_FILE: this.tlsRootFile,
            CORE_PEER_MSPCONFIGPATH: join(
                identityFolders.user(identitiesDirectory, mspId, identityNames.admin(id)),
                'msp',
            ),
        });
    }

    /** Where core.yaml lies: that of a real peer, or one that leaves everything to the environment. */
    #configDirectory(): string {
        const { backend, runDirectory } = this.#running;
        const [peer] = this.organization.peers;
        if (backend === 'native') return nativeFolders.config(runDirectory, peer?.name ?? '');
        const directory = join(runDirectory, 'peer-cli');
        mkdirSync(directory, { recursive: true });
        const core = { peer: { localMspType: 'bccsp', BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } } } };
        writeFileSync(join(directory, 'core.yaml'), JSON.stringify(core));
        return directory;
    }

    /** `osnadmin channel …` towards the organisation's orderer. */
    osnadmin(...args: readonly string[]): Promise<ToolResult> {
        const { mspId, orderer } = this.organization;
        const tls = join(identityFolders.orderer(this.#running.identitiesDirectory, mspId, orderer.name), 'tls');
        return runTool('osnadmin', [
            'channel',
            ...args,
            ...['-o', `${orderer.host}:${orderer.adminPort}`, '--ca-file', this.tlsRootFile],
            ...['--client-cert', join(tls, 'server.crt'), '--client-key', join(tls, 'server.key')],
        ]);
    }
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
