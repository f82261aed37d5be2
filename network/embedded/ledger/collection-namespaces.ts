import { createHash } from 'node:crypto';

// A collection is two namespaces of the state: its hashes, which every peer has, and its values, which members have.
// Fabric v2.5.16: core/ledger/kvledger/txmgmt/privacyenabledstate/db.go.

/** Where the state keeps the hashes of a collection: hash of a key, as hexadecimal text, to hash of its value. */
export function hashedNamespace(namespace: string, collection: string): string {
    return `${namespace}$$h${collection}`;
}

/** Where the state of a member keeps the values of a collection. */
export function privateNamespace(namespace: string, collection: string): string {
    return `${namespace}$$p${collection}`;
}

/** SHA-256, which stands for a private key or value wherever others see it. */
export function privateHash(content: string | Uint8Array): Buffer {
    return createHash('sha256').update(content).digest();
}
