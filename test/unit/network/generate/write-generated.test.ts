import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAll } from '../../../../network/generate/generate-all';
import { writeGenerated } from '../../../../network/generate/write-generated';

const one = { path: 'docs/one.md', content: 'one\n' };
const two = { path: 'two.yaml', content: 'two\n' };
let root: string;

beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'generated-'));
});

afterEach(async () => {
    await rm(root, { recursive: true });
});

describe('generateAll', () => {
    it('gathers all renderings in the order of their paths', () => {
        expect(generateAll([two], [one])).toEqual([one, two]);
    });

    it('refuses two files at one path', () => {
        const fault = { code: 'GENERATED_TWICE', path: one.path };
        expect(() => generateAll([one], [{ ...one, content: 'other' }])).toThrow(expect.objectContaining({ fault }));
    });
});

describe('writeGenerated', () => {
    it('writes what differs and tells it, and nothing the second time', async () => {
        expect(await writeGenerated(root, [one, two], { check: false })).toEqual([one.path, two.path]);
        expect(await readFile(join(root, one.path), 'utf8')).toBe(one.content);
        expect(await writeGenerated(root, [one, two], { check: false })).toEqual([]);
    });

    it('only tells what differs when asked to check', async () => {
        await writeGenerated(root, [one], { check: false });
        await writeFile(join(root, one.path), 'changed by hand\n');
        expect(await writeGenerated(root, [one, two], { check: true })).toEqual([one.path, two.path]);
        expect(await readFile(join(root, one.path), 'utf8')).toBe('changed by hand\n');
        await expect(readFile(join(root, two.path))).rejects.toThrow('ENOENT');
    });
});
