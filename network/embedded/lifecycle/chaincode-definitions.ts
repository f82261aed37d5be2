import { parseApplicationPolicy, parseCollectionConfigs } from '../../wire/collection-config';
import type { CollectionConfig } from '../../wire/collection-config';
import type { DefinitionTerms } from '../../wire/lifecycle';
import type { SignaturePolicy } from '../../wire/policies';
import { WireError } from '../../wire/wire-errors';
import { hashedNamespace, privateHash } from '../ledger/collection-namespaces';
import {
    approvalName,
    holdsRecord,
    lifecycleNamespace,
    metadataKey,
    namedPackageHash,
    namesPackage,
    newParametersRecord,
    readDefinition,
} from '../ledger/lifecycle-state';
import type { HashedState, ReadableState } from '../ledger/lifecycle-state';
import type { KeyedStateValue, StateValue } from '../ledger/state-store';
import type { ChannelPolicies } from '../msp/channel-policies';
import { MspError } from '../msp/msp-errors';
import type { MspRegistry } from '../msp/msp-registry';
import type { Policy } from '../msp/policy';
import { newSignaturePolicy } from '../msp/signature-policy';
import { nameOfImplicit } from '../private-data/implicit-collection';

/** A chaincode as the channel has agreed on it, by the ledger of one peer. */
export interface ChaincodeDefinition extends Pick<DefinitionTerms, 'name' | 'sequence' | 'version' | 'initRequired'> {
    /** Judges its endorsements. */
    readonly policy: Policy;
    /** The same as one signature policy, which is how discovery counts whom to ask; undefined when it names nobody. */
    readonly endorsementPolicy: SignaturePolicy | undefined;
    /** Its own, without the implicit ones. */
    readonly collections: readonly CollectionConfig[];
    /** Whether the peer's own organisation has approved exactly this. */
    readonly isApproved: boolean;
    /** Which package it has chosen for it, by `packageHash`. */
    readonly packageHash: string | undefined;
}

/** What is read of a peer's ledger. */
export interface DefiningLedger {
    /** The height since which no definition has changed, and no approval. */
    readonly lifecycleHeight: number;
    committedValue(namespace: string, key: string): StateValue | undefined;
    committedRange(namespace: string, startKey: string, endKey: string): Iterable<KeyedStateValue>;
}

/** The peer whose view of the channel's chaincodes this is. */
export interface DefiningPeer {
    readonly mspId: string;
    readonly ledger: DefiningLedger;
    readonly policies: ChannelPolicies;
    readonly msps: MspRegistry;
}

/**
 * The channel's committed chaincodes as one peer's ledger has them at its height. Read once for each change: a definition
 * takes effect with the block that holds it, for the blocks after it.
 */
export class ChaincodeDefinitions {
    readonly #peer: DefiningPeer;
    readonly #read = new Map<string, ChaincodeDefinition>();
    #all: readonly ChaincodeDefinition[] | undefined;
    #height = 0;

    constructor(peer: DefiningPeer) {
        this.#peer = peer;
    }

    find(name: string): ChaincodeDefinition | undefined {
        this.#forgetOutdated();
        const known = this.#read.get(name);
        if (known) return known;
        const terms = readDefinition(name, committedState(this.#peer));
        if (!terms) return undefined;
        const definition = this.#resolve(terms);
        this.#read.set(name, definition);
        return definition;
    }

    /** In the order of their names' bytes. */
    all(): readonly ChaincodeDefinition[] {
        this.#forgetOutdated();
        this.#all ??= this.#names().flatMap((name) => this.find(name) ?? []);
        return this.#all;
    }

    #forgetOutdated(): void {
        const { lifecycleHeight } = this.#peer.ledger;
        if (lifecycleHeight === this.#height) return;
        this.#height = lifecycleHeight;
        this.#read.clear();
        this.#all = undefined;
    }

    #names(): readonly string[] {
        const prefix = metadataKey('namespaces', '');
        const entries = this.#peer.ledger.committedRange(lifecycleNamespace, prefix, `${prefix}\x7f`);
        return [...entries].map(({ key }) => key.slice(prefix.length));
    }

    #resolve(terms: DefinitionTerms): ChaincodeDefinition {
        const own = committedHashes(this.#peer, nameOfImplicit(this.#peer.mspId));
        const approval = approvalName(terms);
        const isApproved = holdsRecord('namespaces', approval, newParametersRecord(terms), own);
        const packageHash = isApproved && namesPackage(approval, own) ? namedPackageHash(approval, own) : undefined;
        const { name, sequence, version, initRequired } = terms;
        const collections = parseCollectionConfigs(terms.collections);
        const policy = resolvePolicy(terms.validationParameter, this.#peer);
        return { name, sequence, version, initRequired, ...policy, collections, isApproved, packageHash };
    }
}

function committedState({ ledger }: DefiningPeer): ReadableState {
    return { get: (key) => ledger.committedValue(lifecycleNamespace, key)?.value };
}

function committedHashes({ ledger }: DefiningPeer, collection: string): HashedState {
    const namespace = hashedNamespace(lifecycleNamespace, collection);
    return { getHash: (key) => ledger.committedValue(namespace, privateHash(key).toString('hex'))?.value };
}

/** A policy that cannot be read, or names one that there is not, is satisfied by nobody. */
function resolvePolicy(
    parameter: Buffer,
    { policies, msps }: DefiningPeer,
): Pick<ChaincodeDefinition, 'policy' | 'endorsementPolicy'> {
    try {
        const parsed = parseApplicationPolicy(parameter);
        if (parsed.kind === 'signature') {
            return { policy: newSignaturePolicy(parsed.policy, msps), endorsementPolicy: parsed.policy };
        }
        return { policy: policies.policy(parsed.path), endorsementPolicy: policies.signaturePolicy(parsed.path) };
    } catch (error) {
        if (!(error instanceof WireError || error instanceof MspError)) throw error;
        return { policy: policies.policy(error.message), endorsementPolicy: undefined };
    }
}
