import { describe, expect, it } from '@jest/globals';
import { requireChange } from '../../../../scripts/network-acts/upgrade';

describe('the options of upgrade', () => {
    it.each([[{ version: '0.2.0' }], [{ collections: 'wired' }], [{ version: '0.2.0', collections: 'wired' }]])(
        'are a version, collections or both: %j',
        (values) => {
            expect(() => {
                requireChange(values);
            }).not.toThrow();
        },
    );

    it.each([
        [{}, 'upgrade needs --version V, --collections NAME|FILE or both.'],
        [{ version: '0 2' }, '--version "0 2" is not a version: use letters, digits and _ . + - alone.'],
    ])('%j: %s', (values, sentence) => {
        expect(() => {
            requireChange(values);
        }).toThrow(sentence);
    });
});
