import { describe, expect, it } from '@jest/globals';
import { requireView } from '../../../scripts/ledger-views';
import { UsageError } from '../../../scripts/run-script';

describe('a view of the ledger as it is typed', () => {
    it.each<[string, string[], string[]]>([
        ['blocks', [], ['from', 'topology']],
        ['tx', ['ab'], ['as']],
        ['verify', ['ab.receipt'], ['genesis']],
        ['anchor', ['a.pdf'], ['name', 'store', 'as', 'profile']],
        ['check', ['a.pdf'], []],
    ])('is taken: %s %j with %j', (view, words, given) => {
        expect(() => {
            requireView(view, words, given);
        }).not.toThrow();
    });

    it.each<[string, string[], string[], string]>([
        ['block', [], [], 'There is no view "block": say blocks, tx, '],
        ['constructor', [], [], 'There is no view "constructor"'],
        ['anchor', [], [], 'anchor needs FILE; --help'],
        ['check', ['a', 'b'], [], '"b" is too much for check; --help'],
        ['blocks', ['3'], [], '"3" is too much for blocks'],
        ['check', ['a'], ['from'], '--from is not an option of check'],
        ['verify', ['a'], ['as'], '--as is not an option of verify'],
    ])('is refused: %s %j with %j', (view, words, given, sentence) => {
        const act = (): void => {
            requireView(view, words, given);
        };
        expect(act).toThrow(UsageError);
        expect(act).toThrow(sentence);
    });
});
