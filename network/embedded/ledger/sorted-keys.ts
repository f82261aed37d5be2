import { compareUtf8 } from '../../wire/compare-utf8';

/**
 * The keys of a namespace in UTF-8 order. Sorted when the first range is asked for, never for a namespace that is only
 * read key by key; later additions wait unsorted until the next range. A range keeps its own array, so that keys may
 * come and go while somebody iterates.
 */
export class SortedKeys {
    readonly #allKeys: () => Iterable<string>;
    #sorted: readonly string[] | undefined;
    #added = new Set<string>();
    #deleted = new Set<string>();

    constructor(allKeys: () => Iterable<string>) {
        this.#allKeys = allKeys;
    }

    add(key: string): void {
        if (this.#sorted === undefined) return;
        if (!this.#deleted.delete(key)) this.#added.add(key);
    }

    delete(key: string): void {
        if (this.#sorted === undefined) return;
        if (!this.#added.delete(key)) this.#deleted.add(key);
    }

    /** Keys from startKey up to, not including, endKey; '' as endKey means to the end. */
    *between(startKey: string, endKey: string): IterableIterator<string> {
        const keys = this.#upToDate();
        for (let index = firstNotBelow(keys, startKey); index < keys.length; index++) {
            const key = keys[index];
            if (key === undefined || (endKey !== '' && compareUtf8(key, endKey) >= 0)) return;
            yield key;
        }
    }

    #upToDate(): readonly string[] {
        if (this.#sorted === undefined) {
            this.#sorted = [...this.#allKeys()].sort(compareUtf8);
        } else if (this.#added.size > 0 || this.#deleted.size > 0) {
            const deleted = this.#deleted;
            const kept = deleted.size === 0 ? this.#sorted : this.#sorted.filter((key) => !deleted.has(key));
            this.#sorted = merge(kept, [...this.#added].sort(compareUtf8));
            this.#added = new Set();
            this.#deleted = new Set();
        }
        return this.#sorted;
    }
}

function merge(a: readonly string[], b: readonly string[]): string[] {
    const merged: string[] = [];
    let left = 0;
    for (const key of b) {
        for (; left < a.length; left++) {
            const other = a[left];
            if (other === undefined || compareUtf8(other, key) > 0) break;
            merged.push(other);
        }
        merged.push(key);
    }
    return left < a.length ? merged.concat(a.slice(left)) : merged;
}

function firstNotBelow(keys: readonly string[], key: string): number {
    let low = 0;
    let high = keys.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareUtf8(keys[middle] ?? '', key) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}
