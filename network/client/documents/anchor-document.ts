import { anchorsCalls, type AnchorInput } from '../../../chaincode/src/anchors/anchors-api';
import type { Call } from '../../../chaincode/src/calls/call-api';
import type { ContentStore } from './content-store';

/**
 * Keeps a document in the store and says so on the ledger. The store comes first: an anchor never points at nothing.
 * Throws what `submit` throws, e.g. the contract's ANCHOR_EXISTS.
 */
export async function anchorDocument(
    name: string,
    bytes: Uint8Array,
    store: ContentStore,
    submit: (call: Call) => Promise<unknown>,
): Promise<AnchorInput> {
    const sha256 = await store.put(bytes);
    const anchor = { name, sha256, sizeBytes: bytes.length, place: store.placeOf(sha256) };
    await submit(anchorsCalls.anchor(anchor));
    return anchor;
}
