import type { BlockEvent } from 'fabric-network';
import { measurementEvents } from '../../chaincode/src/measurement/measurement-api';
import type { GatewayConnection } from '../../network/client/connect-gateway';

/** When the dispatch centre heard of each `Set`, by transaction id, ms since 1970. */
export interface Receipts {
    readonly receivedMs: ReadonlyMap<string, number>;
    stop(): void;
}

/**
 * Listens at the dispatch centre's own peer, not over any terminal's medium, and notes when the event of each valid
 * `Set` comes. Filtered blocks name events without their payload, which the time does not need. Answers when the stream
 * stands.
 */
export async function followReceipts(dispatch: GatewayConnection): Promise<Receipts> {
    const receivedMs = new Map<string, number>();
    const listener = (block: BlockEvent): Promise<void> => {
        const nowMs = Date.now();
        for (const transaction of block.getTransactionEvents()) {
            if (!transaction.isValid) continue;
            const isSet = transaction.getContractEvents().some(({ eventName }) => eventName === measurementEvents.set);
            if (isSet) receivedMs.set(transaction.transactionId, nowMs);
        }
        return Promise.resolve();
    };
    await dispatch.fabric.addBlockListener(listener, { type: 'filtered' });
    return {
        receivedMs,
        stop: () => {
            dispatch.fabric.removeBlockListener(listener);
        },
    };
}
