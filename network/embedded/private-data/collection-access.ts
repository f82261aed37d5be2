import { ChaincodeError } from '../chaincode/chaincode-errors';
import type { SignedData } from '../msp/policy';
import type { Collections } from './collections';

/**
 * Whether the creator of a proposal may read and write the collections of the called chaincode; members always may.
 * Fabric v2.5.16: core/chaincode/handler.go, getReadWritePermission; core/common/privdata/store.go.
 */
export class CollectionAccess {
    readonly #collections: Pick<Collections, 'find'>;
    readonly #call: {
        readonly channelId: string;
        readonly namespace: string;
        /** The creator's signature over the proposal. */
        readonly creator: SignedData;
    };
    readonly #known = new Map<string, Readonly<Record<'read' | 'write', boolean>>>();

    constructor(
        collections: Pick<Collections, 'find'>,
        call: { readonly channelId: string; readonly namespace: string; readonly creator: SignedData },
    ) {
        this.#collections = collections;
        this.#call = call;
    }

    /** Throws ChaincodeError CHAINCODE_CALL_REFUSED, also for a collection that is not there. */
    require(right: 'read' | 'write', collection: string): void {
        const rights = this.#known.get(collection) ?? this.#find(collection);
        this.#known.set(collection, rights);
        if (rights[right]) return;
        throw refused(
            `tx creator does not have ${right} access permission on privatedata in ` +
                `chaincodeName:${this.#call.namespace} collectionName: ${collection}`,
        );
    }

    #find(name: string): Readonly<Record<'read' | 'write', boolean>> {
        const { channelId, namespace, creator } = this.#call;
        const collection = this.#collections.find(namespace, name);
        if (!collection) throw refused(`collection ${channelId}/${namespace}/${name} could not be found`);
        const { memberOnlyRead, memberOnlyWrite } = collection.config;
        const isOpen = !memberOnlyRead && !memberOnlyWrite;
        if (isOpen || collection.members.evaluate([creator]).satisfied) return { read: true, write: true };
        return { read: !memberOnlyRead, write: !memberOnlyWrite };
    }
}

function refused(reason: string): ChaincodeError {
    return new ChaincodeError({ code: 'CHAINCODE_CALL_REFUSED', reason });
}
