import type { TxEventHandler, TxEventHandlerFactory } from 'fabric-network';
import { orderingServiceOf } from './ordering-service';

/** A transaction that is not committed after this part of its deadline is ordered again, and again after twice that. */
const partOfDeadline = 6;

/**
 * The same handlers; while they wait, the transaction's envelope is given to the ordering service once more each time
 * that the wait has doubled.
 */
export function repeatUntilCommitted(factory: TxEventHandlerFactory, commitTimeoutMs: number): TxEventHandlerFactory {
    return (transactionId, network) => {
        const handler = factory(transactionId, network);
        const ordering = orderingServiceOf(network.getChannel());
        let timer: NodeJS.Timeout | undefined;
        const repeatAfter = (ms: number): void => {
            timer = setTimeout(() => {
                void ordering?.repeat(transactionId);
                repeatAfter(2 * ms);
            }, ms);
        };
        const settle = (): void => {
            clearTimeout(timer);
            ordering?.settle(transactionId);
        };
        const repeating: TxEventHandler = {
            startListening: () => handler.startListening(),
            waitForEvents: async () => {
                repeatAfter(commitTimeoutMs / partOfDeadline);
                try {
                    await handler.waitForEvents();
                } finally {
                    settle();
                }
            },
            cancelListening: () => {
                settle();
                handler.cancelListening();
            },
        };
        return repeating;
    };
}
