import { anchorsCalls, type AnchorRecord } from '../../../chaincode/src/anchors/anchors-api';
import type { Call, Page } from '../../../chaincode/src/calls/call-api';
import { digestOf, type ContentStore } from './content-store';

/**
 * What a file is, beside the anchor of its name: `kept` has its bytes, `changed` has bytes that nobody anchored,
 * `swapped` has those anchored under other names, `missing` is not there.
 */
export type FileVerdict = 'kept' | 'changed' | 'swapped' | 'missing';
/** What the store has under the anchor's digest: the bytes, none, or bytes of another digest. */
export type StoredVerdict = 'kept' | 'missing' | 'damaged';

export interface DocumentCheck {
    readonly anchor: AnchorRecord;
    readonly file: FileVerdict;
    readonly stored: StoredVerdict;
    /** The names under which a swapped file's bytes are anchored; at most a page of them. */
    readonly swappedWith: readonly string[];
}

const namesTold = 20;

/** Compares a file (undefined when there is none) and the store with the ledger. Throws what `ask` throws. */
export async function checkDocument(
    name: string,
    bytes: Uint8Array | undefined,
    store: ContentStore,
    ask: (call: Call) => Promise<unknown>,
): Promise<DocumentCheck> {
    const anchor = (await ask(anchorsCalls.queryAnchor(name))) as AnchorRecord;
    const kept = await store.get(anchor.sha256);
    const stored = kept === undefined ? 'missing' : digestOf(kept) === anchor.sha256 ? 'kept' : 'damaged';
    if (bytes === undefined) return { anchor, file: 'missing', stored, swappedWith: [] };
    const sha256 = digestOf(bytes);
    if (sha256 === anchor.sha256) return { anchor, file: 'kept', stored, swappedWith: [] };
    const request = { sha256, pageSize: namesTold, bookmark: '' };
    const { items } = (await ask(anchorsCalls.listOfDigest(request))) as Page<AnchorRecord>;
    const swappedWith = items.map((item) => item.name);
    return { anchor, file: swappedWith.length === 0 ? 'changed' : 'swapped', stored, swappedWith };
}
