import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode } from '../../backends/has-error-code';
import { digestOf, type ContentStore } from './content-store';

/** A store in a folder: each document is one file, in a folder named by the digest's first two digits. */
export class LocalContentStore implements ContentStore {
    readonly #folder: string;

    constructor(folder: string) {
        this.#folder = folder;
    }

    /** Written beside its place and moved there whole; what was damaged is put right. */
    async put(bytes: Uint8Array): Promise<string> {
        const sha256 = digestOf(bytes);
        const present = await this.get(sha256);
        if (present === undefined || digestOf(present) !== sha256) {
            const file = this.#fileOf(sha256);
            await mkdir(dirname(file), { recursive: true });
            const draft = `${file}.${process.pid}.draft`;
            await writeFile(draft, bytes);
            await rename(draft, file);
        }
        return sha256;
    }

    async get(sha256: string): Promise<Buffer | undefined> {
        try {
            return await readFile(this.#fileOf(sha256));
        } catch (error) {
            if (hasErrorCode(error, 'ENOENT')) return undefined;
            throw error;
        }
    }

    placeOf(sha256: string): string {
        return `folder:${pathOf(sha256)}`;
    }

    #fileOf(sha256: string): string {
        return join(this.#folder, ...pathOf(sha256).split('/'));
    }
}

function pathOf(sha256: string): string {
    return `${sha256.slice(0, 2)}/${sha256}`;
}
