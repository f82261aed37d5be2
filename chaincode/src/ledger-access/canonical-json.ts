/**
 * Same value → same bytes, on every endorser: keys in the order of their UTF-16 code units, no white space, fields
 * that are `undefined` left out. Takes plain JSON values only; anything that JSON cannot hold is a bug, and throws.
 */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(inCanonicalOrder(value));
}

/** The same value with its keys in order. A copy that `JSON.stringify` writes is twice as fast as joining texts. */
function inCanonicalOrder(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
        return requireJsonScalar(value);
    }
    if (Array.isArray(value)) {
        return value.map(inCanonicalOrder);
    }
    const fields = value as Readonly<Record<string, unknown>>;
    const ordered: Record<string, unknown> = {};
    for (const key of sortedKeys(fields)) {
        const field = fields[key];
        if (field !== undefined) {
            setOwn(ordered, key, inCanonicalOrder(field));
        }
    }
    return ordered;
}

/** Records that are built in order, as those of the hot paths are, need no sorting. */
function sortedKeys(fields: object): string[] {
    const keys = Object.keys(fields);
    return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.sort();
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
