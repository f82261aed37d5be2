import { describe, expect, it } from '@jest/globals';
import { readAfter } from '../../../../scripts/network-acts/watch';

describe('how long an endorser may not serve', () => {
    it('is five seconds unless another time is given', () => {
        expect([readAfter({}), readAfter({ after: '1' }), readAfter({ after: '2.5' })]).toEqual([5_000, 1_000, 2_500]);
    });

    it.each(['', '0', '0.9', '3601', 'soon'])('is not "%s" (USAGE)', (after) => {
        expect(() => readAfter({ after })).toThrow(expect.objectContaining({ fault: { code: 'USAGE' } }));
    });
});
