import { BlockStream, type BlockStreamOptions, type HeardBlock } from './block-stream';

export type BlockListener = (block: HeardBlock) => void;

/**
 * What gateways that share connections hear of a channel: one stream of filtered blocks for all of them, opened for the
 * first that listens, and streams of whole blocks for those who read what events say.
 */
export class ChannelBlocks {
    readonly #options: Pick<BlockStreamOptions, 'peers' | 'seek' | 'answerTimeoutMs' | 'openTimeoutMs'>;
    readonly #listeners = new Set<BlockListener>();
    readonly #streams = new Set<BlockStream>();
    #filtered: Promise<BlockStream> | undefined;
    readonly #closing = new AbortController();

    constructor(options: Pick<BlockStreamOptions, 'peers' | 'seek' | 'answerTimeoutMs' | 'openTimeoutMs'>) {
        this.#options = options;
    }

    /** Aborted when nothing more will be heard. */
    get closing(): AbortSignal {
        return this.#closing.signal;
    }

    /**
     * Tells of every filtered block from now on, and answers when the stream stands: later blocks are not missed. Throws
     * ClientError CLIENT_UNREACHABLE.
     */
    async listen(listener: BlockListener): Promise<void> {
        this.#listeners.add(listener);
        this.#filtered ??= this.#open({
            form: 'filtered',
            onBlock: (block) => {
                for (const each of this.#listeners) each(block);
            },
        });
        try {
            await this.#filtered;
        } catch (error) {
            this.#filtered = undefined;
            throw error;
        }
    }

    ignore(listener: BlockListener): void {
        this.#listeners.delete(listener);
    }

    /** Whole blocks, from one on or the next that is committed. Throws ClientError CLIENT_UNREACHABLE. */
    async follow(fromBlock: number | undefined, onBlock: BlockListener): Promise<BlockStream> {
        return this.#open({ form: 'full', onBlock, ...(fromBlock !== undefined && { fromBlock }) });
    }

    /** A listener misses what it should have heard: a peer that has been silent for so long is left for another. */
    doubt(silentMs: number): void {
        for (const stream of this.#streams) stream.doubt(silentMs);
    }

    /** Ends all streams. May be called twice. */
    close(): void {
        this.#closing.abort();
        for (const stream of this.#streams) stream.close();
    }

    async #open(how: Pick<BlockStreamOptions, 'form' | 'fromBlock' | 'onBlock'>): Promise<BlockStream> {
        const stream = new BlockStream({ ...this.#options, ...how });
        this.#streams.add(stream);
        if (this.closing.aborted) stream.close();
        await stream.stands();
        return stream;
    }
}
