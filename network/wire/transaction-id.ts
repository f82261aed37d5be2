import { createHash } from 'node:crypto';

/** The transaction id that Fabric expects: lower-case hex of sha256(nonce ‖ creator). ⟵ protoutil/proputils.go */
export function newTransactionId(nonce: Uint8Array, creator: Uint8Array): string {
    return createHash('sha256').update(nonce).update(creator).digest('hex');
}
