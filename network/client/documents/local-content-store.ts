import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode } from '../../backends/has-error-code';
import { digestOf, type ContentStore } from './content-store';
import { DocumentError } from './document-errors';

/**
 * A store in a folder: each document is one file, in a folder named by the digest's first two digits. Throws
 * DocumentError STORE_UNUSABLE where the folder cannot be read or written.
 */
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
            await this.#orUnusable(async () => {
                const file = this.#fileOf(sha256);
                await mkdir(dirname(file), { recursive: true });
                const draft = `${file}.${process.pid}.draft`;
                await writeFile(draft, bytes);
                await rename(draft, file);
            });
        }
        return sha256;
    }

    async get(sha256: string): Promise<Buffer | undefined> {
        return this.#orUnusable(async () => {
            try {
                return await readFile(this.#fileOf(sha256));
            } catch (error) {
                if (hasErrorCode(error, 'ENOENT')) return undefined;
                throw error;
            }
        });
    }

    placeOf(sha256: string): string {
        return `folder:${pathOf(sha256)}`;
    }

    /** An error of the file system has a code; any other is a bug, and is thrown on. */
    async #orUnusable<T>(act: () => Promise<T>): Promise<T> {
        try {
            return await act();
        } catch (cause) {
            const { code } = cause as { readonly code?: unknown };
            if (typeof code !== 'string') throw cause;
            throw new DocumentError({ code: 'STORE_UNUSABLE', folder: this.#folder, why: code }, { cause });
        }
    }

    #fileOf(sha256: string): string {
        return join(this.#folder, ...pathOf(sha256).split('/'));
    }
}

function pathOf(sha256: string): string {
    return `${sha256.slice(0, 2)}/${sha256}`;
}
