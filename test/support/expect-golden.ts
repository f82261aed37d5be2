import { expect } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const folder = join(__dirname, '..', 'golden', 'expected');

/** Compares a whole text with test/golden/expected/<name>. `UPDATE_GOLDEN=1` writes it instead: look at the difference. */
export async function expectGolden(name: string, actual: string): Promise<void> {
    const file = join(folder, name);
    if (process.env['UPDATE_GOLDEN'] === '1') {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, actual);
    }
    expect(actual).toBe(await readFile(file, 'utf8'));
}
