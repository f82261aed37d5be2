import { describe, expect, it, jest } from '@jest/globals';
import type { BlockEvent, BlockListener, Network as FabricNetwork, TxEventHandler } from 'fabric-network';
import { CommitWatch } from '../../../../network/client/commit-watch';

/** A channel whose blocks the test makes by hand. */
function aChannel(): { fabric: FabricNetwork; commit: (codes: Record<string, string>) => void; listeners: number } {
    const listeners = new Set<BlockListener>();
    const fabric = {
        addBlockListener: (listener: BlockListener) => Promise.resolve(listeners.add(listener)),
        removeBlockListener: (listener: BlockListener) => listeners.delete(listener),
    } as unknown as FabricNetwork;
    const commit = (codes: Record<string, string>): void => {
        const transactions = Object.entries(codes).map(([transactionId, status]) => ({ transactionId, status }));
        for (const listener of listeners) {
            void listener({ getTransactionEvents: () => transactions } as unknown as BlockEvent);
        }
    };
    return {
        fabric,
        commit,
        get listeners() {
            return listeners.size;
        },
    };
}

async function listening(
    watch: CommitWatch,
    fabric: FabricNetwork,
    id: string,
    timeoutMs = 5_000,
): Promise<TxEventHandler> {
    const handler = watch.handlerFactory(timeoutMs)(id, fabric);
    await handler.startListening();
    return handler;
}

describe('CommitWatch', () => {
    it('gives each transaction its own code, also when the block came before anybody waited', async () => {
        const channel = aChannel();
        const watch = await CommitWatch.open(channel.fabric);
        const good = await listening(watch, channel.fabric, 'good');
        const bad = await listening(watch, channel.fabric, 'bad');
        channel.commit({ good: 'VALID', bad: 'MVCC_READ_CONFLICT', other: 'VALID' });
        await expect(good.waitForEvents()).resolves.toBeUndefined();
        await expect(bad.waitForEvents()).rejects.toMatchObject({
            fault: { code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' },
            transactionId: 'bad',
        });
    });

    it('takes a commit that is not heard of for a timeout, never for a success, and not for anything later', async () => {
        jest.useFakeTimers();
        try {
            const channel = aChannel();
            const watch = await CommitWatch.open(channel.fabric);
            const handler = await listening(watch, channel.fabric, 'late', 1_000);
            jest.advanceTimersByTime(1_001);
            channel.commit({ late: 'VALID' });
            await expect(handler.waitForEvents()).rejects.toMatchObject({
                fault: { code: 'COMMIT_TIMEOUT', afterMs: 1_000 },
            });
        } finally {
            jest.useRealTimers();
        }
    });

    it('stops listening when it is closed', async () => {
        const channel = aChannel();
        const watch = await CommitWatch.open(channel.fabric);
        expect(channel.listeners).toBe(1);
        watch.close();
        expect(channel.listeners).toBe(0);
    });
});
