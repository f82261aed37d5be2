import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildChaincode } from '../../../../network/backends/build-chaincode';

describe('buildChaincode', () => {
    let folder: string;
    const file = (...path: string[]): string => join(folder, ...path);

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'chaincode-'));
        mkdirSync(file('src', 'inner'), { recursive: true });
        const compilerOptions = { target: 'es2022', module: 'commonjs', experimentalDecorators: true };
        writeFileSync(file('tsconfig.json'), JSON.stringify({ compilerOptions }));
        writeFileSync(file('src', 'index.ts'), 'export const answer: number = 42;');
        writeFileSync(file('src', 'inner', 'deep.ts'), 'export type Only = string;\nexport const deep = true;');
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it('compiles every source to where a package would have it', async () => {
        await buildChaincode(folder);
        expect(readFileSync(file('dist', 'index.js'), 'utf8')).toContain('exports.answer = 42');
        expect(readFileSync(file('dist', 'inner', 'deep.js'), 'utf8')).toContain('exports.deep = true');
    });

    it('compiles again only what has changed since', async () => {
        await buildChaincode(folder);
        const early = new Date(Date.now() - 60_000);
        for (const path of [file('src', 'index.ts'), file('src', 'inner', 'deep.ts')]) utimesSync(path, early, early);
        const before = statSync(file('dist', 'inner', 'deep.js')).mtimeMs;
        writeFileSync(file('src', 'index.ts'), 'export const answer: number = 43;');
        const late = new Date(Date.now() + 60_000);
        utimesSync(file('src', 'index.ts'), late, late);
        await buildChaincode(folder);
        expect(readFileSync(file('dist', 'index.js'), 'utf8')).toContain('exports.answer = 43');
        expect(statSync(file('dist', 'inner', 'deep.js')).mtimeMs).toBe(before);
    });

    it('says which file cannot be compiled, and why (CHAINCODE_NOT_BUILT)', async () => {
        writeFileSync(file('src', 'broken.ts'), 'export const = ;');
        await expect(buildChaincode(folder)).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_NOT_BUILT', directory: folder },
        });
        await expect(buildChaincode(folder)).rejects.toThrow(/src\/broken\.ts: /);
    });

    it('leaves a chaincode alone that has no sources to compile', async () => {
        rmSync(file('src'), { recursive: true });
        await expect(buildChaincode(folder)).resolves.toBeUndefined();
    });
});
