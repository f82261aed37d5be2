import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LinkStage } from '../../../../network/links/link-lane';
import { LinkLine } from '../../../../network/links/link-line';
import { LinkPath } from '../../../../network/links/link-path';
import { LinkSchedule } from '../../../../network/links/link-schedule';
import { ManualClock } from '../../../support/manual-clock';

describe('LinkPath', () => {
    let clock: ManualClock;
    let lines: LinkLine[];
    let seen: [number, number][];

    beforeEach(() => {
        clock = new ManualClock();
        lines = [];
        seen = [];
    });

    /** Bytes a millisecond, and latency. */
    function aStage(bytesPerMs: number, latencyMs: number): LinkStage {
        const line = new LinkLine();
        lines.push(line);
        const profile = { medium: '5g', latencyMs, jitterMs: 0, lossRate: 0, kbps: bytesPerMs * 8 };
        return { schedule: new LinkSchedule(profile, () => 0.5), line };
    }

    function aPath(...stages: LinkStage[]): LinkPath {
        return new LinkPath({ stages, clock, connection: 1, onDrained: () => undefined });
    }

    const see = (piece: Buffer): void => {
        seen.push([Math.round(clock.nowMs()), piece.length]);
    };

    it('takes the time of one medium behind the other', () => {
        aPath(aStage(10, 5), aStage(100, 20)).sendChunk(Buffer.alloc(1000), see);
        clock.advance(1000);
        // 100 ms onto the first, 5 ms over it, 10 ms onto the second, 20 ms over it.
        expect(seen).toEqual([[135, 1000]]);
    });

    it('cuts a chunk into pieces that the narrower medium can mix', () => {
        const path = aPath(aStage(15, 10), aStage(100_000, 0));
        path.sendChunk(Buffer.alloc(4000), see);
        expect(path.queuedBytes).toBe(4000);
        clock.advance(1000);
        expect(seen).toEqual([
            [110, 1500],
            [210, 1500],
            [277, 1000],
        ]);
        expect(path.queuedBytes).toBe(0);
    });

    it('lets nothing past the line that is cut, whichever it is', () => {
        const path = aPath(aStage(10, 5), aStage(10, 5));
        lines[1]?.cut();
        path.sendChunk(Buffer.alloc(10), see);
        clock.advance(1000);
        expect(seen).toEqual([]);
        lines[0]?.cut();
        lines[1]?.restore();
        path.sendChunk(Buffer.alloc(20), see);
        clock.advance(1000);
        // The first had crossed the first line before that was cut.
        expect(seen).toEqual([[1006, 10]]);
        lines[0]?.restore();
        clock.advance(1000);
        expect(seen).toEqual([
            [1006, 10],
            [2014, 20],
        ]);
    });

    it('is no delay at all within a site', () => {
        const path = aPath();
        path.sendChunk(Buffer.alloc(100_000), see);
        expect(seen).toEqual([[0, 100_000]]);
        expect(path.queuedBytes).toBe(0);
    });

    it('holds what would arrive until the receiver is ready', () => {
        const path = aPath(aStage(10, 5), aStage(10, 5));
        path.hold();
        path.sendChunk(Buffer.alloc(10), see);
        clock.advance(100);
        expect(seen).toEqual([]);
        path.release();
        clock.advance(0);
        expect(seen).toEqual([[100, 10]]);
    });

    it('delivers nothing once closed', () => {
        const path = aPath(aStage(10, 5), aStage(10, 5));
        path.sendChunk(Buffer.alloc(10), see);
        path.close();
        clock.advance(1000);
        expect(seen).toEqual([]);
        expect(clock.pending).toBe(0);
    });
});
