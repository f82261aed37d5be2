import type { ChaincodeStub } from 'fabric-shim-api';
import { ContractError } from '../faults/contract-error';
import { ledgerKey, type KeyLayout } from '../ledger-access/composite-keys';

/**
 * Values of one collection, as bytes: what is hashed is what was put. Every peer knows the hashes, members' peers know
 * the values. Each method is one call to the peer, and throws ContractError COLLECTION_NOT_DEFINED, NOT_A_MEMBER or
 * PRIVATE_DATA_NOT_HERE in place of Fabric's own refusals.
 */
export class PrivateRepository {
    readonly #stub: ChaincodeStub;
    readonly #collection: string;
    readonly #layout: KeyLayout;

    constructor(stub: ChaincodeStub, collection: string, layout: KeyLayout) {
        this.#stub = stub;
        this.#collection = collection;
        this.#layout = layout;
    }

    async find(...attributes: readonly string[]): Promise<Buffer | undefined> {
        return this.#found(this.#stub.getPrivateData(this.#collection, this.#key(attributes)));
    }

    /** SHA-256 of the value. */
    async findHash(...attributes: readonly string[]): Promise<Buffer | undefined> {
        return this.#found(this.#stub.getPrivateDataHash(this.#collection, this.#key(attributes)));
    }

    async put(value: Uint8Array, ...attributes: readonly string[]): Promise<void> {
        await this.#told(this.#stub.putPrivateData(this.#collection, this.#key(attributes), value));
    }

    async #found(asked: Promise<Uint8Array>): Promise<Buffer | undefined> {
        const bytes = await this.#told(asked);
        return bytes.length === 0 ? undefined : Buffer.from(bytes);
    }

    async #told<T>(asked: Promise<T>): Promise<T> {
        try {
            return await asked;
        } catch (error) {
            throw this.#faultOf(error instanceof Error ? error.message : String(error)) ?? error;
        }
    }

    /** A peer refuses in words only. Fabric v2.5.16: core/chaincode/handler.go; core/ledger/ledger_interface.go. */
    #faultOf(words: string): ContractError | undefined {
        const collection = this.#collection;
        if (
            /collection \S+ could not be found|collection config not defined|\] not defined in the collection/.test(
                words,
            )
        ) {
            return new ContractError({ code: 'COLLECTION_NOT_DEFINED', collection });
        }
        if (/does not have (read|write) access permission/.test(words)) {
            const mspId = this.#stub.getCreator().mspid;
            return new ContractError({ code: 'NOT_A_MEMBER', collection, mspId });
        }
        if (words.includes('private data matching public hash version is not available')) {
            return new ContractError({ code: 'PRIVATE_DATA_NOT_HERE', collection });
        }
        return undefined;
    }

    #key(attributes: readonly string[]): string {
        return ledgerKey(this.#stub, this.#layout, attributes);
    }
}
