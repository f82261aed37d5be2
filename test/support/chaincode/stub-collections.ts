import { createHash } from 'node:crypto';

/** Which private data a stub ledger's peers hold, and who may ask for them: member-only reads and writes. */
export class StubCollections {
    /** Name → MSP ids of the members. */
    readonly members = new Map<string, readonly string[]>();

    /** Where the ledger keeps a key: a collection's keys lie apart from public ones. */
    keyOf(collection: string, key: string): string {
        return collection === '' ? key : `private\0${collection}\0${key}`;
    }

    hashOf(value: Uint8Array): Buffer {
        return value.length === 0 ? Buffer.alloc(0) : createHash('sha256').update(value).digest();
    }

    /** Throws what a peer answers to a client that may not. */
    requireRight(right: 'read' | 'write', collection: string, creatorMspId: string): void {
        if (this.#membersOf(collection).includes(creatorMspId)) return;
        throw new Error(
            `PRIVATE failed: transaction ID: 00: tx creator does not have ${right} access permission on privatedata ` +
                `in chaincodeName:feeder collectionName: ${collection}`,
        );
    }

    /** Throws what a peer answers that has the hash alone. */
    requireHolder(collection: string, peerMspId: string): void {
        if (this.#membersOf(collection).includes(peerMspId)) return;
        throw new Error(
            'GET_STATE failed: transaction ID: 00: private data matching public hash version is not available. ' +
                'Public hash version = {BlockNum: 1, TxNum: 0}, Private data version = <nil>',
        );
    }

    /** Throws what a peer answers when the hash of an unknown collection is asked for. */
    requireDefined(collection: string): void {
        if (this.members.has(collection)) return;
        throw new Error(
            `GET_PRIVATE_DATA_HASH failed: transaction ID: 00: collection [${collection}] not defined in the ` +
                'collection config for chaincode [feeder]',
        );
    }

    #membersOf(collection: string): readonly string[] {
        const members = this.members.get(collection);
        if (members) return members;
        throw new Error(
            `GET_STATE failed: transaction ID: 00: collection grid/feeder/${collection} could not be found`,
        );
    }
}
