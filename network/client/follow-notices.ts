import type { ContractEvent } from 'fabric-network';
import type { GatewayConnection } from './connect-gateway';
import type { EventFollower } from './follow-events';

/** That an event was raised, as a filtered block tells it: its name and transaction, and not what it says. */
export interface Notice {
    readonly name: string;
    readonly transactionId: string;
    /** When this client received it, ms since 1970. */
    readonly receivedMs: number;
}

/**
 * Follows the names of the chaincode's events by filtered blocks, which are a fraction of full ones: what a terminal on a
 * narrow medium listens to. It answers when the stream stands: events of later blocks are not missed. The stream is
 * shared with a CommitWatch of the same gateway.
 */
export async function followNotices(
    connection: GatewayConnection,
    onNotice: (notice: Notice) => void,
): Promise<EventFollower> {
    const contract = connection.contract('');
    const listener = (event: ContractEvent): Promise<void> => {
        onNotice({
            name: event.eventName,
            transactionId: event.getTransactionEvent().transactionId,
            receivedMs: connection.clock(),
        });
        return Promise.resolve();
    };
    await contract.addContractListener(listener, { type: 'filtered' });
    return {
        stop: () => {
            contract.removeContractListener(listener);
        },
    };
}
