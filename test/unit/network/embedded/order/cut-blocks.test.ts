import { beforeEach, describe, expect, it } from '@jest/globals';
import { BlockCutter } from '../../../../../network/embedded/order/cut-blocks';
import { ManualClock } from '../../../../support/manual-clock';

describe('BlockCutter', () => {
    let clock: ManualClock;
    let batches: string[][];
    let cutter: BlockCutter;

    beforeEach(() => {
        clock = new ManualClock();
        batches = [];
        cutter = new BlockCutter({
            clock,
            limits: { timeoutMs: 2000, maxMessageCount: 3, preferredMaxBytes: 100 },
            onBatch: (envelopes) => {
                batches.push(envelopes.map(String));
            },
        });
    });

    function add(name: string, sizeBytes = 10): void {
        cutter.add({ envelopeBytes: Buffer.from(name), sizeBytes });
    }

    it('cuts at once when the count is reached, and sets no timer for nothing', () => {
        add('a');
        add('b');
        expect(batches).toEqual([]);
        add('c');
        expect(batches).toEqual([['a', 'b', 'c']]);
        expect(clock.pending).toBe(0);
        clock.advance(10_000);
        expect(batches).toHaveLength(1);
    });

    it('cuts what waits when the timeout is over, not before', () => {
        add('a');
        clock.advance(1999);
        expect(batches).toEqual([]);
        clock.advance(1);
        expect(batches).toEqual([['a']]);
    });

    it('does not restart the timeout for a later message', () => {
        add('a');
        clock.advance(1500);
        add('b');
        clock.advance(500);
        expect(batches).toEqual([['a', 'b']]);
    });

    it('starts the timeout anew after a cut', () => {
        add('a');
        clock.advance(2000);
        clock.advance(1000);
        add('b');
        clock.advance(1999);
        expect(batches).toEqual([['a']]);
        clock.advance(1);
        expect(batches).toEqual([['a'], ['b']]);
    });

    it('cuts what waits before a message that would exceed the preferred bytes, and keeps that message', () => {
        add('a', 60);
        add('b', 41);
        expect(batches).toEqual([['a']]);
        clock.advance(2000);
        expect(batches).toEqual([['a'], ['b']]);
    });

    it('keeps the running timeout when bytes cut a batch', () => {
        add('a', 60);
        clock.advance(1500);
        add('b', 60);
        clock.advance(500);
        expect(batches).toEqual([['a'], ['b']]);
    });

    it('fills a block up to exactly the preferred bytes', () => {
        add('a', 60);
        add('b', 40);
        expect(batches).toEqual([]);
        clock.advance(2000);
        expect(batches).toEqual([['a', 'b']]);
    });

    it('isolates a message larger than the preferred bytes, behind what waits', () => {
        add('a');
        add('huge', 101);
        expect(batches).toEqual([['a'], ['huge']]);
        expect(clock.pending).toBe(0);
    });

    it('isolates a message larger than the preferred bytes when nothing waits', () => {
        add('huge', 101);
        expect(batches).toEqual([['huge']]);
    });

    it('cuts nothing more once stopped', () => {
        add('a');
        cutter.stop();
        clock.advance(10_000);
        expect(batches).toEqual([]);
    });
});
