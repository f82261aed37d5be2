import type { SeekInfo, SeekPosition } from '../../wire/seek';

/** common.Status, as a delivery ends with it. */
export const deliverStatus = { success: 200, badRequest: 400, forbidden: 403, notFound: 404 } as const;

/** A chain of blocks that grows: a peer's ledger or an orderer's. */
export interface BlockSource<B extends { readonly number: number }> {
    readonly height: number;
    blockByNumber(number: number): B | undefined;
    onBlock(listener: (block: B) => void): () => void;
}

export interface BlockFeed {
    /** Ends the delivery without a status: the client has gone. */
    cancel(): void;
}

/**
 * Delivers blocks from `start` to `stop`, waiting for those that are not there yet, and ends with a status. Everything
 * that can be sent at once is sent before this function returns: a client counts its stream as open only when its first
 * block arrives. ⟵ common/deliver/deliver.go, common/ledger/blockledger/fileledger/impl.go
 */
export function openBlockFeed<B extends { readonly number: number }>(options: {
    readonly source: BlockSource<B>;
    readonly seek: SeekInfo;
    readonly send: (block: B) => void;
    /** Called once, unless cancelled. */
    readonly end: (status: number) => void;
    /** Asked before each block; false ends the delivery with FORBIDDEN. */
    readonly mayRead?: () => boolean;
}): BlockFeed {
    const { source, seek, send, mayRead } = options;
    let isOpen = true;
    let unsubscribe = (): void => undefined;
    const close = (): void => {
        isOpen = false;
        unsubscribe();
    };
    const end = (status: number): void => {
        close();
        options.end(status);
    };

    const range = findRange(seek, source.height);
    if ('status' in range) {
        end(range.status);
        return { cancel: close };
    }
    let next = range.first;
    const pump = (): void => {
        while (isOpen) {
            const block = source.blockByNumber(next);
            if (block === undefined) {
                if (seek.behavior === 'fail-if-not-ready') end(deliverStatus.notFound);
                return;
            }
            if (mayRead?.() === false) {
                end(deliverStatus.forbidden);
                return;
            }
            next++;
            send(block);
            if (block.number === range.last) end(deliverStatus.success);
        }
    };
    unsubscribe = source.onBlock(pump);
    pump();
    return { cancel: close };
}

/** First and last block number of a seek at this height, or the status that refuses it. */
function findRange(
    { start, stop }: SeekInfo,
    height: number,
): { readonly first: number; readonly last: number } | { readonly status: number } {
    if (start === undefined || stop === undefined) return { status: deliverStatus.badRequest };
    const first = firstNumber(start, height);
    if (first === undefined) return { status: deliverStatus.notFound };
    const last = lastNumber(stop, { start, first, height });
    return last === undefined ? { status: deliverStatus.badRequest } : { first, last };
}

function firstNumber(start: SeekPosition, height: number): number | undefined {
    switch (start.kind) {
        case 'oldest':
            return 0;
        case 'newest':
            return height - 1;
        case 'next-commit':
            return height;
        case 'specified':
            return start.number > height ? undefined : start.number;
        case 'unset':
            return undefined;
    }
}

function lastNumber(
    stop: SeekPosition,
    { start, first, height }: { readonly start: SeekPosition; readonly first: number; readonly height: number },
): number | undefined {
    switch (stop.kind) {
        case 'oldest':
            return first;
        case 'newest':
            return start.kind === 'newest' ? first : height - 1;
        case 'specified':
            return stop.number < first ? undefined : stop.number;
        case 'next-commit':
        case 'unset':
            // Fabric leaves the stop at 0 here, which only the genesis block meets.
            return 0;
    }
}
