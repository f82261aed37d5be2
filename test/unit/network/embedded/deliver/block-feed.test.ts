import { beforeEach, describe, expect, it } from '@jest/globals';
import { openBlockFeed, type BlockFeed, type BlockSource } from '../../../../../network/embedded/deliver/block-feed';
import type { SeekInfo, SeekPosition } from '../../../../../network/wire/seek';

class Chain implements BlockSource<{ readonly number: number }> {
    height = 3;
    readonly listeners = new Set<(block: { readonly number: number }) => void>();

    blockByNumber(number: number): { readonly number: number } | undefined {
        return number < this.height ? { number } : undefined;
    }

    onBlock(listener: (block: { readonly number: number }) => void): () => void {
        this.listeners.add(listener);
        return () => {
            this.listeners.delete(listener);
        };
    }

    grow(): void {
        const block = { number: this.height++ };
        for (const listener of [...this.listeners]) listener(block);
    }
}

const forEver: SeekPosition = { kind: 'specified', number: Number.MAX_SAFE_INTEGER };
const at = (number: number): SeekPosition => ({ kind: 'specified', number });

describe('openBlockFeed', () => {
    let chain: Chain;
    let seen: (number | string)[];
    let mayRead: boolean;

    beforeEach(() => {
        chain = new Chain();
        seen = [];
        mayRead = true;
    });

    function open(
        start: SeekPosition | undefined,
        stop: SeekPosition | undefined,
        behavior: SeekInfo['behavior'] = 'block-until-ready',
    ): BlockFeed {
        return openBlockFeed({
            source: chain,
            seek: { start, stop, behavior },
            send: ({ number }) => seen.push(number),
            end: (status) => seen.push(`status ${status}`),
            mayRead: () => mayRead,
        });
    }

    it('of an empty position finds no start, and takes 0 for the stop', () => {
        open({ kind: 'unset' }, forEver);
        open({ kind: 'oldest' }, { kind: 'unset' });
        expect(seen).toEqual(['status 404', 0, 'status 200']);
    });

    it('sends the newest block at once and then every new one', () => {
        open({ kind: 'newest' }, forEver);
        expect(seen).toEqual([2]);
        chain.grow();
        chain.grow();
        expect(seen).toEqual([2, 3, 4]);
    });

    it('sends everything from the oldest on', () => {
        open({ kind: 'oldest' }, forEver);
        expect(seen).toEqual([0, 1, 2]);
    });

    it('waits for the next commit', () => {
        open({ kind: 'next-commit' }, forEver);
        expect(seen).toEqual([]);
        chain.grow();
        expect(seen).toEqual([3]);
    });

    it('ends with success behind the block it was to stop at', () => {
        open(at(1), at(3));
        expect(seen).toEqual([1, 2]);
        chain.grow();
        chain.grow();
        expect(seen).toEqual([1, 2, 3, 'status 200']);
        expect(chain.listeners.size).toBe(0);
    });

    it.each<[string, SeekPosition, SeekPosition, (number | string)[]]>([
        ['newest to newest is one block', { kind: 'newest' }, { kind: 'newest' }, [2, 'status 200']],
        ['oldest to newest is all there is', { kind: 'oldest' }, { kind: 'newest' }, [0, 1, 2, 'status 200']],
        ['a stop at the oldest is the start itself', at(1), { kind: 'oldest' }, [1, 'status 200']],
        ['a start beyond the next block is not found', at(4), forEver, ['status 404']],
        ['a stop before the start is a bad request', at(2), at(1), ['status 400']],
        ['a start at the next block waits', at(3), at(3), []],
    ])('%s', (_, start, stop, expected) => {
        open(start, stop);
        expect(seen).toEqual(expected);
    });

    it.each<[string, SeekPosition | undefined, SeekPosition | undefined]>([
        ['start', undefined, forEver],
        ['stop', { kind: 'newest' }, undefined],
    ])('refuses a seek without %s as a bad request', (_, start, stop) => {
        open(start, stop);
        expect(seen).toEqual(['status 400']);
    });

    it('ends with not found instead of waiting, when asked to', () => {
        open(at(2), at(5), 'fail-if-not-ready');
        expect(seen).toEqual([2, 'status 404']);
        chain.grow();
        expect(seen).toHaveLength(2);
    });

    it('asks anew before each block whether the client may read it', () => {
        open({ kind: 'newest' }, forEver);
        mayRead = false;
        chain.grow();
        expect(seen).toEqual([2, 'status 403']);
    });

    it('sends nothing more once cancelled, no status either', () => {
        const feed = open({ kind: 'newest' }, forEver);
        feed.cancel();
        chain.grow();
        expect(seen).toEqual([2]);
        expect(chain.listeners.size).toBe(0);
    });
});
