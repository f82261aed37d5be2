import { FieldWriter } from '../../wire/field-writer';
import type { StoredBlock } from '../ledger/stored-block';

const fullResponses = new WeakMap<StoredBlock, Buffer>();
const filteredResponses = new WeakMap<StoredBlock, Buffer>();

/** DeliverResponse{status}; the same bytes on peers and orderers. */
export function newStatusResponse(status: number): Buffer {
    return new FieldWriter().uint(1, status).finish();
}

/** DeliverResponse{block}; the same bytes on peers and orderers. */
export function newBlockResponse(blockBytes: Buffer): Buffer {
    return new FieldWriter().message(2, blockBytes).finish();
}

/** DeliverResponse{block} of a peer's block, encoded once for all who are sent it. */
export function fullBlockResponse(block: StoredBlock): Buffer {
    return remembered(fullResponses, block, () => newBlockResponse(block.bytes));
}

/** DeliverResponse{filtered_block} of a peer's block, encoded once for all who are sent it. */
export function filteredBlockResponse(block: StoredBlock): Buffer {
    return remembered(filteredResponses, block, () => new FieldWriter().message(3, block.filteredBytes()).finish());
}

function remembered(cache: WeakMap<StoredBlock, Buffer>, block: StoredBlock, encode: () => Buffer): Buffer {
    const known = cache.get(block);
    if (known !== undefined) return known;
    const encoded = encode();
    cache.set(block, encoded);
    return encoded;
}
