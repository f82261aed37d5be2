import { AdminSession } from '../admin/admin-session';
import type { OwnedPeer } from '../admin/admin-session';
import { newChaincodePackage } from '../wire/chaincode-package';
import type { ChaincodePackage } from '../wire/chaincode-package';
import { isPeerServing } from '../admin/channel-readiness';
import { metricOf, readMetrics } from '../admin/read-operations';
import type { OperationsEndpoint } from '../admin/read-operations';
import { waitUntil } from '../backends/wait-until';
import type { NetworkIdentities } from '../identities/identity';
import type { Network, Organization } from '../topology/network-model';
import type { PeerHost } from './peer-host';

export interface DeskOptions {
    readonly network: Network;
    /** Of administrators and authorities. */
    readonly identities: NetworkIdentities;
    readonly identitiesDirectory: string;
    readonly genesisBlock: Buffer;
    readonly host: PeerHost;
    readonly newNonce: () => Buffer;
    readonly now: () => Date;
    /** How long any one step may take; a peer catches up within it, or gains on the others. */
    readonly deadlineMs?: number;
}

const defaultDeadlineMs = 60_000;

/** Where peers of one running network are added, moved and replaced, one act after the other. Close it. */
export class PeersDesk {
    readonly options: DeskOptions;
    #session: AdminSession;
    #network: Network;

    constructor(options: DeskOptions) {
        this.options = options;
        this.#network = options.network;
        this.#session = this.#newSession(options.network);
    }

    /** As it is now: after each `announce` another one. */
    get network(): Network {
        return this.#network;
    }

    /** What administrators do to the network as it is now. */
    get session(): AdminSession {
        return this.#session;
    }

    get host(): PeerHost {
        return this.options.host;
    }

    /** The endorsers that serve now, of every organisation. */
    async servingEndorsers(): Promise<OwnedPeer[]> {
        const { endorsers } = this.#session;
        const serving = await Promise.all(endorsers.map(({ peer }) => isPeerServing(peer)));
        return endorsers.filter((_, index) => serving[index]);
    }

    /** Makes a changed network the one that everybody finds. */
    async announce(network: Network): Promise<void> {
        await this.host.announce(network);
        this.#session.close();
        this.#network = network;
        this.#session = this.#newSession(network);
    }

    /** Number of blocks that a node has; undefined when it does not answer, 0 before it joined. */
    async heightOf(node: OperationsEndpoint): Promise<number | undefined> {
        const metrics = await readMetrics(node);
        if (metrics === undefined) return undefined;
        return metricOf(metrics, `ledger_blockchain_height{channel="${this.#network.channel.name}"}`) ?? 0;
    }

    /**
     * Waits until a peer has every block that any other node of the network has. Throws BackendError WAITED_TOO_LONG when
     * it does not gain a block for the deadline of a step.
     */
    async waitUntilLevel({ peer }: OwnedPeer): Promise<void> {
        const others = this.#network.organizations
            .flatMap(({ orderer, peers }) => [orderer, ...peers])
            .filter(({ name }) => name !== peer.name);
        let before = -1;
        const isLevelOrGains = async (): Promise<'level' | 'gains' | undefined> => {
            const heights = await Promise.all(others.map((other) => this.heightOf(other)));
            const own = (await this.heightOf(peer)) ?? 0;
            if (own >= Math.max(1, ...heights.map((height) => height ?? 0))) return 'level';
            if (own <= before) return undefined;
            before = own;
            return 'gains';
        };
        while ((await this.#session.wait(`${peer.name} to have every block`, isLevelOrGains)) === 'gains');
    }

    /** The organisation's package of the chaincode, the same as at the network's start. */
    packageOf({ chaincodeService }: Organization): ChaincodePackage {
        const address = `${chaincodeService.host}:${chaincodeService.port}`;
        return newChaincodePackage(this.#network.chaincode.label, { address });
    }

    close(): void {
        this.#session.close();
    }

    #newSession(network: Network): AdminSession {
        const { identities, newNonce, now, deadlineMs = defaultDeadlineMs } = this.options;
        return new AdminSession({
            network,
            identities,
            waitUntil,
            newNonce,
            nowMs: () => now().getTime(),
            deadlineMs,
        });
    }
}
