import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hasErrorCode } from '../../backends/has-error-code';
import { digestOf, type ContentStore, type Deposit } from './content-store';
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
    async put(bytes: Uint8Array): Promise<Deposit> {
        const sha256 = digestOf(bytes);
        const present = await this.get(sha256);
        if (present !== undefined && digestOf(present) === sha256) return { sha256, withdraw: undefined };
        const file = this.#fileOf(sha256);
        const firstFolder = await this.#orUnusable(async () => {
            const made = await mkdir(dirname(file), { recursive: true });
            const draft = `${file}.${process.pid}.draft`;
            await writeFile(draft, bytes);
            await rename(draft, file);
            return made;
        });
        if (present !== undefined) return { sha256, withdraw: undefined };
        return { sha256, withdraw: (isNeeded) => this.#withdraw({ file, firstFolder }, isNeeded) };
    }

    async #withdraw({ file, firstFolder }: Written, isNeeded: () => Promise<boolean>): Promise<void> {
        const aside = `${file}.${process.pid}.withdrawn`;
        await this.#orUnusable(() => rename(file, aside));
        let stays = true;
        try {
            stays = await isNeeded();
        } finally {
            await this.#orUnusable(() => (stays ? rename(aside, file) : rm(aside)));
        }
        if (!stays && firstFolder !== undefined)
            await this.#orUnusable(() => removeEmptied(resolve(dirname(file)), resolve(firstFolder)));
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

/** What a deposit made. */
interface Written {
    readonly file: string;
    /** The outermost folder that was made for it; undefined when all were there. */
    readonly firstFolder: string | undefined;
}

/** Removes folders that hold nothing any more, from the innermost to the outermost. */
async function removeEmptied(innermost: string, outermost: string): Promise<void> {
    for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) {
        try {
            await rmdir(folder);
        } catch (error) {
            // Somebody else has put something in, or was quicker.
            if (hasErrorCode(error, 'ENOTEMPTY') || hasErrorCode(error, 'ENOENT')) return;
            throw error;
        }
    }
}

function pathOf(sha256: string): string {
    return `${sha256.slice(0, 2)}/${sha256}`;
}
