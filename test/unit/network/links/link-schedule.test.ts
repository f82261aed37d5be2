import { describe, expect, it } from '@jest/globals';
import type { LinkProfile } from '../../../../network/links/link-profile';
import { LinkSchedule } from '../../../../network/links/link-schedule';

const profile: LinkProfile = { medium: '4g', latencyMs: 60, jitterMs: 0, lossRate: 0, kbps: 8 }; // 1 byte a millisecond
const never = (): number => 0.5;

describe('LinkSchedule', () => {
    it('lets a chunk leave when its last bit is sent and has travelled', () => {
        expect(new LinkSchedule(profile, never).take(1, 100, 1000)).toBe(1160);
    });

    it('lets all connections share one bandwidth, in the order they come', () => {
        const schedule = new LinkSchedule(profile, never);
        expect([schedule.take(1, 100, 0), schedule.take(2, 50, 0), schedule.take(1, 10, 20)]).toEqual([160, 210, 220]);
    });

    it('charges nothing for the time the medium stood idle', () => {
        const schedule = new LinkSchedule(profile, never);
        schedule.take(1, 100, 0);
        expect(schedule.take(1, 100, 5000)).toBe(5160);
    });

    it.each([
        [0, 40],
        [0.5, 60],
        [0.75, 70],
    ])('moves the latency by up to the jitter, either way (random %d)', (random, leaveMs) => {
        expect(new LinkSchedule({ ...profile, jitterMs: 20 }, () => random).take(1, 0, 0)).toBe(leaveMs);
    });

    it('never lets jitter make a byte arrive before it was sent', () => {
        expect(new LinkSchedule({ ...profile, latencyMs: 5, jitterMs: 20 }, () => 0).take(1, 10, 0)).toBe(10);
    });

    it('keeps the order within a connection, and only there', () => {
        const draws = [1, 0, 0];
        const schedule = new LinkSchedule({ ...profile, jitterMs: 50 }, () => draws.shift() ?? 0);
        expect(schedule.take(1, 0, 0)).toBe(110);
        expect(schedule.take(1, 0, 1)).toBe(110);
        expect(schedule.take(2, 0, 1)).toBe(11);
    });

    it('forgets a connection that closed', () => {
        const draws = [1, 0];
        const schedule = new LinkSchedule({ ...profile, jitterMs: 50 }, () => draws.shift() ?? 0);
        schedule.take(1, 0, 0);
        schedule.forget(1);
        expect(schedule.take(1, 0, 0)).toBe(10);
    });

    it('cuts chunks into pieces of at most 5 ms of the medium, or one frame where that is less', () => {
        expect(new LinkSchedule(profile, never).pieceBytes).toBe(1500);
        expect(new LinkSchedule({ ...profile, kbps: 100_000 }, never).pieceBytes).toBe(62_500);
    });

    it('makes a lost segment late by a retransmission, and those behind it wait', () => {
        const draws = [0.9, 0.009, 0.9];
        const schedule = new LinkSchedule({ ...profile, lossRate: 0.01 }, () => draws.shift() ?? 0.9);
        expect(schedule.take(1, 100, 0)).toBe(160);
        // Lost once: twice the latency and 200 ms later.
        expect(schedule.take(1, 100, 1000)).toBe(1000 + 100 + 60 + 320);
        expect(schedule.take(1, 100, 1100)).toBe(1480);
        expect(schedule.take(2, 100, 1200)).toBe(1360);
    });

    it('makes the opening of a connection late by a whole second when it is lost', () => {
        const draws = [0, 0.9];
        const schedule = new LinkSchedule({ ...profile, lossRate: 0.01 }, () => draws.shift() ?? 0.9);
        expect(schedule.take(1, 0, 0)).toBe(1060);
    });

    it('gives up what was under way when it is interrupted', () => {
        const schedule = new LinkSchedule(profile, never);
        schedule.take(1, 10_000, 0);
        schedule.interrupt(1);
        expect(schedule.take(1, 10, 0)).toBe(70);
    });
});
