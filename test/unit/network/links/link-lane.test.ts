import { beforeEach, describe, expect, it } from '@jest/globals';
import { LinkLane } from '../../../../network/links/link-lane';
import { LinkSchedule } from '../../../../network/links/link-schedule';
import { ManualClock } from '../../../support/manual-clock';

describe('LinkLane', () => {
    let clock: ManualClock;
    let lane: LinkLane;
    let drained: number;
    let seen: [number, string][];
    const see = (what: string) => (): void => {
        seen.push([clock.nowMs(), what]);
    };

    beforeEach(() => {
        clock = new ManualClock();
        drained = 0;
        seen = [];
        // 15 bytes a millisecond, 10 ms late
        const schedule = new LinkSchedule({ medium: '5g', latencyMs: 10, jitterMs: 0, kbps: 120 }, () => 0.5);
        lane = new LinkLane({ schedule, clock, connection: 1, onDrained: () => (drained += 1) });
    });

    it('delivers each thing at its own time and not a millisecond before', () => {
        lane.send(15, see('first'));
        lane.send(30, see('second'));
        clock.advance(10);
        expect(seen).toEqual([]);
        clock.advance(1);
        expect(seen).toEqual([[11, 'first']]);
        clock.advance(100);
        expect(seen).toEqual([
            [11, 'first'],
            [13, 'second'],
        ]);
    });

    it('cuts a chunk and delivers its pieces one behind the other', () => {
        const pieces: [number, number][] = [];
        lane.sendChunk(Buffer.alloc(4000), (piece) => pieces.push([clock.nowMs(), piece.length]));
        expect(lane.queuedBytes).toBe(4000);
        clock.advance(1000);
        expect(pieces.map(([atMs, length]) => [Math.round(atMs), length])).toEqual([
            [110, 1500],
            [210, 1500],
            [277, 1000],
        ]);
        expect(lane.queuedBytes).toBe(0);
        expect(drained).toBe(3);
    });

    it('waits while the receiver is full', () => {
        lane.send(0, () => {
            lane.hold();
        });
        lane.send(0, see('after'));
        clock.advance(50);
        expect(seen).toEqual([]);
        lane.release();
        clock.advance(0);
        expect(seen).toEqual([[50, 'after']]);
    });

    it('delivers nothing once closed, even when closed by what it delivered', () => {
        lane.send(0, () => {
            lane.close();
        });
        lane.send(0, see('never'));
        clock.advance(100);
        lane.send(0, see('never'));
        clock.advance(100);
        expect(seen).toEqual([]);
    });
});
