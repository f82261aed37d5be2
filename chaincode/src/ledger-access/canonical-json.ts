/**
 * Same value → same bytes, on every endorser: keys in the order of their UTF-16 code units, no white space, fields
 * that are `undefined` left out. Takes plain JSON values only; anything that JSON cannot hold is a bug, and throws.
 */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(inCanonicalOrder(value));
}

/** The same value with its keys in order: itself where they are, since most of what is written is built in order. */
function inCanonicalOrder(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
        return requireJsonScalar(value);
    }
    return Array.isArray(value) ? listInOrder(value) : recordInOrder(value as Readonly<Record<string, unknown>>);
}

function listInOrder(list: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index++) {
        const item = list[index];
        const ordered = inCanonicalOrder(item);
        if (ordered !== item) {
            copy ??= [...list];
            copy[index] = ordered;
        }
    }
    return copy ?? list;
}

function recordInOrder(fields: Readonly<Record<string, unknown>>): object {
    const given = Object.keys(fields);
    const keys = sortedKeys(given);
    let isSame = keys === given && isPlain(fields);
    const ordered = keys.map((key) => {
        const field = fields[key];
        const inOrder = field === undefined ? undefined : inCanonicalOrder(field);
        isSame &&= field !== undefined && inOrder === field;
        return inOrder;
    });
    if (isSame) {
        return fields;
    }
    const copy: Record<string, unknown> = {};
    for (const [index, key] of keys.entries()) {
        if (ordered[index] !== undefined) {
            setOwn(copy, key, ordered[index]);
        }
    }
    return copy;
}

/** Whatever else an object may be could write itself in words of its own (`toJSON`). */
function isPlain(value: object): boolean {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}

/** Records that are built in order, as those of the hot paths are, need no sorting. */
function sortedKeys(keys: string[]): string[] {
    return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.toSorted();
}

/** Assigning to `__proto__` would change the prototype instead of adding the field. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
    if (key === '__proto__') {
        Object.defineProperty(target, key, { value, enumerable: true });
    } else {
        target[key] = value;
    }
}

function requireJsonScalar(value: unknown): unknown {
    const isScalar =
        value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    if (!isScalar) {
        throw new TypeError(
            `canonical JSON cannot hold ${typeof value === 'number' ? String(value) : `a ${typeof value}`}`,
        );
    }
    return value;
}
