import { describe, expect, it } from '@jest/globals';
import { compareUtf8 } from '../../../../network/wire/compare-utf8';

describe('compareUtf8', () => {
    it('puts U+10FFFF behind U+E000 and U+FFFF, where JavaScript puts it before', () => {
        expect(compareUtf8('\u{10ffff}', '\ue000')).toBeGreaterThan(0);
        expect(compareUtf8('\uffff', '\u{10000}')).toBeLessThan(0);
    });

    it('puts a text before any longer one that begins with it', () => {
        expect(compareUtf8('a', 'ab')).toBeLessThan(0);
        expect(compareUtf8('', 'a')).toBeLessThan(0);
        expect(compareUtf8('ab', 'ab')).toBe(0);
    });
});
