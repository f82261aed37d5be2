/** Remembers the values of the keys used last, at most `capacity` of them. */
export class BoundedCache<Key, Value> {
    readonly #capacity: number;
    readonly #entries = new Map<Key, Value>();

    constructor(capacity: number) {
        this.#capacity = capacity;
    }

    get size(): number {
        return this.#entries.size;
    }

    get(key: Key): Value | undefined {
        const value = this.#entries.get(key);
        if (value === undefined) return undefined;
        this.#entries.delete(key);
        this.#entries.set(key, value);
        return value;
    }

    set(key: Key, value: Value): void {
        this.#entries.delete(key);
        this.#entries.set(key, value);
        if (this.#entries.size <= this.#capacity) return;
        for (const oldest of this.#entries.keys()) {
            this.#entries.delete(oldest);
            return;
        }
    }
}
