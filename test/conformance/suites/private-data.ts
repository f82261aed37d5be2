/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseHashedReadWriteSet } from '../../../network/wire/hashed-rwset';
import { fieldBytes } from '../../../network/wire/protobuf-bytes';
import { parseReadWriteSet, type NamespaceReadWriteSet } from '../../../network/wire/rwset';
import { mspIds } from '../conformance-network';
import { privateWritesDelivered } from '../private-delivery';
import type { EndorserAnswer } from '../raw-client';
import { codes, type Suite } from './suite';

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const [dispatch, north, south] = mspIds;

/** What a real peer does with private data; collections `prices` and `shared` are those of the recording. */
export const privateData: Suite = ({ network, client }) => {
    /** Asked by a client of an organisation, of its own peer unless another is named. */
    const ask = async (mspId: string, args: readonly string[], peer = mspId): Promise<EndorserAnswer> =>
        client().endorse({ args, identity: network().clients.member(mspId) }, peer);
    const tell = async (mspId: string, args: readonly string[], peer = mspId): Promise<string> => {
        const { answer, grpcMessage } = await ask(mspId, args, peer);
        if (answer?.response.status === 200) return answer.response.payload.toString();
        return (answer?.response.message ?? grpcMessage ?? '').replace(/^.*?transaction ID: [0-9a-f]{64}: /, '');
    };
    const withValue = (value: string): { readonly draft: { readonly transient: Record<string, string> } } => ({
        draft: { transient: { value } },
    });
    const put = async (collection: string, key: string, value: string): Promise<void> => {
        await client().submit(['PrivatePut', collection, key], withValue(value));
    };
    const setOf = async (args: readonly string[], value = 'v'): Promise<NamespaceReadWriteSet | undefined> => {
        const { answer } = await client().endorse({ args, transient: { value } });
        const action = fieldBytes(answer?.payload ?? Buffer.alloc(0), 2) ?? Buffer.alloc(0);
        const sets = parseReadWriteSet(fieldBytes(action, 1) ?? Buffer.alloc(0));
        return sets.find(({ namespace }) => namespace === 'basic');
    };

    describe('private data', () => {
        it('is read by members, by others only as its hash', async () => {
            await put('prices', 'read/1', 'secret');
            expect(await tell(dispatch, ['PrivateGet', 'prices', 'read/1'])).toBe('secret');
            expect(await tell(north, ['PrivateGet', 'prices', 'read/1'])).toBe('secret');
            expect(await tell(south, ['PrivateGet', 'prices', 'read/1'])).toBe(
                'tx creator does not have read access permission on privatedata in chaincodeName:basic ' +
                    'collectionName: prices',
            );
            expect(await tell(south, ['PrivateHash', 'prices', 'read/1'])).toBe(sha256('secret'));
        });

        it('is not on a peer that is no member, and the peer says so', async () => {
            await put('shared', 'read/2', 'secret');
            expect(await tell(south, ['PrivateGet', 'shared', 'read/2'], dispatch)).toBe('secret');
            expect(await tell(south, ['PrivateGet', 'shared', 'read/2'])).toMatch(
                /^private data matching public hash version is not available. Public hash version = \{BlockNum: \d+, TxNum: 0\}, Private data version = <nil>$/,
            );
        });

        it('appears in the read-write set, and so on the ledger, by hashes alone', async () => {
            const set = await setOf(['PrivatePut', 'prices', 'hidden key'], 'hidden value');
            expect(set).toMatchObject({ reads: [], writes: [] });
            const [collection] = set?.hashedCollections ?? [];
            expect(collection?.name).toBe('prices');
            const { reads, writes } = parseHashedReadWriteSet(collection?.hashedReadWriteSet ?? Buffer.alloc(0));
            expect(reads).toEqual([]);
            expect(
                writes.map(({ keyHash, valueHash }) => [keyHash.toString('hex'), valueHash.toString('hex')]),
            ).toEqual([[sha256('hidden key'), sha256('hidden value')]]);
            const { envelope } = await client().prepare(
                ['PrivatePut', 'prices', 'k'],
                withValue('never on the ledger'),
            );
            expect(envelope.includes('never on the ledger')).toBe(false);
        });

        it('does not see the transaction’s own writes, like public state', async () => {
            await put('prices', 'own/1', '7');
            const { result } = await client().submit(['PrivateIncrement', 'prices', 'own/1']);
            expect(result).toBe('8');
            expect(await tell(north, ['PrivateGet', 'prices', 'own/1'])).toBe('8');
        });

        it('that two transactions of a block read and write is a conflict', async () => {
            await put('prices', 'conflict/1', '1');
            const both = [
                await client().prepare(['PrivateIncrement', 'prices', 'conflict/1']),
                await client().prepare(['PrivateIncrement', 'prices', 'conflict/1']),
            ];
            await client().broadcast(both.map(({ envelope }) => envelope));
            const verdicts = await Promise.all(both.map(async ({ txId }) => client().codeOf(txId)));
            expect(verdicts).toEqual([codes.VALID, codes.MVCC_READ_CONFLICT]);
            expect(await tell(north, ['PrivateGet', 'prices', 'conflict/1'])).toBe('2');
        });

        it('that has changed since its hash was read is a conflict, too', async () => {
            await put('prices', 'conflict/2', '1');
            const late = await client().prepare(['PutByPrivateHash', 'prices', 'conflict/2', 'public']);
            await put('prices', 'conflict/2', '2');
            expect(await client().commit(late)).toBe(codes.MVCC_READ_CONFLICT);
        });

        it('is deleted, its hash too', async () => {
            await put('prices', 'gone/1', 'x');
            await client().submit(['PrivateDelete', 'prices', 'gone/1']);
            expect(await tell(north, ['PrivateGet', 'prices', 'gone/1'])).toBe('');
            expect(await tell(south, ['PrivateHash', 'prices', 'gone/1'])).toBe('');
        });

        it('is purged', async () => {
            await put('prices', 'gone/2', 'x');
            const set = await setOf(['PrivatePurge', 'prices', 'gone/2']);
            const [collection] = set?.hashedCollections ?? [];
            const { writes } = parseHashedReadWriteSet(collection?.hashedReadWriteSet ?? Buffer.alloc(0));
            expect(writes).toMatchObject([{ isDelete: true, isPurge: true }]);
            await client().submit(['PrivatePurge', 'prices', 'gone/2']);
            expect(await tell(north, ['PrivateGet', 'prices', 'gone/2'])).toBe('');
            expect(await tell(south, ['PrivateHash', 'prices', 'gone/2'])).toBe('');
        });

        it('is forgotten when its blocks to live are over, its hash too', async () => {
            await put('brief', 'k', 'soon gone');
            await client().submit(['Put', 'block/1', 'x']);
            expect(await tell(dispatch, ['PrivateGet', 'brief', 'k'])).toBe('soon gone');
            await client().submit(['Put', 'block/2', 'x']);
            expect(await tell(dispatch, ['PrivateGet', 'brief', 'k'])).toBe('');
            expect(await tell(south, ['PrivateHash', 'brief', 'k'])).toBe('');
        });

        it('is listed by ranges, of which the read-write set says nothing', async () => {
            for (const key of ['range/b', 'range/a']) await put('prices', key, 'x');
            expect(await tell(north, ['PrivateRange', 'prices', 'range/', 'range/z'])).toBe('["range/a","range/b"]');
            expect(await setOf(['PrivateRange', 'prices', 'range/', 'range/z'])).toBeUndefined();
        });

        it('is not queried and public state written in one transaction', async () => {
            expect(await tell(dispatch, ['PrivateRangeThenPut', 'prices', 'a', 'z', 'k'])).toMatch(
                /^txid \[[0-9a-f]{64}\]: unsuppored transaction. Transaction has already performed queries on pvt data. Writes are not allowed$/,
            );
            expect(await tell(dispatch, ['PutThenPrivateRange', 'prices', 'a', 'z', 'k'])).toMatch(
                /^txid \[[0-9a-f]{64}\]: unsuppored transaction. Queries on pvt data is supported only in a read-only transaction$/,
            );
        });

        it('has no rich queries where the state has none', async () => {
            expect(await tell(dispatch, ['PrivateQuery', 'prices', '{}'])).toBe(
                'ExecuteQuery not supported for leveldb',
            );
        });

        it('has no key-level policy unless one was set; asking reads the hash', async () => {
            expect(await tell(south, ['PrivatePolicy', 'shared', 'k'])).toBe('');
            const set = await setOf(['PrivatePolicy', 'shared', 'k']);
            const [collection] = set?.hashedCollections ?? [];
            const { reads } = parseHashedReadWriteSet(collection?.hashedReadWriteSet ?? Buffer.alloc(0));
            expect(reads).toMatchObject([{ version: undefined }]);
        });

        it('is not endorsed when fewer peers could be given it than must be', async () => {
            const { answer, proposal } = await ask(dispatch, ['PrivatePut', 'demanding', 'k']);
            expect(answer?.response).toMatchObject({
                status: 500,
                message:
                    `error in simulation: failed to distribute private collection, txID ${proposal.txId}, channel grid: ` +
                    'could not build private data dissemination plan for chaincode basic and collection demanding: ' +
                    'required to disseminate to at least 1 peers, but know of only 0 eligible peers',
            });
        });
    });

    describe('a delivery with private data', () => {
        const deliveredOf = async (txId: string, reader: string, peerOf = reader): Promise<string[]> =>
            privateWritesDelivered(client(), network(), { txId, reader, peerOf });

        it('brings what the peer holds and the reader may read', async () => {
            const closed = await client().submit(['PrivatePut', 'prices', 'delivered'], withValue('closed'));
            const open = await client().submit(['PrivatePut', 'shared', 'delivered'], withValue('open'));
            expect(await deliveredOf(closed.txId, north)).toEqual(['prices closed']);
            expect(await deliveredOf(closed.txId, south, dispatch)).toEqual([]);
            expect(await deliveredOf(open.txId, south, dispatch)).toEqual(['shared open']);
            expect(await deliveredOf(open.txId, south)).toEqual([]);
        });

        it('brings nothing that was purged since', async () => {
            const { txId } = await client().submit(['PrivatePut', 'prices', 'purged'], withValue('x'));
            expect(await deliveredOf(txId, north)).toEqual(['prices x']);
            await client().submit(['PrivatePurge', 'prices', 'purged']);
            expect(await deliveredOf(txId, north)).toEqual([]);
        });

        it('brings the private data of invalid transactions, too', async () => {
            await put('prices', 'lost', '1');
            const late = await client().prepare(['PrivateIncrement', 'prices', 'lost']);
            await put('prices', 'lost', '5');
            expect(await client().commit(late)).toBe(codes.MVCC_READ_CONFLICT);
            expect(await deliveredOf(late.txId, north)).toEqual(['prices 2']);
        });
    });

    describe('who must endorse private data', () => {
        it('is said by the collection’s own policy, in place of the chaincode’s', async () => {
            const alone = { endorsers: [dispatch], ...withValue('x') };
            await client().submit(['PrivatePut', 'shared', 'policy/1'], alone);
            const other = await client().prepare(['PrivatePut', 'prices', 'policy/1'], alone);
            expect(await client().commit(other)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            expect(await tell(north, ['PrivateGet', 'shared', 'policy/1'])).toBe('x');
        });

        it('is said by both where public state is written too', async () => {
            const args = ['PrivateAndPublicPut', 'shared', 'policy/2', 'public'];
            const one = await client().prepare(args, { endorsers: [dispatch], ...withValue('x') });
            expect(await client().commit(one)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            await client().submit(args, { endorsers: [dispatch, south], ...withValue('x') });
            expect(await tell(north, ['PrivateGet', 'shared', 'policy/2'])).toBe('x');
        });
    });

    describe('an implicit collection', () => {
        const ofNorth = `_implicit_org_${north}`;

        it('belongs to its organisation: it endorses alone, and holds the data', async () => {
            const args = ['PrivatePut', ofNorth, 'k'];
            await client().submit(args, { endorsers: [north], ...withValue('ours') });
            expect(await tell(north, ['PrivateGet', ofNorth, 'k'])).toBe('ours');
            expect(await tell(dispatch, ['PrivateHash', ofNorth, 'k'])).toBe(sha256('ours'));
            expect(await tell(dispatch, ['PrivateGet', ofNorth, 'k'])).toMatch(/^private data matching public hash/);
        });

        it('is written by nobody else', async () => {
            const nonce = randomBytes(24);
            const args = ['PrivatePut', ofNorth, 'k2'];
            // The member endorses as well, though its word is left out: else it would wait for data that nobody gives it.
            await client().endorse({ args, nonce, ...withValue('theirs').draft }, north);
            const other = await client().prepare(args, {
                endorsers: [dispatch, south],
                draft: { nonce, ...withValue('theirs').draft },
            });
            expect(await client().commit(other)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            expect(await tell(north, ['PrivateGet', ofNorth, 'k2'])).toBe('');
        });

        it('of an organisation that is not on the channel is not there', async () => {
            expect(await tell(dispatch, ['PrivatePut', '_implicit_org_GhostMSP', 'k'])).toBe(
                'collection [_implicit_org_GhostMSP] not defined in the collection config for chaincode [basic]',
            );
        });
    });
};
