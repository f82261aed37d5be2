import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..');

function textFiles(folder: string): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.startsWith('dist'))
        .map((name) => join(folder, name));
}

/** The members of the fault unions: `readonly code: 'SOME_CODE'` in the type declarations. */
function declaredCodes(): Map<string, string> {
    const codes = new Map<string, string>();
    for (const file of ['chaincode/src', 'network', 'caliper'].flatMap(textFiles)) {
        for (const [, code] of readFileSync(join(root, file), 'utf8').matchAll(
            /readonly code:\s*'([A-Z][A-Z0-9_]+)'/g,
        )) {
            if (code !== undefined) codes.set(code, file);
        }
    }
    return codes;
}

describe('fault codes', () => {
    const tests = textFiles('test')
        .filter((file) => !file.endsWith('fault-codes.test.ts'))
        .map((file) => readFileSync(join(root, file), 'utf8'))
        .join('\n');

    it('are declared in unions that this test can see', () => {
        expect(declaredCodes().size).toBeGreaterThan(20);
    });

    it('are each named in a test', () => {
        const unnamed = [...declaredCodes()].filter(([code]) => !new RegExp(`\\b${code}\\b`).test(tests));
        expect(unnamed).toEqual([]);
    });
});
