import { encodeApprovalTerms } from '../../network/wire/lifecycle';
import type { DefinitionTerms } from '../../network/wire/lifecycle';
import type { ConformanceNetwork } from './conformance-network';
import type { PreparedTransaction, RawClient } from './raw-client';
import { chaincodeName, channelId } from './conformance-network';

/** What an answer of the lifecycle says; both are undefined when the call itself failed. */
export interface LifecycleAnswer {
    readonly status: number | undefined;
    readonly message: string | undefined;
    readonly payload: Buffer;
}

/** The chaincode lifecycle in the hands of the organisations' administrators. */
export class LifecycleClient {
    readonly #network: ConformanceNetwork;
    readonly #client: RawClient;

    constructor(network: ConformanceNetwork, client: RawClient) {
        this.#network = network;
        this.#client = client;
    }

    /** Asks the organisation's own peer, on the channel. */
    async ask(name: string, argument: Uint8Array, mspId: string): Promise<LifecycleAnswer> {
        return this.#ask(name, argument, { mspId, onChannel: channelId });
    }

    /** Asks the organisation's own peer for what belongs to no channel. */
    async askPeer(name: string, argument: Uint8Array, mspId: string): Promise<LifecycleAnswer> {
        return this.#ask(name, argument, { mspId, onChannel: '' });
    }

    /** By the organisation's administrator. */
    async prepare(
        name: string,
        argument: Uint8Array,
        { by, endorsers }: { readonly by: string; readonly endorsers: readonly string[] },
    ): Promise<PreparedTransaction> {
        const draft = { chaincode: '_lifecycle', identity: this.#network.clients.admin(by) };
        return this.#client.prepare([name, argument], { endorsers, draft });
    }

    /** Validation code. */
    async approve(terms: DefinitionTerms & { readonly packageId: string }, mspId: string): Promise<number> {
        const argument = encodeApprovalTerms(terms);
        const endorsed = { by: mspId, endorsers: [mspId] };
        return this.#client.commit(await this.prepare('ApproveChaincodeDefinitionForMyOrg', argument, endorsed));
    }

    async prepareCommit(terms: DefinitionTerms, endorsers: readonly string[]): Promise<PreparedTransaction> {
        const [by = ''] = endorsers;
        return this.prepare('CommitChaincodeDefinition', encodeApprovalTerms(terms), { by, endorsers });
    }

    async #ask(
        name: string,
        argument: Uint8Array,
        { mspId, onChannel }: { readonly mspId: string; readonly onChannel: string },
    ): Promise<LifecycleAnswer> {
        const identity = this.#network.clients.admin(mspId);
        const draft = { chaincode: '_lifecycle', channelId: onChannel, args: [name, argument], identity };
        const { answer } = await this.#client.endorse(draft, mspId);
        const { response } = answer ?? {};
        return { status: response?.status, message: response?.message, payload: response?.payload ?? Buffer.alloc(0) };
    }
}

/** A definition that leaves to the channel what it can. */
export function someTerms(terms: Partial<DefinitionTerms> = {}): DefinitionTerms {
    return {
        name: chaincodeName,
        sequence: 1,
        version: '1.0',
        initRequired: false,
        endorsementPlugin: '',
        validationPlugin: '',
        validationParameter: Buffer.alloc(0),
        collections: Buffer.alloc(0),
        ...terms,
    };
}
