import { describe, expect, it } from '@jest/globals';
import { CaliperError } from '../../../../caliper/caliper-errors';
import { carriedConnections, haveAllCrossed } from '../../../../caliper/run/check-links';

const counts = (entries: Record<string, number>): Map<string, number> => new Map(Object.entries(entries));

describe('haveAllCrossed', () => {
    it('adds up what the relays of all media carried', () => {
        const relays = [{ carried: counts({ 'a:1': 2 }) }, { carried: counts({ 'a:1': 3, 'b:1': 1 }) }];
        expect(carriedConnections(relays)).toEqual(counts({ 'a:1': 5, 'b:1': 1 }));
    });

    it('is satisfied when each node accepted what was carried to it, and no more', () => {
        expect(
            haveAllCrossed(
                counts({ 'a:1': 7, 'b:1': 4 }),
                counts({ 'a:1': 2, 'b:1': 3 }),
                counts({ 'a:1': 5, 'b:1': 1 }),
            ),
        ).toBe(true);
    });

    it('waits for a connection that is carried and not yet accepted', () => {
        expect(haveAllCrossed(counts({ 'a:1': 4 }), counts({ 'a:1': 0 }), counts({ 'a:1': 5 }))).toBe(false);
    });

    it('stops at a connection that crossed no link: LINK_BYPASSED', () => {
        const check = (): boolean => haveAllCrossed(counts({ 'a:1': 6 }), counts({ 'a:1': 0 }), counts({ 'a:1': 5 }));
        expect(check).toThrow(CaliperError);
        expect(check).toThrow(
            expect.objectContaining({ fault: { code: 'LINK_BYPASSED', node: 'a:1', accepted: 6, carried: 5 } }),
        );
    });
});
