import { describe, expect, it } from '@jest/globals';
import { EndorserLosses, type EndorserLook } from '../../../../network/peers/endorser-losses';

const aLook = (more: Partial<EndorserLook> = {}): EndorserLook => ({
    name: 'peer0.primary',
    serves: false,
    hasEnded: false,
    isStopped: false,
    ...more,
});

describe('an endorser', () => {
    it('is lost at once when its process ended', () => {
        expect(new EndorserLosses(5_000).judge([aLook({ hasEnded: true })], 0)).toEqual([
            { name: 'peer0.primary', why: 'its process ended' },
        ]);
    });

    it('is lost when it runs and has not served for long enough, without a break', () => {
        const losses = new EndorserLosses(5_000);
        const found = [
            losses.judge([aLook()], 1_000),
            losses.judge([aLook()], 5_999),
            losses.judge([aLook({ serves: true })], 6_000),
            losses.judge([aLook()], 7_000),
            losses.judge([aLook()], 11_999),
            losses.judge([aLook()], 12_000),
        ];
        expect(found.map((lost) => lost.length)).toEqual([0, 0, 0, 0, 0, 1]);
        expect(found.at(-1)?.[0]?.why).toBe('it has not served for 5.0 s');
    });

    it('is never lost while it is stopped on purpose, and has its time anew afterwards', () => {
        const losses = new EndorserLosses(5_000);
        const found = [
            losses.judge([aLook()], 0),
            losses.judge([aLook({ isStopped: true, hasEnded: true })], 60_000),
            losses.judge([aLook()], 61_000),
            losses.judge([aLook()], 65_999),
        ];
        expect(found.flat()).toEqual([]);
    });
});
