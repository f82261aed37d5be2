import type { Organization, PeerNode } from '../topology/network-model';
import type { NodeIdentity } from '../identities/identity';
import type { ParsedChannelConfig } from '../wire/channel-config';
import type { ChaincodeStream } from './chaincode/chaincode-stream';
import type { Clock } from './clock';
import { BlockCommitter } from './commit/commit-block';
import type { EndorsingPeer } from './endorse/endorsing-peer';
import { PeerLedger } from './ledger/peer-ledger';
import { lifecycleNamespace } from './ledger/lifecycle-state';
import { ChaincodeDefinitions } from './lifecycle/chaincode-definitions';
import { InstalledPackages } from './lifecycle/installed-packages';
import type { PackagedChaincode } from './lifecycle/installed-packages';
import { ChannelPolicies, policyPaths } from './msp/channel-policies';
import { MspRegistry } from './msp/msp-registry';
import { Collections } from './private-data/collections';
import { PrivateDataExchange, type PrivateDataPeer } from './private-data/private-data-exchange';
import { Reconciler, type Reconciliation } from './private-data/reconciler';
import { TransientStore } from './private-data/transient-store';
import { newSigner } from './msp/signer';
import type { VerifiedSignatures } from './msp/verified-signatures';

/** What all peers of the process have in common; nothing of it is a peer's state or judgement. */
export interface PeerSurroundings {
    readonly config: ParsedChannelConfig;
    readonly genesisBlock: Buffer;
    /** Makes the stream by which a peer reaches the chaincode of a package. */
    readonly openStream: (chaincode: PackagedChaincode) => ChaincodeStream;
    /** The one thing that peers share: whether one and the same signature holds. */
    readonly verified: VerifiedSignatures;
    readonly clock: Clock;
    /** The peers of the channel, for handing private data on: each adds itself. */
    readonly peers: PrivateDataPeer[];
    /** Whether two sites reach each other. */
    readonly areJoined: (one: string, other: string) => boolean;
    readonly reconciliation: Reconciliation;
    readonly log: (line: string) => void;
}

/** One peer, whole: its endorsing side and its committing side over a ledger of its own. */
export class EmbeddedPeer {
    readonly node: PeerNode;
    /** Id of its organisation. */
    readonly site: string;
    readonly endorsing: EndorsingPeer;
    readonly #committer: BlockCommitter;
    readonly #reconciler: Reconciler;
    readonly #waiting: Buffer[] = [];
    #isStopped = false;

    constructor(
        place: { readonly organization: Organization; readonly node: PeerNode; readonly identity: NodeIdentity },
        surroundings: PeerSurroundings,
    ) {
        const { config, genesisBlock, verified, clock } = surroundings;
        const { mspId } = place.organization;
        const channelId = config.channelId;
        const ledger = new PeerLedger({ channelId, genesisBlock });
        const msps = MspRegistry.fromChannelConfig(config, verified);
        const policies = ChannelPolicies.fromChannelConfig(config, msps);
        this.node = place.node;
        this.site = place.organization.id;
        const definitions = new ChaincodeDefinitions({ mspId, ledger, policies, msps });
        const signer = newSigner(place.identity, verified);
        const collections = new Collections({
            mspId,
            definitions,
            msps,
            policies,
            organizations: config.organizations,
        });
        const self = this.#joinExchange(mspId, signer.identity, { ledger, surroundings });
        const privateData = new PrivateDataExchange(self, surroundings.peers, { msps, collections });
        this.endorsing = {
            name: place.node.name,
            mspId,
            channelId,
            signer,
            ledger,
            msps,
            policies,
            definitions,
            collections,
            privateData,
            packages: new InstalledPackages(surroundings.openStream),
            clock,
        };
        const lifecycleEndorsement = policies.policy(policyPaths.lifecycleEndorsement);
        this.#committer = new BlockCommitter({
            ledger,
            msp: msps,
            policies,
            endorsementPolicyOf: (namespace, collection) => {
                if (collection !== undefined) return collections.endorsementPolicy(namespace, collection);
                return namespace === lifecycleNamespace ? lifecycleEndorsement : definitions.find(namespace)?.policy;
            },
            privateData: {
                isMember: (namespace, collection) => privateData.isMember(namespace, collection),
                find: (written) => privateData.find(written),
                blockToLive: (namespace, collection) => collections.find(namespace, collection)?.config.blockToLive,
            },
            onMissing: ({ txId, namespace, collection }) => {
                surroundings.log(
                    `${place.node.name} has only the hashes of what transaction ${txId} wrote into collection ` +
                        `${collection} of ${namespace}: no member that it reaches has the data`,
                );
            },
        });
        this.#reconciler = new Reconciler({
            ...surroundings.reconciliation,
            clock,
            ledger: ledger.privateData,
            exchange: privateData,
            onReconciled: (reconciled) => {
                const [newest, oldest] = [reconciled[0]?.blockNumber, reconciled.at(-1)?.blockNumber];
                surroundings.log(
                    `${place.node.name} has got ${reconciled.length} private write sets that it lacked, ` +
                        `of blocks ${String(oldest)} to ${String(newest)}`,
                );
            },
        });
        this.#reconciler.start();
        ledger.onBlock(({ number, transactions }) => {
            self.transientStore.purge(
                transactions.map(({ txId }) => txId),
                number,
            );
        });
    }

    /** Makes this peer known to those that hand private data on. */
    #joinExchange(
        mspId: string,
        identity: Buffer,
        { ledger, surroundings }: { readonly ledger: PeerLedger; readonly surroundings: PeerSurroundings },
    ): PrivateDataPeer {
        const self: PrivateDataPeer = {
            site: this.site,
            mspId,
            identity,
            transientStore: new TransientStore(),
            isUp: () => !this.#isStopped,
            reaches: (other) => other.isUp() && surroundings.areJoined(this.site, other.site),
            get height() {
                return ledger.height;
            },
            committedWrites: ({ blockNumber, txNumber }) =>
                ledger.privateData.writesOf(blockNumber).get(txNumber) ?? [],
        };
        surroundings.peers.push(self);
        return self;
    }

    /**
     * Takes an ordered block. It is committed in a turn of its own, after the orderer has answered its client; a block
     * that does not fit ends the process.
     */
    receive(block: Buffer): void {
        this.#waiting.push(block);
        if (this.#waiting.length === 1 && !this.#isStopped) {
            setImmediate(this.#commitNext);
        }
    }

    /** Commits nothing and calls no chaincode until `start`; the orderer keeps its blocks. Its ledger stays. */
    stop(): void {
        this.#isStopped = true;
        this.#reconciler.stop();
        for (const { stream } of this.endorsing.packages.all()) stream.holdBack('the peer is stopped');
    }

    /** Takes the blocks that were ordered in the meantime, and gives its chaincode back; it dials at the next call. */
    start(): void {
        if (!this.#isStopped) return;
        this.#isStopped = false;
        this.#reconciler.start();
        for (const { stream } of this.endorsing.packages.all()) stream.resume();
        if (this.#waiting.length > 0) setImmediate(this.#commitNext);
    }

    /** Asks now for private data that it lacks, as it does from time to time. */
    reconcile(): void {
        if (!this.#isStopped) this.#reconciler.reconcile();
    }

    get isStopped(): boolean {
        return this.#isStopped;
    }

    /** Whether it has a stream to the chaincode that runs under this name. */
    hasChaincode(name: string): boolean {
        const { definitions, packages } = this.endorsing;
        return packages.findByHash(definitions.find(name)?.packageHash)?.stream.isConnected ?? false;
    }

    /** Whether blocks wait to be committed. */
    get isBehind(): boolean {
        return this.#waiting.length > 0;
    }

    readonly #commitNext = (): void => {
        if (this.#isStopped) return;
        const block = this.#waiting[0];
        if (block) {
            this.#committer.commit(block);
            this.#waiting.shift();
        }
        if (this.#waiting.length > 0) {
            setImmediate(this.#commitNext);
        }
    };
}
