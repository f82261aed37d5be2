import type { Page, PageRequest } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import type { PastRecord } from './state-repository';

/**
 * One page of what a key held, newest first. The bookmark is the next record's transaction, so that what is written
 * between two pages shifts nothing; the way to it is walked again, so a page costs in proportion to its depth.
 */
export async function pageOfHistory<Stored>(
    history: AsyncGenerator<PastRecord<Stored>, void, undefined>,
    request: PageRequest,
): Promise<Page<Stored>> {
    const items: Stored[] = [];
    let begun = request.bookmark === '';
    for await (const { transactionId, record } of history) {
        begun ||= transactionId === request.bookmark;
        if (begun && items.length === request.pageSize) {
            return { items, bookmark: transactionId };
        }
        if (begun) {
            items.push(record);
        }
    }
    if (!begun) {
        throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
    }
    return { items, bookmark: '' };
}
