import type { StoredBlock } from './stored-block';

/** The chain of committed blocks, from the genesis block on. */
export class BlockStore {
    readonly #blocks: StoredBlock[] = [];
    readonly #numberByHash = new Map<string, number>();

    get height(): number {
        return this.#blocks.length;
    }

    append(block: StoredBlock): void {
        this.#blocks.push(block);
        this.#numberByHash.set(block.headerHash.toString('hex'), block.number);
    }

    newest(): StoredBlock | undefined {
        return this.#blocks.at(-1);
    }

    byNumber(number: number): StoredBlock | undefined {
        return this.#blocks[number];
    }

    byHash(hash: Uint8Array): StoredBlock | undefined {
        const number = this.#numberByHash.get(Buffer.from(hash).toString('hex'));
        return number === undefined ? undefined : this.#blocks[number];
    }
}
