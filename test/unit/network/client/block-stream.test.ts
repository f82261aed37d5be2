import { afterEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';
import { BlockStream, type BlockStreamOptions, type DeliveringPeers } from '../../../../network/client/block-stream';
import type { CallEvents } from '../../../../network/grpc/grpc-call';
import { notConnected } from '../../../../network/grpc/grpc-status';
import { encodeBlock, newBlock, withMetadata, metadataSlots } from '../../../../network/wire/block';
import { FieldWriter } from '../../../../network/wire/field-writer';
import { encodeFilteredBlock } from '../../../../network/wire/filtered-block';
import type { SeekPosition } from '../../../../network/wire/seek';

const filteredPath = '/protos.Deliver/DeliverFiltered';
/** common.Status: BAD_REQUEST, NOT_FOUND. */
const [badRequest, notFound] = [400, 404];

/** A peer with so many blocks, which delivers as Fabric's do: some blocks have no filtered form. */
class PeerUnderTest {
    height: number;
    unfilterable = new Set<number>();
    isAway = false;
    isSilent = false;
    readonly asked: string[] = [];
    #streams: { readonly events: CallEvents; readonly isFiltered: boolean; next: number }[] = [];

    constructor(height: number) {
        this.height = height;
    }

    open(path: string, events: CallEvents): Awaited<ReturnType<DeliveringPeers['open']>> {
        if (this.isAway) return notConnected('ECONNREFUSED');
        const isFiltered = path === filteredPath;
        const stream = { events, isFiltered, next: Number.MAX_SAFE_INTEGER };
        this.#streams.push(stream);
        return {
            write: (seek) => {
                const start = JSON.parse(Buffer.from(seek).toString()) as SeekPosition;
                stream.next = start.kind === 'specified' ? start.number : this.height - 1;
                this.asked.push(`${isFiltered ? 'filtered' : 'full'} from ${stream.next}`);
                if (stream.next > this.height) events.onMessage(statusResponse(notFound));
                this.#pump();
            },
            cancel: () => {
                this.#streams = this.#streams.filter((other) => other !== stream);
            },
        };
    }

    commit(): void {
        this.height += 1;
        this.#pump();
    }

    die(): void {
        this.isAway = true;
        this.end();
    }

    end(): void {
        for (const { events } of this.#streams.splice(0)) events.onEnd(notConnected('the connection ended'));
    }

    #pump(): void {
        queueMicrotask(() => {
            for (const stream of this.#streams) {
                for (; !this.isSilent && this.#streams.includes(stream) && stream.next < this.height;) {
                    const number = stream.next++;
                    if (!stream.isFiltered) stream.events.onMessage(fullResponse(number));
                    else if (this.unfilterable.has(number)) stream.events.onMessage(statusResponse(badRequest));
                    else stream.events.onMessage(filteredResponse(number));
                }
            }
        });
    }
}

const statusResponse = (status: number): Buffer => new FieldWriter().uint(1, status).finish();
const filteredResponse = (number: number): Buffer =>
    new FieldWriter().message(3, encodeFilteredBlock({ channelId: 'c', number, transactions: [] })).finish();
const fullResponse = (number: number): Buffer => {
    const block = newBlock({ number, previousHash: Buffer.alloc(32), data: [Buffer.from('garbage')] });
    const coded = withMetadata(block, metadataSlots.transactionsFilter, Buffer.from([2]));
    return new FieldWriter().message(2, encodeBlock(coded)).finish();
};

const open: BlockStream[] = [];

interface Opened {
    readonly stream: BlockStream;
    readonly heard: number[];
    readonly failed: string[];
}

function openOn(
    peers: Readonly<Record<string, PeerUnderTest>>,
    options: Partial<Pick<BlockStreamOptions, 'form' | 'fromBlock' | 'openTimeoutMs'>> = {},
): Opened {
    const heard: number[] = [];
    const failed: string[] = [];
    const stream = new BlockStream({
        peers: {
            inTurn: () =>
                Object.keys(peers).sort((one, other) => Number(failed.includes(one)) - Number(failed.includes(other))),
            open: (address, path, events) =>
                Promise.resolve(peers[address]?.open(path, events) ?? notConnected('unknown')),
            noteFailed: (address) => failed.push(address),
            noteAnswered: () => undefined,
        },
        form: 'filtered',
        seek: (start) => Buffer.from(JSON.stringify(start)),
        answerTimeoutMs: 100,
        openTimeoutMs: 1_000,
        onBlock: ({ number }) => heard.push(number),
        ...options,
    });
    open.push(stream);
    return { stream, heard, failed };
}

async function until(forWhat: string, condition: () => boolean): Promise<void> {
    await waitUntil(condition, { deadlineMs: 5_000, forWhat, intervalMs: 1 });
}

describe('BlockStream', () => {
    afterEach(() => {
        for (const stream of open.splice(0)) stream.close();
    });

    it('tells of what is committed after it stands, and not of what was before', async () => {
        const peer = new PeerUnderTest(7);
        const { stream, heard } = openOn({ peer });
        await stream.stands();
        peer.commit();
        peer.commit();
        await until('two blocks', () => heard.length === 2);
        expect(heard).toEqual([7, 8]);
    });

    it('begins where it is told to', async () => {
        const { stream, heard } = openOn({ peer: new PeerUnderTest(5) }, { form: 'full', fromBlock: 2 });
        await stream.stands();
        await until('three blocks', () => heard.length === 3);
        expect(heard).toEqual([2, 3, 4]);
    });

    it('goes on with the next peer where the first has ended: no block twice, none missed', async () => {
        const [own, other] = [new PeerUnderTest(3), new PeerUnderTest(3)];
        const { stream, heard, failed } = openOn({ own, other });
        await stream.stands();
        for (const each of [own, other]) each.commit();
        await until('the first block', () => heard.length === 1);
        other.commit();
        own.die();
        await until('the second block', () => heard.length === 2);
        expect(heard).toEqual([3, 4]);
        expect(failed).toEqual(['own']);
        expect(other.asked).toEqual(['filtered from 3']);
    });

    it('leaves a peer that takes the call and says nothing, and one that is behind', async () => {
        const [silent, behind, other] = [new PeerUnderTest(9), new PeerUnderTest(2), new PeerUnderTest(9)];
        silent.isSilent = true;
        const { stream, failed } = openOn({ silent, behind, other }, { fromBlock: 8 });
        await stream.stands();
        expect(failed).toEqual(['silent', 'behind']);
    });

    it('leaves a peer that is doubted when it has been silent for so long, and not before', async () => {
        const [own, other] = [new PeerUnderTest(3), new PeerUnderTest(3)];
        const { stream, heard, failed } = openOn({ own, other });
        await stream.stands();
        stream.doubt(60_000);
        expect(failed).toEqual([]);
        other.commit();
        stream.doubt(0);
        await until('the block that its first peer does not have', () => heard.length === 1);
        expect([heard, failed]).toEqual([[3], ['own']]);
    });

    it('has in full, and once, the blocks that have no filtered form', async () => {
        const peer = new PeerUnderTest(3);
        peer.unfilterable = new Set([2, 4, 5, 7]);
        const { stream, heard, failed } = openOn({ peer });
        await stream.stands();
        for (let height = 4; height <= 9; height += 1) {
            peer.commit();
            await until(`block ${height - 1}`, () => heard.includes(height - 1));
        }
        expect(heard).toEqual([3, 4, 5, 6, 7, 8]);
        expect(failed).toEqual([]);
        expect(peer.asked.filter((asked) => asked.startsWith('full'))).toEqual([
            'full from 2',
            'full from 4',
            'full from 5',
            'full from 7',
        ]);
    });

    it('says so when nobody delivers, within its time: CLIENT_UNREACHABLE', async () => {
        const away = new PeerUnderTest(3);
        away.isAway = true;
        const { stream } = openOn({ away }, { openTimeoutMs: 50 });
        await expect(stream.stands()).rejects.toMatchObject({
            fault: { code: 'CLIENT_UNREACHABLE', why: 'away: ECONNREFUSED' },
        });
    });

    it('pauses before it asks a peer again that ends every delivery after its first word', async () => {
        const peer = new PeerUnderTest(3);
        const { stream } = openOn({ peer });
        await stream.stands();
        for (let ended = 1; ended <= 3; ended += 1) {
            peer.end();
            await until('the next delivery', () => peer.asked.length > ended);
        }
        const startedMs = performance.now();
        peer.end();
        await until('the fifth delivery', () => peer.asked.length > 4);
        expect(performance.now() - startedMs).toBeGreaterThan(500);
    });

    it('once it has stood waits for a peer to come back', async () => {
        const peer = new PeerUnderTest(3);
        const { stream, heard } = openOn({ peer }, { openTimeoutMs: 50 });
        await stream.stands();
        peer.die();
        peer.commit();
        peer.isAway = false;
        await until('the block', () => heard.length === 1);
        expect(heard).toEqual([3]);
    });
});
