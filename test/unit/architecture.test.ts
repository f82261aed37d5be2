import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** Pairs such as `network/wire/block.ts` · `newBlock`, as the walk writes them. */
const steps = [...text.matchAll(/`([\w./-]+\.ts)` · `(\w+)`/g)].map(([, file, symbol]) => ({
    file: file ?? '',
    symbol: symbol ?? '',
}));

describe('ARCHITECTURE.md', () => {
    it('walks from the terminal to the report', () => {
        expect(steps.length).toBeGreaterThanOrEqual(12);
    });

    it.each(steps)('names $file · $symbol, which exists', ({ file, symbol }) => {
        expect(existsSync(join(root, file))).toBe(true);
        expect(readFileSync(join(root, file), 'utf8')).toMatch(
            new RegExp(`(function|class|const|interface|async) \\*?${symbol}\\b`),
        );
    });

    it('names folders that exist', () => {
        const folders = [...text.matchAll(/^\| `([\w/-]+)\/?` +\|/gm)].map(([, folder]) => folder ?? '');
        expect(folders.length).toBeGreaterThan(8);
        expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
    });
});
