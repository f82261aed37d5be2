import { describe, expect, it } from '@jest/globals';
import { joinNegativeNumbers } from '../../../scripts/typed-arguments';

describe('joinNegativeNumbers', () => {
    it.each([
        ['Set --value -5', 'Set --value=-5'],
        ['--value -5.25 --time 3', '--value=-5.25 --time 3'],
        ['--value -.5', '--value=-.5'],
        ['--rates -1,2', '--rates=-1,2'],
        ['--rates -1 -2', '--rates=-1 -2'],
        ['--rates=3 -2', '--rates=3 -2'],
        ['--rates -x', '--rates -x'],
        ['--from --to', '--from --to'],
        ['word -1', 'word -1'],
        ['-1', '-1'],
        ['-- --value -5', '-- --value -5'],
        ['--value -5 -- -1', '--value=-5 -- -1'],
        ['--value -', '--value -'],
        ['', ''],
    ])('makes of “%s” “%s”', (typed, joined) => {
        expect(joinNegativeNumbers(typed.split(' ')).join(' ')).toBe(joined);
    });
});
