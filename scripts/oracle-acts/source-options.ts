import { FileSource } from '../../network/client/oracles/file-source';
import { HttpSource } from '../../network/client/oracles/http-source';
import type { ValuePick } from '../../network/client/oracles/pick-value';
import { readSourceCa } from '../../network/client/oracles/read-source-ca';
import { defaultSourceLimits, type Source } from '../../network/client/oracles/source';
import type { ActOptions, ActValues } from '../network-acts/network-act';
import { UsageError } from '../run-script';
import { numberFrom } from './oracle-options';

/** Options that say what is read, and where in it the value stands. */
export const sourceOptions = {
    file: { type: 'string', value: 'FILE', usage: 'the source: a file' },
    url: { type: 'string', value: 'ADDRESS', usage: 'the source: an http or https address' },
    column: { type: 'string', value: 'NAME', usage: 'CSV: the column of the value' },
    row: {
        type: 'string',
        value: 'COLUMN=TEXT',
        usage: 'CSV: the row in which another column holds a text; the last one',
    },
    separator: { type: 'string', value: 'C', usage: 'CSV: what stands between cells; a comma' },
    pointer: { type: 'string', value: '/A/B', usage: 'JSON: the way to the value, as RFC 6901 writes it' },
    source: {
        type: 'string',
        value: 'NAME',
        usage: 'how the ledger names the source, for everybody; its address or file',
    },
    'max-bytes': { type: 'string', value: 'N', usage: 'larger sources are refused; 1048576' },
    timeout: { type: 'string', value: 'SECONDS', usage: 'how long an address may take; 10' },
    'source-ca': {
        type: 'string',
        value: 'FILE',
        usage: 'https: who alone may vouch for the address, certificates in PEM; whom Node trusts',
    },
} as const satisfies ActOptions;
type Values = ActValues<typeof sourceOptions>;

/** Where the value stands; undefined when nothing was said about it. Throws UsageError. */
export function pickOf(values: Values): ValuePick | undefined {
    const { column, row, separator, pointer } = values;
    const [stray] = Object.entries({ row, separator }).filter(([, value]) => value !== undefined);
    if (pointer !== undefined) {
        if (column !== undefined || stray !== undefined) {
            throw new UsageError('Give either --pointer, for JSON, or --column, --row and --separator, for CSV.');
        }
        return pointerPick(pointer);
    }
    if (column !== undefined) return csvPick({ column, row, separator });
    if (stray !== undefined) throw new UsageError(`--${stray[0]} needs --column, which names the value.`);
    return undefined;
}

function pointerPick(pointer: string): ValuePick {
    if (pointer === '' || pointer.startsWith('/')) return { format: 'json', pointer };
    throw new UsageError(`--pointer ${pointer} does not begin with a slash, as RFC 6901 has it.`);
}

function csvPick({
    column,
    row,
    separator = ',',
}: {
    readonly column: string;
    readonly row: string | undefined;
    readonly separator: string | undefined;
}): ValuePick {
    if (separator.length !== 1) throw new UsageError(`--separator ${separator} is not one character.`);
    const pick = { format: 'csv', separator, column } as const;
    return row === undefined ? pick : { ...pick, row: rowOf(row) };
}

/** The source that was named. Throws UsageError, SourceError: SOURCE_ADDRESS_INVALID, SOURCE_CA_UNUSABLE. */
export async function sourceOf(values: Values, pick: ValuePick | undefined): Promise<Source> {
    const { file, url, source: name } = values;
    if ((file === undefined) === (url === undefined)) throw new UsageError('run needs either --file or --url.');
    const maxBytes =
        values['max-bytes'] === undefined
            ? defaultSourceLimits.maxBytes
            : numberFrom('max-bytes', values['max-bytes'], { min: 1, max: 1_073_741_824 });
    if (file !== undefined) {
        const [stray] = (['timeout', 'source-ca'] as const).filter((option) => values[option] !== undefined);
        if (stray !== undefined) throw new UsageError(`--${stray} belongs to --url.`);
        return new FileSource(file, { maxBytes, name });
    }
    const timeoutMs =
        values.timeout === undefined
            ? defaultSourceLimits.timeoutMs
            : 1000 * numberFrom('timeout', values.timeout, { min: 0.1, max: 600 });
    const ca = values['source-ca'] === undefined ? undefined : await caOf(values['source-ca'], url ?? '');
    return new HttpSource(url ?? '', { maxBytes, timeoutMs, format: pick?.format ?? 'any', name, ca });
}

async function caOf(file: string, url: string): Promise<string> {
    if (/^http:/i.test(url)) throw new UsageError('--source-ca belongs to an https address.');
    return readSourceCa(file);
}

function rowOf(text: string): { readonly column: string; readonly value: string } {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--row ${text} is not COLUMN=TEXT.`);
    return { column: text.slice(0, at), value: text.slice(at + 1) };
}
