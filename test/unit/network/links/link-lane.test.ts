import { beforeEach, describe, expect, it } from '@jest/globals';
import { LinkLane } from '../../../../network/links/link-lane';
import { LinkLine } from '../../../../network/links/link-line';
import { LinkSchedule } from '../../../../network/links/link-schedule';
import { ManualClock } from '../../../support/manual-clock';

describe('LinkLane', () => {
    let clock: ManualClock;
    let schedule: LinkSchedule;
    let line: LinkLine;
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
        const profile = { medium: '5g', latencyMs: 10, jitterMs: 0, lossRate: 0, kbps: 120 };
        schedule = new LinkSchedule(profile, () => 0.5);
        line = new LinkLine();
        lane = new LinkLane({ schedule, line, clock, connection: 1, onDrained: () => (drained += 1) });
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

    it('counts what is under way and tells when something has left', () => {
        lane.send(15, see('first'));
        lane.send(30, see('second'));
        expect(lane.queuedBytes).toBe(45);
        clock.advance(11);
        expect([lane.queuedBytes, drained]).toEqual([30, 1]);
        clock.advance(2);
        expect([lane.queuedBytes, drained]).toEqual([0, 2]);
    });

    it('is no later than a clock that only knows whole milliseconds can be early', () => {
        const coarse = Object.assign(clock, { slackMs: 0.5 });
        const late = new LinkLane({ schedule, line, clock: coarse, connection: 2, onDrained: () => undefined });
        late.send(15, see('on time'));
        late.send(6, see('half a millisecond early'));
        late.send(30, see('not yet'));
        clock.advance(11);
        expect(seen).toEqual([
            [11, 'on time'],
            [11, 'half a millisecond early'],
        ]);
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

    describe('over a line that is cut', () => {
        it('lets nothing arrive, whether sent before or after, and tells nobody', () => {
            lane.send(15, see('before'));
            clock.advance(10.5);
            line.cut();
            lane.send(15, see('after'));
            clock.advance(3_600_000);
            expect(seen).toEqual([]);
            expect(lane.queuedBytes).toBe(30);
            expect(clock.pending).toBe(0);
        });

        it('sends all of it once it is restored, in order, each byte taking its time again', () => {
            lane.send(15, see('before'));
            clock.advance(5);
            line.cut();
            lane.send(30, see('after'));
            clock.advance(995);
            line.restore();
            clock.advance(10);
            expect(seen).toEqual([]);
            clock.advance(100);
            expect(seen).toEqual([
                [1011, 'before'],
                [1013, 'after'],
            ]);
        });

        it('does not make up for time that lost bytes would have held the medium', () => {
            lane.send(15_000, see('long'));
            line.cut();
            lane.close();
            line.restore();
            const other = new LinkLane({ schedule, line, clock, connection: 2, onDrained: () => undefined });
            other.send(15, see('short'));
            clock.advance(11);
            expect(seen).toEqual([[11, 'short']]);
        });

        it('stays held by a full receiver after it is restored', () => {
            lane.hold();
            line.cut();
            lane.send(0, see('held'));
            line.restore();
            clock.advance(1000);
            expect(seen).toEqual([]);
            lane.release();
            clock.advance(0);
            expect(seen).toEqual([[1000, 'held']]);
        });

        it('may be cut and restored by what it delivers', () => {
            lane.send(0, () => {
                line.cut();
            });
            lane.send(0, see('later'));
            clock.advance(50);
            expect(seen).toEqual([]);
            line.restore();
            clock.advance(10);
            expect(seen).toEqual([[60, 'later']]);
        });
    });
});
