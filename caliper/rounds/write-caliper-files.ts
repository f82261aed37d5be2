import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import type { RunFile } from './caliper-files';

/** Writes the files of a run; those with private keys are readable by their owner only. */
export async function writeCaliperFiles(files: readonly RunFile[]): Promise<void> {
    for (const { path, content, secret } of files) {
        await mkdir(dirname(path), { recursive: true });
        const text = path.endsWith('.json') ? JSON.stringify(content, null, 2) : stringify(content);
        await writeFile(path, text, { mode: secret ? 0o600 : 0o644 });
    }
}
