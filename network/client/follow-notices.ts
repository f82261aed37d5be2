import type { HeardBlock } from './block-stream';
import { validEventsOf } from './chaincode-events';
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
 * shared with all that listens on the same connections. Throws ClientError CLIENT_UNREACHABLE.
 */
export async function followNotices(
    connection: GatewayConnection,
    onNotice: (notice: Notice) => void,
): Promise<EventFollower> {
    const listener = (block: HeardBlock): void => {
        for (const { eventName, txId } of validEventsOf(block, connection.chaincode)) {
            onNotice({ name: eventName, transactionId: txId, receivedMs: connection.clock() });
        }
    };
    await connection.blocks.listen(listener);
    return {
        stop: () => {
            connection.blocks.ignore(listener);
        },
    };
}
