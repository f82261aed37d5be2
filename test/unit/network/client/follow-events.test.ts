import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BlockStream, HeardBlock } from '../../../../network/client/block-stream';
import type { BlockListener } from '../../../../network/client/channel-blocks';
import type { GatewayConnection } from '../../../../network/client/connect-gateway';
import { followEvents, type FollowedEvent, type FollowOptions } from '../../../../network/client/follow-events';
import { waitUntil } from '../../../../network/backends/wait-until';

const chaincode = 'feeder';
const [valid, invalid] = [0, 11];

/** A block of transactions with one event each. */
function aBlock(
    number: number,
    events: Readonly<Record<string, string>>,
    code = valid,
    chaincodeId = chaincode,
): HeardBlock {
    return {
        number,
        transactions: Object.entries(events).map(([txId, eventName]) => {
            const payload = Buffer.from(JSON.stringify({ of: txId }));
            return { txId, type: 3, code, events: [{ chaincodeId, txId, eventName, payload }] };
        }),
    };
}

interface Following {
    readonly events: FollowedEvent[];
    readonly tell: BlockListener;
    readonly fromBlock: number | undefined;
    readonly stop: () => void;
}

async function follow(options: Omit<FollowOptions, 'onEvent'> = {}): Promise<Following> {
    const events: FollowedEvent[] = [];
    let fromBlock: number | undefined;
    let tell: BlockListener = () => undefined;
    const connection = {
        chaincode,
        clock: () => 1_000,
        blocks: {
            follow: (from: number | undefined, onBlock: BlockListener) => {
                [fromBlock, tell] = [from, onBlock];
                return Promise.resolve({ close: () => undefined } as unknown as BlockStream);
            },
        },
    } as unknown as GatewayConnection;
    const follower = await followEvents(connection, {
        ...options,
        onEvent: (event) => {
            events.push(event);
        },
    });
    return {
        events,
        tell,
        fromBlock,
        stop: () => {
            follower.stop();
        },
    };
}

const until = async (events: readonly FollowedEvent[], count: number): Promise<void> => {
    await waitUntil(() => events.length >= count, { deadlineMs: 5_000, forWhat: `${count} events`, intervalMs: 1 });
};

describe('following events', () => {
    let folder = '';

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'follow-events-'));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it('hands over those of valid transactions of the chaincode, what they say and where they stand', async () => {
        const { events, tell } = await follow();
        tell(aBlock(5, { a: 'moved' }, invalid));
        tell(aBlock(6, { b: 'moved' }, valid, 'another'));
        tell(aBlock(7, { c: 'moved', d: 'seen' }));
        await until(events, 2);
        const common = { blockNumber: 7, receivedMs: 1_000 };
        expect(events).toEqual([
            { name: 'moved', transactionId: 'c', payload: { of: 'c' }, ...common },
            { name: 'seen', transactionId: 'd', payload: { of: 'd' }, ...common },
        ]);
    });

    it('hands over only those of the names asked for, and none after it was stopped', async () => {
        const { events, tell, stop } = await follow({ names: ['seen'] });
        tell(aBlock(7, { c: 'moved', d: 'seen' }));
        await until(events, 1);
        stop();
        tell(aBlock(8, { e: 'seen' }));
        await Promise.resolve();
        expect(events.map(({ transactionId }) => transactionId)).toEqual(['d']);
    });

    it('goes on behind the block that its checkpoint holds, whatever block it was told to begin with', async () => {
        const checkpointFile = join(folder, 'checkpoint');
        const first = await follow({ checkpointFile, fromBlock: 3 });
        expect(first.fromBlock).toBe(3);
        first.tell(aBlock(3, { a: 'moved' }));
        first.tell(aBlock(4, { b: 'moved' }));
        await until(first.events, 2);
        const isKept = (): boolean => readFileSync(checkpointFile, 'utf8').includes('"blockNumber":"5"');
        await waitUntil(isKept, { deadlineMs: 5_000, forWhat: 'the checkpoint' });
        expect((await follow({ checkpointFile, fromBlock: 3 })).fromBlock).toBe(5);
    });
});
