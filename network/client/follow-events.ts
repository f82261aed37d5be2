import type { Checkpointer, ContractEvent } from 'fabric-network';
import { DefaultCheckpointers } from 'fabric-network';
import type { GatewayConnection } from './connect-gateway';

/** An event of the deployed chaincode, as a valid transaction of a committed block carries it. */
export interface FollowedEvent {
    readonly name: string;
    /** The event's JSON. */
    readonly payload: unknown;
    readonly transactionId: string;
    readonly blockNumber: number;
    /** When this client received it, ms since 1970. */
    readonly receivedMs: number;
}

export interface FollowOptions {
    /** Only these; without it all. */
    readonly names?: readonly string[];
    /** First block to read; without it the next one to be committed. */
    readonly fromBlock?: number;
    /** Remembers here what has been handled, and goes on from there the next time: nothing twice, nothing missed. */
    readonly checkpointFile?: string;
    /** Events are handed over in ledger order, the next one when this is done. */
    onEvent(event: FollowedEvent): void | Promise<void>;
}

export interface EventFollower {
    stop(): void;
}

/** Follows the chaincode's events. It answers when the stream stands: events of later blocks are not missed. */
export async function followEvents(connection: GatewayConnection, options: FollowOptions): Promise<EventFollower> {
    const contract = connection.contract('');
    const listener = async (event: ContractEvent): Promise<void> => {
        const receivedMs = connection.clock();
        if (options.names && !options.names.includes(event.eventName)) return;
        const transaction = event.getTransactionEvent();
        await options.onEvent({
            name: event.eventName,
            payload: readPayload(event.payload),
            transactionId: transaction.transactionId,
            blockNumber: Number(transaction.getBlockEvent().blockNumber),
            receivedMs,
        });
    };
    const checkpointer = await checkpointerOf(options.checkpointFile);
    await contract.addContractListener(listener, {
        type: 'full', // a filtered block carries no payloads
        ...(options.fromBlock !== undefined && { startBlock: options.fromBlock }),
        ...(checkpointer && { checkpointer }),
    });
    return {
        stop: () => {
            contract.removeContractListener(listener);
        },
    };
}

async function checkpointerOf(file: string | undefined): Promise<Checkpointer | undefined> {
    return file === undefined ? undefined : DefaultCheckpointers.file(file);
}

function readPayload(bytes: Buffer | undefined): unknown {
    if (bytes === undefined || bytes.length === 0) return undefined;
    return JSON.parse(bytes.toString('utf8'));
}
