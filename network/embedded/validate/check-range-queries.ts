import { compareUtf8 } from '../../wire/compare-utf8';
import { sameMerkleSummary } from '../../wire/merkle-summary';
import { summarizeReads, type KeyRead, type RangeRead } from '../../wire/rwset';
import type { KeyedStateValue, StateUpdate, StateValue } from '../ledger/state-store';
import { sameVersion } from './check-read-versions';

/** One namespace as it stands before a transaction: the committed state, and what the block has changed of it. */
export interface NamespaceView {
    readonly committedRange: (startKey: string, endKey: string) => Iterable<KeyedStateValue>;
    readonly committedValue: (key: string) => StateValue | undefined;
    readonly keysInBlock: () => Iterable<string>;
    readonly updateInBlock: (key: string) => StateUpdate | undefined;
}

/**
 * Runs a range query again and tells whether it gives the same keys at the same versions: nothing inserted, changed or
 * deleted, be it in a committed block or earlier in this one. The end key belongs to the range when the query was not
 * read to its end. ⟵ core/ledger/kvledger/txmgmt/validation/{rangequery_validator,combined_iterator}.go
 */
export function isRangeCurrent(range: RangeRead, view: NamespaceView): boolean {
    const results = currentResults(range, view);
    if (range.merkle !== undefined) {
        const { maxDegree } = range.merkle;
        // Fabric summarises only what is longer than the degree; a shorter result cannot equal a summary.
        return (
            maxDegree >= 2 &&
            results.length > maxDegree &&
            sameMerkleSummary(range.merkle, summarizeReads(results, maxDegree))
        );
    }
    return (
        results.length === range.reads.length &&
        range.reads.every(({ key, version }, index) => {
            const result = results[index];
            return result?.key === key && sameVersion(result.version, version);
        })
    );
}

function currentResults({ startKey, endKey, exhausted }: RangeRead, view: NamespaceView): KeyRead[] {
    const changed = [...view.keysInBlock()].filter((key) => isInside(key, startKey, endKey)).sort(compareUtf8);
    const results: KeyRead[] = [];
    let next = 0;
    const addChangedBelow = (limit: string | undefined): void => {
        for (let key = changed[next]; key !== undefined; key = changed[++next]) {
            if (limit !== undefined && compareUtf8(key, limit) >= 0) return;
            addIfPresent(results, key, view.updateInBlock(key));
        }
    };
    for (const { key, version } of view.committedRange(startKey, endKey)) {
        addChangedBelow(key);
        if (view.updateInBlock(key) === undefined) results.push({ key, version });
    }
    addChangedBelow(undefined);
    if (!exhausted) addIfPresent(results, endKey, view.updateInBlock(endKey) ?? view.committedValue(endKey));
    return results;
}

function addIfPresent(results: KeyRead[], key: string, found: StateUpdate | undefined): void {
    if (found?.value !== undefined) results.push({ key, version: found.version });
}

function isInside(key: string, startKey: string, endKey: string): boolean {
    return compareUtf8(key, startKey) >= 0 && (endKey === '' || compareUtf8(key, endKey) < 0);
}
