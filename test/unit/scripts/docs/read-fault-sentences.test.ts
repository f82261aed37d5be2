import { describe, expect, it } from '@jest/globals';

import { readFaultSentences } from '../../../../scripts/docs/read-fault-sentences';

const head = "type F = { readonly code: 'ONE_LOST'; readonly name: string } | { readonly code: 'TWO_LOST' };";

describe('readFaultSentences', () => {
    it('puts the names of the data where they come in', () => {
        const source = `${head}
            function describeF(fault: F): string { switch (fault.code) {
                case 'ONE_LOST': return (\`The \${quote(fault.name)} is \` + 'lost.');
                case 'TWO_LOST': return describeTwo(fault);
            } }
            function describeTwo(fault: F): string { const last = 1; return \`Two of \${last}.\`; }`;
        expect(readFaultSentences(source)).toEqual([
            { code: 'ONE_LOST', sentence: 'The ‹name› is lost.' },
            { code: 'TWO_LOST', sentence: 'Two of ‹last›.' },
        ]);
    });

    it('reads a table of sentences as well', () => {
        const source = `${head}
            const sentences = {
                ONE_LOST: ({ name }) => \`The \${name} is \` + 'lost.',
                TWO_LOST: () => { return 'Two.'; },
            };`;
        expect(readFaultSentences(source)).toEqual([
            { code: 'ONE_LOST', sentence: 'The ‹name› is lost.' },
            { code: 'TWO_LOST', sentence: 'Two.' },
        ]);
    });

    it('reads a union of one code without a switch', () => {
        const source =
            "interface F { readonly code: 'ALONE' }\nfunction describeF(fault: F) { return `Alone at ${fault.code}.`; }";
        expect(readFaultSentences(source)).toEqual([{ code: 'ALONE', sentence: 'Alone at ‹code›.' }]);
    });

    it('keeps a code for which it finds no sentence', () => {
        expect(readFaultSentences(head).map(({ code }) => code)).toEqual(['ONE_LOST', 'TWO_LOST']);
    });
});
