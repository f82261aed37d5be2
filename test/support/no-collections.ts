import type { PrivateDataSource } from '../../network/embedded/private-data/block-private-data';
import { CollectionAccess } from '../../network/embedded/private-data/collection-access';

const nobody = { identity: Buffer.alloc(0), message: Buffer.alloc(0), signature: Buffer.alloc(0) };

/** What a call may do on channel grid to the collections of a chaincode that has none. */
export function accessToNoCollections(): CollectionAccess {
    return new CollectionAccess({ find: () => undefined }, { channelId: 'grid', namespace: 'basic', creator: nobody });
}

/** The private data of a peer that is a member of nothing. */
export const noPrivateData: PrivateDataSource = {
    isMember: () => false,
    find: () => undefined,
    blockToLive: () => 0,
};
