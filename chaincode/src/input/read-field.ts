import { ContractError } from '../faults/contract-error';
import { identifierPattern, inputLimits, type InputReason } from './input-api';

/** Reads one value that came from outside, or throws MALFORMED_INPUT with its path. */
export type Reader<T> = (value: unknown, path: string) => T;

export function malformed(path: string, reason: InputReason): ContractError {
    return new ContractError({ code: 'MALFORMED_INPUT', path, reason });
}

/** Letters, digits, dot, underscore, hyphen: safe in keys, file names and host names. */
export const identifier: Reader<string> = (value, path) => {
    const text = textOf(value, path);
    if (text.length > inputLimits.identifierLength) {
        throw malformed(path, 'too-long');
    }
    if (!identifierPattern.test(text)) {
        throw malformed(path, 'not-an-identifier');
    }
    return text;
};

/** A name or sentence for people: any script, no control characters. */
export function label(maxLength: number): Reader<string> {
    return (value, path) => {
        const text = textOf(value, path);
        if (text.length === 0) {
            throw malformed(path, 'too-few');
        }
        if (text.length > maxLength) {
            throw malformed(path, 'too-long');
        }
        if (!isPrintable(text)) {
            throw malformed(path, 'control-character');
        }
        return text;
    };
}

/** Text that may be empty; what it means is for its own parser. */
export function text(maxLength: number): Reader<string> {
    return (value, path) => {
        const read = textOf(value, path);
        if (read.length > maxLength) {
            throw malformed(path, 'too-long');
        }
        return read;
    };
}

export const truth: Reader<boolean> = (value, path) => {
    if (typeof value !== 'boolean') {
        throw malformed(path, 'not-true-or-false');
    }
    return value;
};

export const finiteNumber: Reader<number> = (value, path) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw malformed(path, 'not-a-finite-number');
    }
    return value;
};

export function wholeNumber(range: { readonly min: number; readonly max: number }): Reader<number> {
    return (value, path) => {
        const read = finiteNumber(value, path);
        if (!Number.isSafeInteger(read)) {
            throw malformed(path, 'not-a-whole-number');
        }
        if (read < range.min) {
            throw malformed(path, 'too-small');
        }
        if (read > range.max) {
            throw malformed(path, 'too-large');
        }
        return read;
    };
}

export function oneOf<const T extends string>(known: readonly T[]): Reader<T> {
    return (value, path) => {
        const found = known.find((candidate) => candidate === value);
        if (found === undefined) {
            throw malformed(path, 'not-one-of-the-known');
        }
        return found;
    };
}

export function listOf<T>(
    reader: Reader<T>,
    size: { readonly min: number; readonly max: number },
): Reader<readonly T[]> {
    return (value, path) => {
        if (!Array.isArray(value)) {
            throw malformed(path, 'not-a-list');
        }
        if (value.length < size.min) {
            throw malformed(path, 'too-few');
        }
        if (value.length > size.max) {
            throw malformed(path, 'too-many');
        }
        return value.map((item, index) => reader(item, `${path}[${index}]`));
    };
}

/** A list of identifiers that names none twice. */
export function distinctIdentifiers(size: { readonly min: number; readonly max: number }): Reader<readonly string[]> {
    const list = listOf(identifier, size);
    return (value, path) => {
        const read = list(value, path);
        read.forEach((item, index) => {
            if (read.indexOf(item) !== index) {
                throw malformed(`${path}[${index}]`, 'twice-the-same');
            }
        });
        return read;
    };
}

/** An object with exactly these fields; those named in `optional` may be absent. */
export function recordOf<T extends object>(
    readers: { readonly [Field in keyof T]-?: Reader<Exclude<T[Field], undefined>> },
    optional: readonly (keyof T & string)[] = [],
): Reader<T> {
    const fields = Object.entries<Reader<unknown>>(readers);
    return (value, path) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
            throw malformed(path, 'not-an-object');
        }
        for (const key of Object.keys(value)) {
            if (!Object.hasOwn(readers, key)) {
                throw malformed(pathOfUnknown(path, key), 'unknown-field');
            }
        }
        const read: Record<string, unknown> = {};
        for (const [key, reader] of fields) {
            if (Object.hasOwn(value, key)) {
                read[key] = reader((value as Record<string, unknown>)[key], pathOf(path, key));
            } else if (!optional.includes(key as keyof T & string)) {
                throw malformed(pathOf(path, key), 'missing-field');
            }
        }
        return read as T;
    };
}

/** A list with exactly these columns, each read by its reader. Faults name the column. */
export function rowOf<const Row extends readonly unknown[]>(
    ...columns: { readonly [Column in keyof Row]: readonly [name: string, reader: Reader<Row[Column]>] }
): Reader<Row> {
    const cells = listOf<unknown>((cell) => cell, { min: columns.length, max: columns.length });
    return (value, path) => {
        const row = cells(value, path);
        return columns.map(([name, reader], column) => reader(row[column], pathOf(path, name))) as unknown as Row;
    };
}

/** The one argument of a transaction: JSON text of at most `argumentLength` characters. */
export function readArgument<T>(argument: string, reader: Reader<T>): T {
    if (argument.length > inputLimits.argumentLength) {
        throw malformed('', 'too-long');
    }
    let value: unknown;
    try {
        value = JSON.parse(argument);
    } catch {
        throw malformed('', 'not-json');
    }
    return reader(value, '');
}

function textOf(value: unknown, path: string): string {
    if (typeof value !== 'string') {
        throw malformed(path, 'not-text');
    }
    return value;
}

const plainAscii = /^[\x20-\x7e]*$/;

/** False for control characters, halves of surrogate pairs, and U+10FFFF, by which Fabric ends a key range. */
export function isPrintable(value: string): boolean {
    if (plainAscii.test(value)) {
        return true;
    }
    for (const character of value) {
        const code = character.codePointAt(0) ?? 0;
        const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
        if (isControl || (code >= 0xd800 && code < 0xe000) || code === 0x10ffff) {
            return false;
        }
    }
    return true;
}

function pathOf(path: string, key: string): string {
    return path === '' ? key : `${path}.${key}`;
}

/** A name that no field of ours could have is not repeated: it crosses logs and the wire. */
function pathOfUnknown(path: string, key: string): string {
    return pathOf(path, identifierPattern.test(key) ? key : '?');
}
