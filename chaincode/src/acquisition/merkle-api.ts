import { sha256 } from '../signatures/sha256';

/**
 * A Merkle tree as RFC 6962, section 2.1, has it: a leaf is hashed behind 00 and a node behind 01, so that no node
 * passes for a leaf. A node without a sibling goes up as it is, which gives the same tree as the RFC's splitting at the
 * largest power of two. The tree of nothing is the hash of nothing.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
    return levelsOf(leaves).at(-1)?.[0] ?? sha256();
}

/** The siblings from a leaf up to the root: what proves to somebody who has the root that the leaf is below it. */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): Buffer[] {
    return levelsOf(leaves).flatMap((level, depth) => {
        const sibling = level[(index >> depth) ^ 1];
        return sibling === undefined ? [] : [sibling];
    });
}

/** The root that a leaf and its path lead to; undefined when no tree of this size has such a path. */
export function rootOfPath(
    leaf: Uint8Array,
    place: { readonly index: number; readonly size: number },
    path: readonly Uint8Array[],
): Buffer | undefined {
    if (!(Number.isSafeInteger(place.index) && place.index >= 0 && place.index < place.size)) {
        return undefined;
    }
    let hash = leafHash(leaf);
    let taken = 0;
    for (let index = place.index, size = place.size; size > 1; index >>= 1, size = Math.ceil(size / 2)) {
        if (index === size - 1 && size % 2 === 1) {
            continue;
        }
        const sibling = path[taken];
        if (sibling?.length !== hash.length) {
            return undefined;
        }
        hash = index % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
        taken += 1;
    }
    return taken === path.length ? hash : undefined;
}

/** From the leaves' hashes up to the one root. */
function levelsOf(leaves: readonly Uint8Array[]): Buffer[][] {
    const levels: Buffer[][] = [leaves.map(leafHash)];
    for (let below = levels[0] ?? []; below.length > 1;) {
        const above: Buffer[] = [];
        for (let index = 0; index < below.length; index += 2) {
            const [left, right] = below.slice(index, index + 2) as [Buffer, Buffer | undefined];
            above.push(right === undefined ? left : nodeHash(left, right));
        }
        levels.push(above);
        below = above;
    }
    return levels;
}

function leafHash(leaf: Uint8Array): Buffer {
    return sha256('\u0000', leaf);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
    return sha256('\u0001', left, right);
}
