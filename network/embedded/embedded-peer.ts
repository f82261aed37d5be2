import type { Organization, PeerNode } from '../topology/network-model';
import type { NodeIdentity } from '../identities/identity';
import type { ParsedChannelConfig } from '../wire/channel-config';
import type { ChaincodeStream } from './chaincode/chaincode-stream';
import type { Clock } from './clock';
import { BlockCommitter } from './commit/commit-block';
import type { EndorsingPeer } from './endorse/endorsing-peer';
import { PeerLedger } from './ledger/peer-ledger';
import { lifecycleNamespace } from './ledger/lifecycle-state';
import { lifecycleDefinitionOf } from './lifecycle/chaincode-definitions';
import type { ChaincodeDefinition, ChaincodeDefinitions } from './lifecycle/chaincode-definitions';
import { ChannelPolicies, policyPaths } from './msp/channel-policies';
import { MspRegistry } from './msp/msp-registry';
import type { Policy } from './msp/policy';
import { newSignaturePolicy } from './msp/signature-policy';
import { Collections } from './private-data/collections';
import { PrivateDataExchange, type PrivateDataPeer } from './private-data/private-data-exchange';
import { TransientStore } from './private-data/transient-store';
import { newSigner } from './msp/signer';
import type { VerifiedSignatures } from './msp/verified-signatures';

/** What all peers of the process have in common; nothing of it is a peer's state or judgement. */
export interface PeerSurroundings {
    readonly config: ParsedChannelConfig;
    readonly genesisBlock: Buffer;
    readonly definitions: ChaincodeDefinitions;
    readonly definition: ChaincodeDefinition;
    /** The one thing that peers share: whether one and the same signature holds. */
    readonly verified: VerifiedSignatures;
    readonly clock: Clock;
    /** The peers of the channel, for handing private data on: each adds itself. */
    readonly peers: PrivateDataPeer[];
    /** Whether two sites reach each other. */
    readonly areJoined: (one: string, other: string) => boolean;
    readonly log: (line: string) => void;
}

/** One peer, whole: its endorsing side and its committing side over a ledger of its own. */
export class EmbeddedPeer {
    readonly node: PeerNode;
    /** Id of its organisation. */
    readonly site: string;
    readonly endorsing: EndorsingPeer;
    readonly stream: ChaincodeStream;
    readonly #committer: BlockCommitter;
    readonly #waiting: Buffer[] = [];
    #isStopped = false;

    constructor(
        place: { readonly organization: Organization; readonly node: PeerNode; readonly identity: NodeIdentity },
        stream: ChaincodeStream,
        surroundings: PeerSurroundings,
    ) {
        const { config, genesisBlock, definitions, definition, verified, clock } = surroundings;
        const { mspId } = place.organization;
        const channelId = config.channelId;
        const ledger = new PeerLedger({ channelId, genesisBlock });
        ledger.seedLifecycle(lifecycleDefinitionOf(definition));
        const msps = MspRegistry.fromChannelConfig(config, verified);
        const policies = ChannelPolicies.fromChannelConfig(config, msps);
        this.node = place.node;
        this.site = place.organization.id;
        this.stream = stream;
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
            chaincodes: new Map([[definition.name, stream]]),
            clock,
        };
        const endorsementPolicies = new Map<string, Policy>([
            [definition.name, newSignaturePolicy(definition.endorsementPolicy, msps)],
            [lifecycleNamespace, policies.policy(policyPaths.lifecycleEndorsement)],
        ]);
        this.#committer = new BlockCommitter({
            ledger,
            msp: msps,
            policies,
            endorsementPolicyOf: (namespace, collection) =>
                collection === undefined
                    ? endorsementPolicies.get(namespace)
                    : collections.endorsementPolicy(namespace, collection),
            privateData: {
                isMember: (namespace, collection) => privateData.isMember(namespace, collection),
                find: (written) => privateData.find(written),
                blockToLive: (namespace, collection) =>
                    collections.find(namespace, collection)?.config.blockToLive ?? 0,
            },
            onMissing: ({ txId, namespace, collection }) => {
                surroundings.log(
                    `${place.node.name} has only the hashes of what transaction ${txId} wrote into collection ` +
                        `${collection} of ${namespace}: no member that it reaches has the data`,
                );
            },
        });
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
            committedWrites: ({ blockNumber, txNumber }) => ledger.privateWritesOf(blockNumber).get(txNumber) ?? [],
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
        this.stream.holdBack('the peer is stopped');
    }

    /** Takes the blocks that were ordered in the meantime, and gives its chaincode back; it dials at the next call. */
    start(): void {
        if (!this.#isStopped) return;
        this.#isStopped = false;
        this.stream.resume();
        if (this.#waiting.length > 0) setImmediate(this.#commitNext);
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
