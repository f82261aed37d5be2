import { createHash } from 'node:crypto';

const numbersPerDigest = 8;
const twoTo32 = 2 ** 32;

/**
 * The only randomness of a run: the same seed and stream give the same numbers, on every machine. It is SHA-256 over
 * seed, stream and a counter, so that streams of one seed are independent of each other.
 */
export class SeededRandom {
    readonly #key: string;
    #digest = Buffer.alloc(0);
    #drawn = 0;

    /**
     * @param seed of the topology or of the run
     * @param stream what the numbers are for, e.g. `operation-start`
     */
    constructor(seed: number, stream: string) {
        this.#key = `${seed}/${stream}/`;
    }

    /** At least 0, below 1. */
    next(): number {
        const at = this.#drawn % numbersPerDigest;
        if (at === 0) {
            this.#digest = createHash('sha256')
                .update(`${this.#key}${this.#drawn / numbersPerDigest}`)
                .digest();
        }
        this.#drawn += 1;
        return this.#digest.readUInt32BE(at * 4) / twoTo32;
    }

    /** A whole number: at least 0, below the limit. */
    integer(limit: number): number {
        return Math.floor(this.next() * limit);
    }
}
