import { BlockCommitter } from '../../network/embedded/commit/commit-block';
import { TransactionSimulator } from '../../network/embedded/endorse/transaction-simulator';
import { lifecycleNamespace } from '../../network/embedded/ledger/lifecycle-state';
import { PeerLedger } from '../../network/embedded/ledger/peer-ledger';
import { ChaincodeDefinitions } from '../../network/embedded/lifecycle/chaincode-definitions';
import { InstalledPackages } from '../../network/embedded/lifecycle/installed-packages';
import type { ChannelCall } from '../../network/embedded/lifecycle/lifecycle-view';
import { ChannelPolicies, policyPaths } from '../../network/embedded/msp/channel-policies';
import { MspRegistry } from '../../network/embedded/msp/msp-registry';
import { Collections } from '../../network/embedded/private-data/collections';
import { parseConfigBlock } from '../../network/wire/channel-config';
import { noPrivateData } from './no-collections';
import { recorded } from './recorded-fabric';

/** A peer of the recorded channel: it judges blocks by the definitions that its own ledger holds. */
export class RecordedPeer {
    readonly ledger: PeerLedger;
    readonly definitions: ChaincodeDefinitions;
    readonly #committer: BlockCommitter;
    readonly #msps: MspRegistry;
    readonly #collections: Collections;

    constructor(genesisBlock: Buffer, mspId: string) {
        const config = parseConfigBlock(genesisBlock);
        const msps = MspRegistry.fromChannelConfig(config);
        const policies = ChannelPolicies.fromChannelConfig(config, msps);
        const ledger = new PeerLedger({ channelId: recorded.channel, genesisBlock });
        const definitions = new ChaincodeDefinitions({ mspId, ledger, policies, msps });
        const collections = new Collections({
            mspId,
            definitions,
            msps,
            policies,
            organizations: config.organizations,
        });
        this.ledger = ledger;
        this.definitions = definitions;
        this.#msps = msps;
        this.#collections = collections;
        this.#committer = new BlockCommitter({
            ledger,
            msp: msps,
            policies,
            privateData: noPrivateData,
            endorsementPolicyOf: (namespace, collection) => {
                if (collection !== undefined) return collections.endorsementPolicy(namespace, collection);
                return namespace === lifecycleNamespace
                    ? policies.policy(policyPaths.lifecycleEndorsement)
                    : definitions.find(namespace)?.policy;
            },
        });
    }

    commit(block: Buffer): void {
        this.#committer.commit(block);
    }

    /** Runs a call over the newest state. */
    simulate(
        run: (call: ChannelCall, argument: Buffer) => Buffer,
        argument: Buffer,
        mspId: string,
    ): { readonly payload: Buffer; readonly results: Buffer } {
        const snapshot = this.ledger.openSnapshot();
        const simulator = new TransactionSimulator('tx', snapshot, this.#collections);
        const packages = new InstalledPackages(() => {
            throw new TypeError('nothing is installed here');
        });
        const channelId = recorded.channel;
        const peer = { mspId, channelId, msps: this.#msps, definitions: this.definitions, packages };
        const payload = run({ peer, simulator }, argument);
        snapshot.release();
        return { payload, results: simulator.results() };
    }
}
