import type { OrderingService } from './ordering-service';

/** A transaction that is not committed after this part of its deadline is ordered again, and again after twice that. */
const partOfDeadline = 6;

/**
 * Waits for a transaction that was ordered; meanwhile its envelope is given to the ordering service once more each time
 * that the wait has doubled. Rejects as the wait does.
 */
export async function repeatUntilCommitted(
    committed: Promise<void>,
    {
        ordering,
        envelope,
        commitTimeoutMs,
    }: { ordering: OrderingService; envelope: Uint8Array; commitTimeoutMs: number },
): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const repeatAfter = (ms: number): void => {
        timer = setTimeout(() => {
            void ordering.repeat(envelope);
            repeatAfter(2 * ms);
        }, ms);
    };
    repeatAfter(commitTimeoutMs / partOfDeadline);
    try {
        await committed;
    } finally {
        clearTimeout(timer);
    }
}
