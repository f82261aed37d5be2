import { describe, expect, it } from '@jest/globals';
import { CaliperError } from '../../../../caliper/caliper-errors';
import { carriedConnections, haveAllCrossed } from '../../../../caliper/run/check-links';

const counts = (entries: Record<string, number>): Map<string, number> => new Map(Object.entries(entries));

const none = counts({});
const nothing = { accepted: none, carried: none };

describe('haveAllCrossed', () => {
    it('adds up what the relays of all media carried', () => {
        const relays = [{ carried: counts({ 'a:1': 2 }) }, { carried: counts({ 'a:1': 3, 'b:1': 1 }) }];
        expect(carriedConnections(relays)).toEqual(counts({ 'a:1': 5, 'b:1': 1 }));
    });

    it('is satisfied when each node accepted what was carried to it, and no more', () => {
        expect(
            haveAllCrossed(
                { accepted: counts({ 'a:1': 7, 'b:1': 4 }), carried: counts({ 'a:1': 5, 'b:1': 1 }) },
                { accepted: counts({ 'a:1': 2, 'b:1': 3 }), carried: none },
            ),
        ).toBe(true);
    });

    it('looks at what was accepted and carried since, where both had begun before', () => {
        const before = { accepted: counts({ 'a:1': 9 }), carried: counts({ 'a:1': 6 }) };
        const after = { accepted: counts({ 'a:1': 11 }), carried: counts({ 'a:1': 8 }) };
        expect(haveAllCrossed(after, before)).toBe(true);
        expect(() => haveAllCrossed({ ...after, carried: before.carried }, before)).toThrow(
            expect.objectContaining({ fault: { code: 'LINK_BYPASSED', node: 'a:1', accepted: 2, carried: 0 } }),
        );
    });

    it('waits for a connection that is carried and not yet accepted', () => {
        expect(haveAllCrossed({ accepted: counts({ 'a:1': 4 }), carried: counts({ 'a:1': 5 }) }, nothing)).toBe(false);
    });

    it('stops at a connection that crossed no link: LINK_BYPASSED', () => {
        const now = { accepted: counts({ 'a:1': 6 }), carried: counts({ 'a:1': 5 }) };
        const check = (): boolean => haveAllCrossed(now, nothing);
        expect(check).toThrow(CaliperError);
        expect(check).toThrow(
            expect.objectContaining({ fault: { code: 'LINK_BYPASSED', node: 'a:1', accepted: 6, carried: 5 } }),
        );
    });
});
