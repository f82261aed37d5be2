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
        const channelId = config.channelId;
        const ledger = new PeerLedger({ channelId, genesisBlock });
        ledger.seedLifecycle(lifecycleDefinitionOf(definition));
        const msps = MspRegistry.fromChannelConfig(config, verified);
        const policies = ChannelPolicies.fromChannelConfig(config, msps);
        this.node = place.node;
        this.site = place.organization.id;
        this.stream = stream;
        this.endorsing = {
            name: place.node.name,
            mspId: place.organization.mspId,
            channelId,
            signer: newSigner(place.identity, verified),
            ledger,
            msps,
            policies,
            definitions,
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
            endorsementPolicyOf: (namespace) => endorsementPolicies.get(namespace),
        });
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
