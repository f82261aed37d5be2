import type { QueryBatch } from '../../wire/chaincode-message';
import { ChaincodeError } from './chaincode-errors';

/** Results sent to the chaincode at once. Fabric v2.5.16: core/chaincode/chaincode_support.go, MaxResultLimit. */
const batchSize = 100;
/** Where an iteration ends silently. Fabric v2.5.16: sampleconfig/core.yaml, ledger.state.totalQueryLimit. */
const totalQueryLimit = 100_000;

/** Encoded results, one after the other; `bookmark` tells after the last where a paged query goes on. */
export interface QueryResults {
    next(): Buffer | undefined;
    bookmark(): string;
}

interface OpenIterator {
    readonly results: QueryResults;
    readonly pageSize: number | undefined;
    pending: Buffer[];
    total: number;
}

/**
 * The queries that one transaction has open; they end with it. One result beyond a full batch is read ahead and kept,
 * because only then is it known that there is more. Fabric v2.5.16: core/chaincode/query_response_generator.go.
 */
export class OpenIterators {
    readonly #open = new Map<string, OpenIterator>();
    #opened = 0;

    /** Starts a query; `pageSize` (0: as many as the limit allows) when the chaincode asked for a page. */
    start(results: QueryResults, pageSize?: number): QueryBatch {
        this.#opened += 1;
        const id = String(this.#opened);
        this.#open.set(id, { results, pageSize, pending: [], total: 0 });
        return this.next(id);
    }

    /** The next batch; throws CHAINCODE_CALL_REFUSED when the iterator is not open. */
    next(id: string): QueryBatch {
        const iterator = this.#open.get(id);
        if (!iterator) {
            throw new ChaincodeError({ code: 'CHAINCODE_CALL_REFUSED', reason: 'query iterator not found' });
        }
        const { results, pageSize } = iterator;
        const limit = pageSize !== undefined && pageSize > 0 ? Math.min(pageSize, totalQueryLimit) : totalQueryLimit;
        while (iterator.total < limit) {
            const result = results.next();
            if (!result) {
                break;
            }
            iterator.total += 1;
            if (pageSize === undefined && iterator.pending.length === batchSize) {
                const batch = iterator.pending;
                iterator.pending = [result];
                return { id, results: batch, hasMore: true };
            }
            iterator.pending.push(result);
        }
        this.#open.delete(id);
        return this.#lastBatch(id, iterator);
    }

    /** The shim closes iterators that the peer has long released: that is no error. */
    close(id: string): QueryBatch {
        this.#open.delete(id);
        return { id, results: [], hasMore: false };
    }

    #lastBatch(id: string, iterator: OpenIterator): QueryBatch {
        const batch = { id, results: iterator.pending, hasMore: false };
        if (iterator.pageSize === undefined) {
            return batch;
        }
        return { ...batch, page: { fetchedRecords: iterator.total, bookmark: iterator.results.bookmark() } };
    }
}
