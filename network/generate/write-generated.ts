import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from './generate-all';

export interface WriteOptions {
    /** Only tell what differs. */
    readonly check: boolean;
}

/** Writes the files that differ from the tree below `root`, or with `check` leaves them; answers their paths. */
export async function writeGenerated(
    root: string,
    files: readonly GeneratedFile[],
    { check }: WriteOptions,
): Promise<string[]> {
    const different: string[] = [];
    for (const { path, content } of files) {
        const target = join(root, path);
        if ((await readTextOrNothing(target)) === content) continue;
        different.push(path);
        if (check) continue;
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
    }
    return different;
}

async function readTextOrNothing(path: string): Promise<string | undefined> {
    try {
        return await readFile(path, 'utf8');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
    }
}
