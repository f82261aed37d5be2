import { join } from 'node:path';
import type { Organization } from '../topology/network-model';
import { newChaincodePackage } from '../wire/chaincode-package';
import type { ChaincodePackage } from '../wire/chaincode-package';
import { ChaincodeProcess } from './chaincode/chaincode-process';
import type { ChaincodeStream } from './chaincode/chaincode-stream';
import { embeddedDefaults } from './embedded-options';
import type { EmbeddedOptions } from './embedded-options';
import type { EmbeddedPeer } from './embedded-peer';

/** Spares the shim two kinds of needless work; see the file. */
const leanShim = join(__dirname, 'chaincode', 'lean-shim-preload.cjs');

/** The package by which an organisation's peers know its service: it holds no code, only where they dial. */
export function packageOf({ chaincode }: EmbeddedOptions['network'], organization: Organization): ChaincodePackage {
    return newChaincodePackage(chaincode.label, { address: addressOf(organization) });
}

/** The chaincode that every organisation runs as a service: a process of its own, which its peers dial. */
export class ChaincodeServices {
    readonly #options: EmbeddedOptions;
    readonly #running = new Map<string, ChaincodeProcess>();

    /** Starts all of them; `ready` tells when they serve. */
    constructor(options: EmbeddedOptions) {
        this.#options = options;
        for (const organization of options.network.organizations) this.#start(organization);
    }

    get pids(): readonly number[] {
        return [...this.#running.values()].flatMap(({ pid }) => pid ?? []);
    }

    get stopped(): readonly string[] {
        const names = this.#options.network.organizations.map(({ chaincodeService }) => chaincodeService.name);
        return names.filter((name) => !this.#running.has(name));
    }

    has(name: string): boolean {
        return this.#find(name) !== undefined;
    }

    /** Waits until every endorser has its stream. Throws ChaincodeError CHAINCODE_NOT_STARTED. */
    async ready(peers: readonly EmbeddedPeer[]): Promise<void> {
        await Promise.all(this.#options.network.organizations.map((each) => this.#whenRegistered(each, peers)));
    }

    /** Ends the service and breaks the streams to it. Gives false when it was stopped. */
    async stop(name: string, peers: readonly EmbeddedPeer[]): Promise<boolean> {
        const process = this.#running.get(name);
        const organization = this.#find(name);
        if (!process || !organization) return false;
        this.#running.delete(name);
        await process.stop();
        for (const stream of this.#streamsTo(organization, peers)) stream.drop();
        return true;
    }

    /** Starts it as its folder is now. Gives false when it ran. Throws ChaincodeError CHAINCODE_NOT_STARTED. */
    async start(name: string, peers: readonly EmbeddedPeer[]): Promise<boolean> {
        const organization = this.#find(name);
        if (!organization || this.#running.has(name)) return false;
        this.#start(organization);
        try {
            await this.#whenRegistered(organization, peers);
        } catch (error) {
            await this.stop(name, peers);
            throw error;
        }
        return true;
    }

    async stopAll(): Promise<void> {
        await Promise.all([...this.#running.values()].map((process) => process.stop()));
    }

    #find(name: string): Organization | undefined {
        return this.#options.network.organizations.find(({ chaincodeService }) => chaincodeService.name === name);
    }

    #start(organization: Organization): void {
        const { network, chaincode, log } = this.#options;
        const { name } = organization.chaincodeService;
        const process = new ChaincodeProcess({
            service: name,
            directory: chaincode.directory,
            address: addressOf(organization),
            packageId: packageOf(network, organization).id,
            preloads: chaincode.preloads ?? [leanShim],
            log,
        });
        this.#running.set(name, process);
    }

    /** Each endorser of the organisation opens its own stream to the organisation's process. */
    async #whenRegistered(organization: Organization, peers: readonly EmbeddedPeer[]): Promise<void> {
        const timeoutMs = this.#options.chaincode.startTimeoutMs ?? embeddedDefaults.startTimeoutMs;
        const streams = this.#streamsTo(organization, peers);
        const registered = Promise.all(streams.map((stream) => stream.connect(timeoutMs))).then(() => undefined);
        await this.#running.get(organization.chaincodeService.name)?.started(registered);
    }

    #streamsTo(organization: Organization, peers: readonly EmbeddedPeer[]): readonly ChaincodeStream[] {
        const { id } = packageOf(this.#options.network, organization);
        return peers.flatMap((peer) => {
            const isOwn = peer.endorsing.mspId === organization.mspId && !peer.isStopped;
            return isOwn ? (peer.endorsing.packages.find(id)?.stream ?? []) : [];
        });
    }
}

function addressOf({ chaincodeService }: Organization): string {
    return `${chaincodeService.host}:${chaincodeService.port}`;
}
