import type { Version } from '../../wire/rwset';

export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
    if (a === undefined || b === undefined) return a === b;
    return a.blockNumber === b.blockNumber && a.txNumber === b.txNumber;
}

/**
 * Whether every key still is as it was read: not touched by an earlier valid transaction of this block, and committed at
 * the version that was read, or still absent. ⟵ core/ledger/kvledger/txmgmt/validation/validator.go, validateKVRead
 */
export function areReadsCurrent<R extends { readonly version: Version | undefined }>(
    reads: readonly R[],
    now: {
        readonly isTouchedInBlock: (read: R) => boolean;
        readonly committedVersion: (read: R) => Version | undefined;
    },
): boolean {
    return reads.every((read) => !now.isTouchedInBlock(read) && sameVersion(read.version, now.committedVersion(read)));
}
