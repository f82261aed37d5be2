import { anchorsCalls, type AnchorInput, type AnchorRecord } from '../../../chaincode/src/anchors/anchors-api';
import type { Call, Page } from '../../../chaincode/src/calls/call-api';
import { ClientError } from '../client-errors';
import type { ContentStore, Deposit } from './content-store';
import { DocumentError } from './document-errors';

/** The ledger, by whoever anchors. */
export interface AnchoringLedger {
    readonly submit: (call: Call) => Promise<unknown>;
    readonly ask: (call: Call) => Promise<unknown>;
}

/**
 * Keeps a document in the store and says so on the ledger. The store comes first: an anchor never points at nothing. Where
 * the ledger does not take the anchor, what this call put into the store is taken out again, unless another anchor names
 * it. Throws what `submit` throws, e.g. the contract's ANCHOR_EXISTS, and DocumentError.
 */
export async function anchorDocument(
    name: string,
    bytes: Uint8Array,
    store: ContentStore,
    { submit, ask }: AnchoringLedger,
): Promise<AnchorInput> {
    const { sha256, withdraw } = await store.put(bytes);
    const anchor = { name, sha256, sizeBytes: bytes.length, place: store.placeOf(sha256) };
    try {
        await submit(anchorsCalls.anchor(anchor));
    } catch (error) {
        if (withdraw !== undefined && !mayYetBeCommitted(error)) {
            await takeBack(withdraw, { anchor, ask, refusal: error });
        }
        throw error;
    }
    // Who put the same bytes in before may have withdrawn them just before the commit.
    if (withdraw === undefined) await store.put(bytes);
    return anchor;
}

interface Refused {
    readonly anchor: AnchorInput;
    readonly ask: AnchoringLedger['ask'];
    readonly refusal: unknown;
}

async function takeBack(withdraw: NonNullable<Deposit['withdraw']>, { anchor, ask, refusal }: Refused): Promise<void> {
    try {
        await withdraw(() => isAnchored(anchor.sha256, ask));
    } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        const told = refusal instanceof Error ? refusal.message : String(refusal);
        const fault = { code: 'DOCUMENT_LEFT_BEHIND', place: anchor.place, why: error.message, refusal: told } as const;
        throw new DocumentError(fault, { cause: refusal });
    }
}

/** What the orderer has taken may be in a block that was not heard of. */
function mayYetBeCommitted(error: unknown): boolean {
    return error instanceof ClientError && ['COMMIT_TIMEOUT', 'COMMIT_UNKNOWN'].includes(error.fault.code);
}

/** Whether any anchor names the digest. A ledger that cannot be asked may hold one: bytes are then kept. */
async function isAnchored(sha256: string, ask: AnchoringLedger['ask']): Promise<boolean> {
    try {
        const { items } = (await ask(
            anchorsCalls.listOfDigest({ sha256, pageSize: 1, bookmark: '' }),
        )) as Page<AnchorRecord>;
        return items.length > 0;
    } catch (error) {
        if (error instanceof ClientError) return true;
        throw error;
    }
}
