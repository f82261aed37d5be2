import { describe, expect, it } from '@jest/globals';
import { ChaincodeError } from '../../../../../network/embedded/chaincode/chaincode-errors';
import { OpenIterators } from '../../../../../network/embedded/chaincode/open-iterators';
import type { QueryResults } from '../../../../../network/embedded/chaincode/open-iterators';

/** Results 0, 1, … and how many of them were taken. */
function aQuery(count: number): QueryResults & { readonly taken: () => number } {
    let taken = 0;
    return {
        next: () => (taken < count ? Buffer.from(String(taken++)) : undefined),
        bookmark: () => (taken < count ? String(taken) : ''),
        taken: () => taken,
    };
}

describe('OpenIterators', () => {
    it('gives batches of a hundred and reads one result ahead to know that there is more', () => {
        const iterators = new OpenIterators();
        const query = aQuery(250);
        const first = iterators.start(query);
        expect(first).toMatchObject({ hasMore: true });
        expect(first.results).toHaveLength(100);
        expect(query.taken()).toBe(101);
        const second = iterators.next(first.id);
        const last = iterators.next(first.id);
        expect([second.results.length, second.hasMore]).toEqual([100, true]);
        expect([last.results.length, last.hasMore]).toEqual([50, false]);
        expect([first, second, last].flatMap(({ results }) => results).map(String)).toEqual(
            Array.from({ length: 250 }, (_, index) => String(index)),
        );
    });

    it('says of exactly a hundred results that there are no more', () => {
        const batch = new OpenIterators().start(aQuery(100));
        expect([batch.results.length, batch.hasMore]).toEqual([100, false]);
    });

    it('gives one page of any size, and where the next begins', () => {
        const batch = new OpenIterators().start(aQuery(200), 150);
        expect(batch.results).toHaveLength(150);
        expect(batch).toMatchObject({ hasMore: false, page: { fetchedRecords: 150, bookmark: '150' } });
        expect(new OpenIterators().start(aQuery(3), 5).page).toEqual({ fetchedRecords: 3, bookmark: '' });
    });

    it('answers the closing of an iterator that has ended already, but not its continuation', () => {
        const iterators = new OpenIterators();
        const { id } = iterators.start(aQuery(3));
        expect(iterators.close(id)).toEqual({ id, results: [], hasMore: false });
        expect(() => iterators.next(id)).toThrow(ChaincodeError);
        expect(() => iterators.next(id)).toThrow('query iterator not found');
    });

    it('keeps iterators apart', () => {
        const iterators = new OpenIterators();
        const one = iterators.start(aQuery(150));
        const other = iterators.start(aQuery(150));
        iterators.close(one.id);
        expect(iterators.next(other.id).results).toHaveLength(50);
    });
});
