import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { defaultSourceLimits, type Source, type SourceLimits } from './source';
import { SourceError } from './source-errors';

/** A file of this machine. The ledger names it without its folders, which are nobody's business. */
export class FileSource implements Source {
    readonly name: string;
    readonly #path: string;
    readonly #maxBytes: number;

    constructor(
        path: string,
        { maxBytes, name }: SourceLimits & { readonly name?: string | undefined } = defaultSourceLimits,
    ) {
        this.#path = path;
        this.name = name ?? `file:${basename(path)}`;
        this.#maxBytes = maxBytes;
    }

    /** Throws SourceError: SOURCE_UNREADABLE, SOURCE_TOO_LARGE. */
    async read(): Promise<Buffer> {
        const parts: Buffer[] = [];
        let size = 0;
        try {
            for await (const part of createReadStream(this.#path) as AsyncIterable<Buffer>) {
                size += part.length;
                if (size > this.#maxBytes) break;
                parts.push(part);
            }
        } catch (cause) {
            const { code: why = String(cause) } = cause as { readonly code?: string };
            throw new SourceError({ code: 'SOURCE_UNREADABLE', source: this.#path, why }, { cause });
        }
        if (size > this.#maxBytes) {
            throw new SourceError({ code: 'SOURCE_TOO_LARGE', source: this.#path, maxBytes: this.#maxBytes });
        }
        return Buffer.concat(parts);
    }
}
