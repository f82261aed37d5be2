import { protos } from 'fabric-protos/bundle';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedError } from '../../../../../network/embedded/embedded-errors';
import type { StoredBlock } from '../../../../../network/embedded/ledger/stored-block';
import { encodeBlock, metadataSlots, parseBlock, withMetadata, type Block } from '../../../../../network/wire/block';
import { parseMetadata } from '../../../../../network/wire/block-metadata';
import { parsePayload, parseSignedPayload } from '../../../../../network/wire/envelope';
import { newFilteredBlock } from '../../../../../network/wire/filtered-block';
import { newChaincodeEvent } from '../../../../../network/wire/transaction';
import { TestChannel } from '../../../../support/a-channel';
import { aDelete, aRead, aSet, aTransaction, aWrite, testChannel } from '../../../../support/a-transaction';

let channel: TestChannel;

beforeEach(() => {
    channel = new TestChannel();
});

function faultOf(block: Block): unknown {
    try {
        channel.committer.commit(encodeBlock(block));
    } catch (error) {
        return error instanceof EmbeddedError ? error.fault : error;
    }
    return undefined;
}

describe('a block that is committed', () => {
    it('carries the verdicts in its transactions filter and all else as the orderer wrote it', () => {
        const envelopes = [aTransaction(), aTransaction({ endorsers: [] })];
        const ordered = channel.nextBlock(...envelopes);
        const stored = parseBlock(channel.commit(...envelopes).bytes);
        expect([...(stored.metadata[metadataSlots.transactionsFilter] ?? [])]).toEqual([0, 10]);
        expect(stored.header).toEqual(ordered.header);
        expect(stored.data).toEqual(envelopes);
        for (const slot of [metadataSlots.signatures, metadataSlots.lastConfig, metadataSlots.orderer]) {
            expect(stored.metadata[slot]).toEqual(ordered.metadata[slot]);
        }
    });

    it('carries a commit hash that chains verdicts and changes', () => {
        const hashes = [channel.commit(aTransaction()), channel.commit(aTransaction())].map(
            ({ block }) => parseMetadata(block.metadata[metadataSlots.commitHash] ?? Buffer.alloc(0)).value,
        );
        expect(hashes.map(({ length }) => length)).toEqual([32, 32]);
        expect(channel.ledger.commitHash).toEqual(hashes[1]);
        const other = new TestChannel();
        other.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a key', 'something else')] })] }));
        expect(other.ledger.commitHash).not.toEqual(hashes[0]);
    });

    it('is found by number, by hash and by each of its transactions', () => {
        const stored = channel.commit(aTransaction(), aTransaction({ endorsers: [] }));
        expect(channel.ledger.blockByNumber(1)).toBe(stored);
        expect(channel.ledger.blockByHash(stored.headerHash)).toBe(stored);
        for (const { txId } of stored.transactions) {
            expect(channel.ledger.blockByTransaction(txId)).toBe(stored);
            expect(channel.ledger.hasTransaction(txId)).toBe(true);
        }
        expect(channel.ledger.blockByNumber(2)).toBeUndefined();
        expect(channel.ledger.blockByHash(Buffer.alloc(32))).toBeUndefined();
        expect(channel.ledger.blockByTransaction('unknown')).toBeUndefined();
        expect(channel.ledger.transaction('unknown')).toBeUndefined();
    });

    it('is told to the listeners once, in order, until they leave', () => {
        const seen: number[] = [];
        const leave = channel.ledger.onBlock((block: StoredBlock) => {
            expect(channel.ledger.height).toBe(block.number + 1);
            seen.push(block.number);
        });
        channel.commit(aTransaction());
        channel.commit(aTransaction());
        leave();
        channel.commit(aTransaction());
        expect(seen).toEqual([1, 2]);
    });

    it('gives one and the same bytes to everybody who asks', () => {
        const stored = channel.commit(aTransaction());
        expect(stored.bytes).toBe(stored.bytes);
        expect(stored.filteredBytes()).toBe(stored.filteredBytes());
    });

    it('has a filtered form with the events of invalid transactions too, without their payloads', () => {
        const events = newChaincodeEvent({
            chaincodeId: 'grid',
            txId: 'id',
            eventName: 'measurement.set',
            payload: Buffer.from('a secret of the full block'),
        });
        const stored = channel.commit(
            aTransaction({ events }),
            aTransaction({ events, endorsers: [] }),
            Buffer.from('ff', 'hex'),
        );
        const filtered = stored.filteredBytes();
        expect(filtered).toEqual(newFilteredBlock(testChannel, stored.block, stored.codes));
        expect(filtered.toString('latin1').split('measurement.set')).toHaveLength(3);
        expect(filtered.includes('a secret')).toBe(false);
        expect(stored.transactions.map(({ event }) => event?.payload.toString())).toEqual([
            'a secret of the full block',
            'a secret of the full block',
            undefined,
        ]);
    });

    it('has a filtered form with the events of each action of a transaction that has two', () => {
        const named = (eventName: string): Buffer => {
            const events = newChaincodeEvent({ chaincodeId: 'grid', txId: 'id', eventName });
            return parsePayload(parseSignedPayload(aTransaction({ events })).payloadBytes).data;
        };
        const stored = channel.commit(aTransaction({ data: Buffer.concat([named('first'), named('second')]) }));
        expect(stored.codes).not.toEqual([0]);
        const [filtered] = protos.FilteredBlock.decode(stored.filteredBytes()).filtered_transactions;
        const events = filtered?.transaction_actions?.chaincode_actions?.map((action) => action.chaincode_event);
        expect(events?.map((event) => event?.event_name)).toEqual(['first', 'second']);
        expect(stored.filteredBytes()).toEqual(newFilteredBlock(testChannel, stored.block, stored.codes));
    });
});

describe('a block that does not belong here', () => {
    const broken: [string, string, () => Block][] = [
        [
            'with the wrong number',
            'LEDGER_CORRUPT',
            () => {
                const block = channel.nextBlock(aTransaction());
                return { ...block, header: { ...block.header, number: 2 } };
            },
        ],
        [
            'with another previous hash',
            'LEDGER_CORRUPT',
            () => {
                const block = channel.nextBlock(aTransaction());
                return { ...block, header: { ...block.header, previousHash: Buffer.alloc(32) } };
            },
        ],
        [
            'with a transaction exchanged',
            'LEDGER_CORRUPT',
            () => ({ ...channel.nextBlock(aTransaction()), data: [aTransaction()] }),
        ],
        [
            'that no orderer signed',
            'BLOCK_NOT_AUTHENTIC',
            () => withMetadata(channel.nextBlock(aTransaction()), metadataSlots.signatures, Buffer.alloc(0)),
        ],
    ];

    it.each(broken)('%s is refused with %s, and nothing of it is written', (_, code, block) => {
        expect(faultOf(block())).toMatchObject({ code, channelId: testChannel });
        expect(channel.ledger.height).toBe(1);
        expect(channel.valueOf('a key')).toBeUndefined();
        expect(channel.commit(aTransaction()).number).toBe(1);
    });
});

describe('the state', () => {
    it('holds the version of block and place for each key', () => {
        channel.commit(
            aTransaction({ sets: [aSet({ writes: ['a'] })] }),
            aTransaction({ sets: [aSet({ writes: ['b'] })] }),
        );
        expect(channel.ledger.committedValue('grid', 'b')?.version).toEqual({ blockNumber: 1, txNumber: 1 });
    });

    it('treats a write of no bytes as a delete', () => {
        channel.commit(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        channel.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a', '')] })] }));
        expect(channel.valueOf('a')).toBeUndefined();
        const [newest] = channel.ledger.historyOf('grid', 'a');
        expect(newest?.isDelete).toBe(true);
    });

    it('of a snapshot does not move while blocks are committed', () => {
        channel.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a', 'old')] })] }));
        const snapshot = channel.ledger.openSnapshot();
        channel.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a', 'new')] })] }));
        expect(snapshot.height).toBe(2);
        expect(snapshot.get('grid', 'a')?.value.toString()).toBe('old');
        snapshot.release();
        expect(channel.valueOf('a')).toBe('new');
    });

    it('that was corrupted on one peer makes no verdict different, for versions are compared', () => {
        channel.commit(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        channel.ledger.corrupt('grid', 'a', Buffer.from('wrong'));
        expect(channel.valueOf('a')).toBe('wrong');
        expect(channel.commit(aTransaction({ sets: [aSet({ reads: [aRead('a', 1)] })] })).codes).toEqual([0]);
    });
});

describe('the history of a key', () => {
    it('is every valid write, newest first, two of one block included', () => {
        const write = (value: string, timeMs: number): Buffer =>
            aTransaction({ sets: [aSet({ writes: [aWrite('a', value)] })], timeMs });
        channel.commit(write('one', 1_000), write('two', 2_500));
        channel.commit(
            aTransaction({ sets: [aSet({ writes: [aWrite('a', 'never')] })], endorsers: [] }),
            aTransaction({ sets: [aSet({ writes: [aDelete('a')] })], timeMs: 3_000 }),
        );
        const history = channel.ledger.historyOf('grid', 'a');
        expect(history.map(({ value, isDelete, timestamp }) => [value.toString(), isDelete, timestamp])).toEqual([
            ['', true, { seconds: 3, nanos: 0 }],
            ['two', false, { seconds: 2, nanos: 500_000_000 }],
            ['one', false, { seconds: 1, nanos: 0 }],
        ]);
        expect(history[0]?.txId).toBe(channel.ledger.blockByNumber(2)?.transactions[1]?.txId);
    });

    it('can be asked as of a height', () => {
        channel.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a', 'one')] })] }));
        channel.commit(aTransaction({ sets: [aSet({ writes: [aWrite('a', 'two')] })] }));
        expect(channel.ledger.historyOf('grid', 'a', 2).map(({ value }) => value.toString())).toEqual(['one']);
        expect(channel.ledger.historyOf('grid', 'unknown')).toEqual([]);
    });
});

describe('a new ledger', () => {
    it('holds the genesis block, its one transaction valid, without commit hash', () => {
        const { height, currentBlockHash, previousBlockHash } = channel.ledger.chainInfo();
        const genesis = channel.ledger.blockByNumber(0);
        expect(height).toBe(1);
        expect(currentBlockHash).toEqual(genesis?.headerHash);
        expect(previousBlockHash).toHaveLength(0);
        expect(genesis?.block.metadata[metadataSlots.transactionsFilter]).toEqual(Buffer.from([0]));
        expect(genesis?.block.metadata[metadataSlots.commitHash]).toHaveLength(0);
    });
});
