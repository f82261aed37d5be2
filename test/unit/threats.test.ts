import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs', 'threats.md'), 'utf8');
const [head = '', ...rows] = text.split('\n').filter((line) => line.startsWith('| '));
const threats = rows
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, feared = '', against = '', shown = '']) => ({
        feared,
        against,
        tests: [...shown.matchAll(/`([\w./-]+)`/g)].map(([, file]) => file ?? ''),
    }));

describe('docs/threats.md', () => {
    it('says what is feared, what stands against it and what shows it', () => {
        expect(head).toMatch(/^\| Feared +\| What stands against it +\| Shown by +\|$/);
        expect(threats.length).toBeGreaterThan(10);
    });

    it.each(threats)('names tests that exist against: $feared', ({ against, tests }) => {
        expect(against).not.toBe('');
        expect(tests.length).toBeGreaterThan(0);
        expect(tests.filter((file) => !file.startsWith('test/') || !existsSync(join(root, file)))).toEqual([]);
    });

    it('says what is not protected', () => {
        const [, notProtected = ''] = text.split('## What is not protected');
        expect(notProtected.match(/^- \*\*/gm)?.length).toBeGreaterThan(5);
    });
});
