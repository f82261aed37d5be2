import { describe, expect, it, jest } from '@jest/globals';
import { protos } from 'fabric-protos/bundle';
import type { BlockListener, ChannelBlocks } from '../../../../network/client/channel-blocks';
import { CommitWatch, type CommitWait } from '../../../../network/client/commit-watch';

interface ChannelUnderTest {
    readonly blocks: ChannelBlocks;
    readonly listeners: Set<BlockListener>;
    /** For how long a peer must have been silent to be left, each time it was doubted. */
    readonly doubts: number[];
    close(): void;
    commit(codes: Readonly<Record<string, keyof typeof protos.TxValidationCode>>): void;
}

/** A channel whose blocks the test makes by hand. */
function aChannel(): ChannelUnderTest {
    const listeners = new Set<BlockListener>();
    const doubts: number[] = [];
    const closing = new AbortController();
    const blocks = {
        closing: closing.signal,
        listen: (listener: BlockListener) => Promise.resolve(listeners.add(listener)),
        ignore: (listener: BlockListener) => listeners.delete(listener),
        doubt: (silentMs: number) => doubts.push(silentMs),
    } as unknown as ChannelBlocks;
    return {
        blocks,
        listeners,
        doubts,
        close: () => {
            closing.abort();
        },
        commit: (codes) => {
            const transactions = Object.entries(codes).map(([txId, code]) => {
                return { txId, type: 3, code: protos.TxValidationCode[code], events: [] };
            });
            for (const listener of listeners) listener({ number: 1, transactions });
        },
    };
}

async function waiting(watch: CommitWatch, id: string, timeoutMs = 5_000): Promise<CommitWait> {
    const wait = watch.waitFor(id, timeoutMs);
    await wait.start();
    return wait;
}

describe('CommitWatch', () => {
    it('gives each transaction its own code, also when the block came before anybody waited', async () => {
        const channel = aChannel();
        const watch = await CommitWatch.open(channel);
        const good = await waiting(watch, 'good');
        const bad = await waiting(watch, 'bad');
        channel.commit({ good: 'VALID', bad: 'MVCC_READ_CONFLICT', other: 'VALID' });
        await expect(good.committed()).resolves.toBeUndefined();
        await expect(bad.committed()).rejects.toMatchObject({
            fault: { code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' },
            transactionId: 'bad',
        });
    });

    it('takes a commit that is not heard of for a timeout, never for a success, and not for anything later', async () => {
        jest.useFakeTimers();
        try {
            const channel = aChannel();
            const wait = await waiting(await CommitWatch.open(channel), 'late', 1_000);
            jest.advanceTimersByTime(1_001);
            channel.commit({ late: 'VALID' });
            await expect(wait.committed()).rejects.toMatchObject({ fault: { code: 'COMMIT_TIMEOUT', afterMs: 1_000 } });
        } finally {
            jest.useRealTimers();
        }
    });

    it('doubts its peer when a sixth of the deadline has passed, and not once the commit was heard of', async () => {
        jest.useFakeTimers();
        try {
            const channel = aChannel();
            const watch = await CommitWatch.open(channel);
            await waiting(watch, 'heard', 6_000);
            channel.commit({ heard: 'VALID' });
            jest.advanceTimersByTime(1_000);
            expect(channel.doubts).toEqual([]);
            await waiting(watch, 'missed', 6_000);
            jest.advanceTimersByTime(1_000);
            expect(channel.doubts).toEqual([1_000]);
        } finally {
            jest.useRealTimers();
        }
    });

    it('does not know what becomes of a transaction whose gateway is closed: COMMIT_UNKNOWN', async () => {
        const channel = aChannel();
        const wait = await waiting(await CommitWatch.open(channel), 'under way');
        channel.close();
        await expect(wait.committed()).rejects.toMatchObject({ fault: { code: 'COMMIT_UNKNOWN' } });
    });

    it('stops listening when it is closed', async () => {
        const channel = aChannel();
        const watch = await CommitWatch.open(channel);
        expect(channel.listeners.size).toBe(1);
        watch.close();
        expect(channel.listeners.size).toBe(0);
    });
});
