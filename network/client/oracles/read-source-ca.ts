import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SourceError } from './source-errors';

/**
 * The certificates of a PEM file, and nothing else that stands in it, for `HttpSource`. Throws SourceError
 * SOURCE_CA_UNUSABLE.
 */
export async function readSourceCa(file: string): Promise<string> {
    const refuse = (why: string, cause?: unknown): SourceError =>
        new SourceError({ code: 'SOURCE_CA_UNUSABLE', source: file, why }, { cause });
    const text = await readFile(file, 'latin1').catch((cause: unknown) => {
        const { code: why = String(cause) } = cause as { readonly code?: string };
        throw refuse(why, cause);
    });
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0) throw refuse('it holds no certificate in PEM');
    blocks.forEach((block, index) => {
        try {
            new X509Certificate(block);
        } catch (cause) {
            throw refuse(`its certificate ${index + 1} is damaged`, cause);
        }
    });
    return blocks.join('\n');
}
