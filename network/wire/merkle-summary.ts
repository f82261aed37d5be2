import { createHash } from 'node:crypto';

/** kvrwset.QueryReadsMerkleSummary: stands for the results of a long range query. */
export interface MerkleSummary {
    readonly maxDegree: number;
    readonly maxLevel: number;
    readonly maxLevelHashes: readonly Uint8Array[];
}

/** Range queries with more results than this are recorded as a summary. ⟵ core.yaml, ledger; Fabric's constant */
export const maxRawRangeReads = 50;

/**
 * The summary of a range query's results. `leaves` are the encoded QueryReads of maxDegree + 1 results each, the last
 * one of what is left. A level with more than maxDegree hashes becomes one hash of the level above; at the end the
 * lower levels' remainders climb until one level is left. ⟵ rwsetutil/query_results_helper.go
 */
export function newMerkleSummary(leaves: Iterable<Uint8Array>, maxDegree: number): MerkleSummary {
    const levels: Uint8Array[][] = [];
    for (const leaf of leaves) push(levels, 0, sha256([leaf]), maxDegree);
    for (let level = 0; level < levels.length - 1; level++) {
        const remainder = levels[level] ?? [];
        const only = remainder.length === 1 ? remainder[0] : sha256(remainder);
        if (remainder.length > 0 && only !== undefined) levels[level + 1]?.push(only);
    }
    const top = levels.at(-1) ?? [];
    return top.length > maxDegree
        ? { maxDegree, maxLevel: levels.length + 1, maxLevelHashes: [sha256(top)] }
        : { maxDegree, maxLevel: levels.length, maxLevelHashes: top };
}

export function sameMerkleSummary(a: MerkleSummary, b: MerkleSummary): boolean {
    return (
        a.maxDegree === b.maxDegree &&
        a.maxLevel === b.maxLevel &&
        a.maxLevelHashes.length === b.maxLevelHashes.length &&
        a.maxLevelHashes.every((hash, index) => Buffer.compare(hash, b.maxLevelHashes[index] ?? Buffer.alloc(0)) === 0)
    );
}

function push(levels: Uint8Array[][], from: number, hash: Uint8Array, maxDegree: number): void {
    let carried = hash;
    for (let level = from; ; level++) {
        const hashes = (levels[level] ??= []);
        hashes.push(carried);
        if (hashes.length <= maxDegree) return;
        carried = sha256(hashes);
        levels[level] = [];
    }
}

function sha256(parts: readonly Uint8Array[]): Buffer {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
}
