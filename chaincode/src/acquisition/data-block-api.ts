import { canonicalJson } from '../ledger-access/canonical-json';
import { sha256 } from '../signatures/sha256';
import { inclusionPath, merkleRoot, rootOfPath } from './merkle-api';

/** ⟨ID, time, value⟩: one reading of a round, of the task's type and in its unit. */
export interface DataElement {
    readonly id: string;
    /** When it was measured, by the terminal's clock. */
    readonly timeMs: number;
    readonly value: number;
}

/** What a data block's hash covers. The lists of terminals are in the order of their ids. */
export interface DataBlockHeader {
    readonly version: 1;
    readonly taskId: string;
    /** From 0, counted for each task. */
    readonly number: number;
    readonly tickMs: number;
    /** Hash of the task's data block before this one; 64 zeros for the first. */
    readonly previousHash: string;
    /** Time of the seal: the later of the proposal's timestamp and what the ledger knew already. */
    readonly timestampMs: number;
    /** Over the elements, see `merkleRoot`; lower-case hex. */
    readonly merkleRoot: string;
    readonly elements: number;
    /** Terminals of the task of which nothing had come. */
    readonly missing: readonly string[];
    /** Those whose reading came after tick + Δt; it is among the elements. */
    readonly late: readonly string[];
    /** Those whose reading bore another quality than `valid`; it is among the elements. */
    readonly doubtful: readonly string[];
}

/** The ledger record of a sealed round. */
export interface DataBlockRecord {
    readonly schemaVersion: 1;
    readonly header: DataBlockHeader;
    readonly hash: string;
    /** In the order of the ids. */
    readonly body: readonly DataElement[];
}

/** Shows that an element is in a data block, to whoever has the block's hash from a source he trusts. */
export interface InclusionProof {
    readonly element: DataElement;
    readonly index: number;
    /** Siblings from the leaf up, lower-case hex. */
    readonly path: readonly string[];
    readonly header: DataBlockHeader;
}

export type InclusionVerdict = 'included' | 'another-block' | 'not-included';

/** The previous hash of a task's first data block. */
export const noPreviousHash = '0'.repeat(64);

/** SHA-256 of the header's canonical JSON, behind a line that says what it is; lower-case hex. */
export function dataBlockHash(header: DataBlockHeader): string {
    return sha256(`feeder-ledger data block 1\n${canonicalJson(header)}`).toString('hex');
}

/** Root over the elements in their order; lower-case hex. */
export function elementsRoot(elements: readonly DataElement[]): string {
    return merkleRoot(elements.map(leafOf)).toString('hex');
}

/** The proof for the element at `index` of a block. */
export function newInclusionProof({ header, body }: DataBlockRecord, index: number): InclusionProof | undefined {
    const element = body[index];
    if (element === undefined) {
        return undefined;
    }
    const path = inclusionPath(body.map(leafOf), index).map((hash) => hash.toString('hex'));
    return { element, index, path, header };
}

/** Checks a proof off-chain. `trustedHash` is the block's hash from elsewhere: a receipt, the next block, a peer asked. */
export function checkInclusion(proof: InclusionProof, trustedHash: string): InclusionVerdict {
    const { element, index, path, header } = proof;
    if (dataBlockHash(header) !== trustedHash) {
        return 'another-block';
    }
    const siblings = path.map((digits) => Buffer.from(digits, 'hex'));
    const root = rootOfPath(leafOf(element), { index, size: header.elements }, siblings);
    return root?.toString('hex') === header.merkleRoot ? 'included' : 'not-included';
}

/** Whether blocks, in their order, follow each other and hold what their headers say; the number of the first that does not. */
export function findBrokenBlock(blocks: readonly DataBlockRecord[]): number | undefined {
    let previous: DataBlockRecord | undefined;
    for (const block of blocks) {
        const { header, hash, body } = block;
        const isWhole =
            hash === dataBlockHash(header) &&
            header.merkleRoot === elementsRoot(body) &&
            header.elements === body.length;
        const follows =
            previous === undefined ||
            (header.previousHash === previous.hash && header.number === previous.header.number + 1);
        if (!isWhole || !follows) {
            return header.number;
        }
        previous = block;
    }
    return undefined;
}

function leafOf({ id, timeMs, value }: DataElement): Buffer {
    return Buffer.from(canonicalJson([id, timeMs, value]));
}
