import { describe, expect, it } from '@jest/globals';
import { inclusionPath, merkleRoot, rootOfPath } from '../../../../chaincode/src/acquisition/merkle-api';
import { sha256 } from '../../../../chaincode/src/signatures/sha256';

/** Leaves and the roots of the trees of the first one, two, … of them, as the logs of Certificate Transparency test them. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const bytes = leaves.map((digits) => Buffer.from(digits, 'hex'));

describe('the Merkle tree', () => {
    it.each(roots.map((root, index) => ({ root, size: index + 1 })))('of $size leaves is that of RFC 6962', (tree) => {
        expect(merkleRoot(bytes.slice(0, tree.size)).toString('hex')).toBe(tree.root);
    });

    it('of nothing is the hash of nothing', () => {
        expect(merkleRoot([])).toEqual(sha256());
        expect(sha256().toString('hex')).toMatch(/^e3b0c442/);
    });

    it('leads from every leaf to its root, with no longer a path than the tree is high', () => {
        for (let size = 1; size <= bytes.length; size += 1) {
            const tree = bytes.slice(0, size);
            for (const [index, leaf] of tree.entries()) {
                const path = inclusionPath(tree, index);
                expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
                expect(rootOfPath(leaf, { index, size }, path)).toEqual(merkleRoot(tree));
            }
        }
    });

    it('does not take a node for a leaf', () => {
        const [left, right] = [sha256('\u0000', bytes[0] ?? ''), sha256('\u0000', bytes[1] ?? '')];
        const forged = Buffer.concat([left, right]);
        expect(merkleRoot([forged])).not.toEqual(merkleRoot(bytes.slice(0, 2)));
    });

    it.each([
        ['a path that is too short', (path: Buffer[]) => path.slice(1), { index: 2, size: 7 }],
        ['a path that is too long', (path: Buffer[]) => [...path, sha256()], { index: 2, size: 7 }],
        ['a sibling that is no hash', (path: Buffer[]) => [Buffer.alloc(31), ...path.slice(1)], { index: 2, size: 7 }],
        ['an index outside the tree', (path: Buffer[]) => path, { index: 7, size: 7 }],
        ['a negative index', (path: Buffer[]) => path, { index: -1, size: 7 }],
        ['an index that is no whole number', (path: Buffer[]) => path, { index: 0.5, size: 7 }],
    ])('knows no root for %s', (_, spoil, place) => {
        const path = spoil(inclusionPath(bytes.slice(0, 7), 2));
        expect(rootOfPath(bytes[2] ?? Buffer.alloc(0), place, path)).toBeUndefined();
    });
});
