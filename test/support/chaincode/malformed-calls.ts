import fc from 'fast-check';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { inputLimits } from '../../../chaincode/src/input/input-api';

/** A call that no client of ours would make, and in which way it is spoilt. */
export interface MalformedCall {
    readonly contract: string;
    readonly transaction: string;
    readonly args: readonly (string | Uint8Array)[];
    readonly spoilt: Spoilt;
}

export const spoiltWays = [
    'argument count',
    'bytes that are no UTF-8',
    'text that is no JSON',
    'other JSON',
    'deep JSON',
    'too large',
    'missing field',
    'unknown field',
    'wrong type or value',
    'oversized list',
    'character that no text may have',
] as const;
type Spoilt = (typeof spoiltWays)[number];

type Path = readonly (string | number)[];

/** Fields that may be left out, so that a call without them is right. */
const optionalFields: Readonly<Record<string, string | undefined>> = {
    RequestAccess: 'devices',
    ListTerminals: 'feeder',
    QueryDisplacements: 'fromSoe',
    TriggerRound: 'value',
};
/** Names that a careless reader finds on every object, and some that nobody knows. */
const unknownNames = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'late', ''),
    fc.string({ unit: 'binary' }),
);
/** Tokens that JavaScript knows and JSON does not, and a number that JSON.parse makes infinite. */
const noNumbers = ['NaN', 'Infinity', '-Infinity', 'undefined', '0x10', '1e999', '-1e999', '1_000', '.5', '01'];
/** A control character, NUL, half a surrogate pair, and U+10FFFF, by which Fabric ends a key range. */
const noCharacters = ['\u0000', '\u0085', '\u001b[2J', '\ud800', '\udc00x', '\u{10ffff}', 'a\u0007'];
const kinds: Readonly<Record<string, readonly unknown[]>> = {
    string: ['', 'NaN', '1'],
    number: [-1, 0.5, 1e300, -1e300, Number.MAX_SAFE_INTEGER + 1],
    list: [[], ['a', 'a'], [[[[]]]]],
    boolean: [true, false],
};
const neverRight: readonly unknown[] = [null, {}, { constructor: 1 }, { toString: null }, { length: 2 }, [[[[[]]]]]];
const maxDepth = 30_000;

/** Spoils right calls. Each transaction, then each way, is drawn equally often. */
export function malformedCalls(rightCalls: readonly Call[]): fc.Arbitrary<MalformedCall> {
    return fc.tuple(fc.constantFrom(...rightCalls), fc.constantFrom(...spoiltWays)).chain(([call, way]) => {
        const right = JSON.parse(call.args[0] ?? '') as Record<string, unknown>;
        const { contract, transaction } = call;
        const argument = { right, optional: optionalFields[transaction] };
        return argumentsOf(argument, way).map((spoiled) => ({ contract, transaction, ...spoiled }));
    });
}

interface RightArgument {
    readonly right: Readonly<Record<string, unknown>>;
    /** The field that may be left out. */
    readonly optional: string | undefined;
}
type Spoiled = Pick<MalformedCall, 'args' | 'spoilt'>;

/** Where a right argument has nothing that could be spoilt this way, a field that nobody knows is added. */
function argumentsOf(argument: RightArgument, spoilt: Spoilt): fc.Arbitrary<Spoiled> {
    const spoil = ways[spoilt](argument);
    return spoil === undefined
        ? unknownField(argument).map((text) => ({ args: [text], spoilt: 'unknown field' }))
        : spoil.map((args) => ({ args: Array.isArray(args) ? args : [args], spoilt }));
}

type Arguments = string | (string | Uint8Array)[];

const ways: Readonly<Record<Spoilt, (argument: RightArgument) => fc.Arbitrary<Arguments> | undefined>> = {
    'argument count': ({ right }) => fc.constantFrom([], [text(right), text(right)], [text(right), '', '{}'], ['', '']),
    'bytes that are no UTF-8': ({ right }) =>
        fc
            .uint8Array({ minLength: 1, maxLength: 40 })
            .map((bytes) => [Buffer.concat([Buffer.from([0xff, 0xc0]), bytes, Buffer.from(text(right))])]),
    'text that is no JSON': ({ right }) =>
        fc.oneof(
            fc.string({ unit: 'binary' }).filter((given) => !isJson(given)),
            fc.nat(text(right).length - 1).map((length) => text(right).slice(0, length)),
            fc.constantFrom(...noNumbers).map((token) => `{"x":${token},${text(right).slice(1)}`),
        ),
    'other JSON': ({ right }) => fc.json({ maxDepth: 6 }).filter((given) => isOther(given, right)),
    'deep JSON': () =>
        fc.oneof(
            fc.nat(maxDepth).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
            fc.nat(maxDepth / 5).map((depth) => '{"a":'.repeat(depth + 1) + '0' + '}'.repeat(depth + 1)),
            fc.nat(maxDepth).map((depth) => '['.repeat(depth)),
        ),
    'too large': ({ right }) =>
        fc.constantFrom(
            text(right) + ' '.repeat(inputLimits.argumentLength),
            `"${'x'.repeat(inputLimits.argumentLength)}"`,
            JSON.stringify({ ...right, x: 'é'.repeat(inputLimits.argumentLength) }),
        ),
    'missing field': ({ right, optional }) =>
        fromPaths(right, (path) => isField(path) && path[0] !== optional)?.map((path) =>
            text(changed(right, path, () => undefined)),
        ),
    'unknown field': unknownField,
    'wrong type or value': ({ right }) =>
        fromPaths(right, () => true)?.chain((path) =>
            fc
                .constantFrom(...wrongValuesFor(valueAt(right, path)))
                .map((wrong) => text(changed(right, path, () => wrong))),
        ),
    'oversized list': ({ right }) =>
        fromPaths(right, (path) => Array.isArray(valueAt(right, path)))?.chain((path) =>
            fc.integer({ min: 300, max: 3_000 }).map((length) => {
                const [item = 'a'] = valueAt(right, path) as readonly unknown[];
                return text(changed(right, path, () => Array.from({ length }, () => item)));
            }),
        ),
    'character that no text may have': ({ right }) =>
        fromPaths(right, (path) => typeof valueAt(right, path) === 'string')?.chain((path) =>
            fc
                .constantFrom(...noCharacters)
                .map((sign) => text(changed(right, path, (was) => `${String(was)}${sign}`))),
        ),
};

function unknownField({ right, optional }: RightArgument): fc.Arbitrary<string> {
    return unknownNames
        .filter((name) => !Object.hasOwn(right, name) && name !== optional)
        .map((name) => `{${text(name)}:1${text(right) === '{}' ? '' : ','}${text(right).slice(1)}`);
}

/** Values of every other kind than the right one. */
export function wrongValuesFor(right: unknown): unknown[] {
    const kind = Array.isArray(right) ? 'list' : typeof right;
    const others = Object.entries(kinds).flatMap(([name, values]) => (name === kind ? [] : values));
    return [...neverRight, ...others];
}

function fromPaths(right: unknown, fits: (path: Path) => boolean): fc.Arbitrary<Path> | undefined {
    const paths = pathsIn(right).filter(fits);
    return paths.length === 0 ? undefined : fc.constantFrom(...paths);
}

/** Every place in a JSON value but the whole. */
function pathsIn(value: unknown): Path[] {
    if (typeof value !== 'object' || value === null) return [];
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([name, inner]) => {
        const step = isList ? Number(name) : name;
        return [[step], ...pathsIn(inner).map((rest) => [step, ...rest])];
    });
}

function isField(path: Path): boolean {
    return typeof path.at(-1) === 'string';
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
    return step === undefined ? value : valueAt((value as Record<string | number, unknown>)[step], rest);
}

function changed(value: unknown, [step, ...rest]: Path, change: (was: unknown) => unknown): unknown {
    if (step === undefined) return change(value);
    const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
        ? [...(value as unknown[])]
        : { ...(value as object) };
    Object.assign(copy, { [step]: changed((value as Record<string | number, unknown>)[step], rest, change) });
    return copy;
}

function text(value: unknown): string {
    return JSON.stringify(value);
}

function isJson(given: string): boolean {
    try {
        JSON.parse(given);
        return true;
    } catch {
        return false;
    }
}

/** Another value than the right one; an empty object is right where nothing is asked for. */
function isOther(given: string, right: object): boolean {
    const value: unknown = JSON.parse(given);
    return JSON.stringify(value) !== JSON.stringify(right);
}
