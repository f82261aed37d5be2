import { DefaultCheckpointers, type Checkpointer } from 'fabric-network';
import Long from 'long';
import type { HeardBlock } from './block-stream';
import { validEventsOf } from './chaincode-events';
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

/**
 * Follows the chaincode's events by whole blocks. It answers when the stream stands: events of later blocks are not missed,
 * whichever peers fail. Throws ClientError CLIENT_UNREACHABLE. What `onEvent` throws is not caught.
 */
export async function followEvents(connection: GatewayConnection, options: FollowOptions): Promise<EventFollower> {
    const checkpointer = await checkpointerOf(options.checkpointFile);
    const handle = async (block: HeardBlock, receivedMs: number): Promise<void> => {
        const handled = new Set(await checkpointer?.getTransactionIds());
        for (const { eventName: name, txId: transactionId, payload } of validEventsOf(block, connection.chaincode)) {
            const isWanted = options.names?.includes(name) ?? true;
            if (!isWanted || handled.has(transactionId)) continue;
            const blockNumber = block.number;
            await options.onEvent({ name, payload: readPayload(payload), transactionId, blockNumber, receivedMs });
            await checkpointer?.addTransactionId(transactionId);
        }
        await checkpointer?.setBlockNumber(Long.fromNumber(block.number + 1));
    };
    const kept = await checkpointer?.getBlockNumber();
    let isStopped = false;
    let done = Promise.resolve();
    const stream = await connection.blocks.follow(kept?.toNumber() ?? options.fromBlock, (block) => {
        const receivedMs = connection.clock();
        done = done.then(() => (isStopped ? undefined : handle(block, receivedMs)));
    });
    return {
        stop: () => {
            isStopped = true;
            stream.close();
        },
    };
}

async function checkpointerOf(file: string | undefined): Promise<Checkpointer | undefined> {
    return file === undefined ? undefined : DefaultCheckpointers.file(file);
}

function readPayload(bytes: Buffer): unknown {
    if (bytes.length === 0) return undefined;
    return JSON.parse(bytes.toString('utf8'));
}
