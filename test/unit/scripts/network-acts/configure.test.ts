import { describe, expect, it } from '@jest/globals';
import { readChange } from '../../../../scripts/network-acts/configure';

describe('the options of configure', () => {
    it('are whole numbers, in milliseconds, transactions and bytes', () => {
        expect(readChange({ 'block-timeout': '100', 'block-count': '7', 'block-bytes': '65536' })).toEqual({
            timeoutMs: 100,
            maxMessageCount: 7,
            preferredMaxBytes: 65_536,
        });
        expect(readChange({ 'block-count': '7' })).toEqual({ maxMessageCount: 7 });
    });

    it.each([
        [{}, 'configure needs --block-timeout MS, --block-count N or --block-bytes N.'],
        [{ 'block-timeout': '2s' }, '--block-timeout "2s" is not a whole number of milliseconds.'],
        [{ 'block-count': '-1' }, '--block-count "-1" is not a whole number of transactions.'],
        [{ 'block-bytes': '1e6' }, '--block-bytes "1e6" is not a whole number of bytes.'],
    ])('%j: %s', (values, sentence) => {
        expect(() => readChange(values)).toThrow(sentence);
    });
});
