import { beforeEach, describe, expect, it } from '@jest/globals';
import { isRetryable, validationCodes, validationName } from '../../../../../network/embedded/validate/validation-code';
import { FieldWriter } from '../../../../../network/wire/field-writer';
import { headerTypes, newChaincodeHeaderExtension, newSignatureHeader } from '../../../../../network/wire/headers';
import { newReadWriteSet, summarizeReads, type RangeRead } from '../../../../../network/wire/rwset';
import { newChaincodeEvent } from '../../../../../network/wire/transaction';
import { TestChannel } from '../../../../support/a-channel';
import { aDelete, aRead, aSet, aTransaction, aWrite, type TransactionWishes } from '../../../../support/a-transaction';

let channel: TestChannel;

/** Names of the verdicts on one block of these envelopes. */
function judge(...envelopes: readonly Buffer[]): string[] {
    return channel.commit(...envelopes).codes.map(validationName);
}

beforeEach(() => {
    channel = new TestChannel();
});

describe('a transaction by itself', () => {
    it('is VALID when all is right', () => {
        expect(judge(aTransaction())).toEqual(['VALID']);
        expect(channel.valueOf('a key')).toBe('written');
    });

    const wrong: [string, string, () => Buffer][] = [
        ['bytes that are no envelope', 'INVALID_OTHER_REASON', () => Buffer.from('0aff', 'hex')],
        [
            'a payload that cannot be read',
            'BAD_PAYLOAD',
            () => new FieldWriter().bytes(1, Buffer.from('0aff', 'hex')).bytes(2, Buffer.from('s')).finish(),
        ],
        ['an envelope without payload', 'BAD_COMMON_HEADER', () => Buffer.alloc(0)],
        ['a header type that no peer knows', 'BAD_COMMON_HEADER', () => aTransaction({ type: headerTypes.message })],
        ['an epoch other than zero', 'BAD_COMMON_HEADER', () => aTransaction({ epoch: 1 })],
        ['an empty nonce', 'BAD_COMMON_HEADER', () => aTransaction({ nonce: '' })],
        ['an empty creator', 'BAD_COMMON_HEADER', () => aTransaction({ creator: '' })],
        ['a creator nobody knows', 'BAD_CREATOR_SIGNATURE', () => aTransaction({ creator: 'stranger' })],
        ['a forged signature', 'BAD_CREATOR_SIGNATURE', () => aTransaction({ signature: Buffer.from('forged') })],
        ['no signature', 'BAD_CREATOR_SIGNATURE', () => aTransaction({ signature: Buffer.alloc(0) })],
        ['another channel', 'BAD_CREATOR_SIGNATURE', () => aTransaction({ channelId: 'elsewhere' })],
        [
            'an id that nonce and creator do not give',
            'BAD_PROPOSAL_TXID',
            () => aTransaction({ txId: 'ab'.repeat(32) }),
        ],
        ['no transaction', 'INVALID_ENDORSER_TRANSACTION', () => aTransaction({ data: Buffer.alloc(0) })],
        [
            'garbage for a transaction',
            'INVALID_ENDORSER_TRANSACTION',
            () => aTransaction({ data: Buffer.from('ff', 'hex') }),
        ],
        ['two actions', 'INVALID_ENDORSER_TRANSACTION', () => aTransaction({ data: Buffer.from('0a000a00', 'hex') })],
        [
            'an action whose header names nobody',
            'INVALID_ENDORSER_TRANSACTION',
            () => {
                const header = newSignatureHeader(Buffer.alloc(0), Buffer.alloc(0));
                const action = new FieldWriter().bytes(1, header).bytes(2, Buffer.from('1200', 'hex')).finish();
                return aTransaction({ data: new FieldWriter().message(1, action).finish() });
            },
        ],
        [
            'a hash of another proposal',
            'INVALID_ENDORSER_TRANSACTION',
            () => aTransaction({ proposalHash: Buffer.alloc(32, 1) }),
        ],
        ['an unused header type', 'UNSUPPORTED_TX_PAYLOAD', () => aTransaction({ type: headerTypes.configUpdate })],
        [
            'a configuration without content',
            'INVALID_CONFIG_TRANSACTION',
            () => aTransaction({ type: headerTypes.config, data: Buffer.alloc(0) }),
        ],
        [
            'a header extension that cannot be read',
            'BAD_HEADER_EXTENSION',
            () => aTransaction({ extension: Buffer.from('12ff', 'hex') }),
        ],
        [
            'no chaincode in the header extension',
            'INVALID_OTHER_REASON',
            () => aTransaction({ extension: Buffer.alloc(0) }),
        ],
        ['no action in the answer', 'BAD_RESPONSE_PAYLOAD', () => aTransaction({ actionBytes: Buffer.alloc(0) })],
        [
            'an unreadable action',
            'BAD_RESPONSE_PAYLOAD',
            () => aTransaction({ actionBytes: Buffer.from('0aff', 'hex') }),
        ],
        ['an unreadable read-write set', 'BAD_RWSET', () => aTransaction({ results: Buffer.from('12ff', 'hex') })],
        [
            'an action of another chaincode',
            'INVALID_CHAINCODE',
            () => aTransaction({ actionChaincode: { name: 'other', version: '1.0' } }),
        ],
        [
            'an action without version',
            'INVALID_CHAINCODE',
            () => aTransaction({ actionChaincode: { name: 'grid', version: '' } }),
        ],
        [
            'an empty chaincode name',
            'INVALID_CHAINCODE',
            () => aTransaction({ extension: newChaincodeHeaderExtension('') }),
        ],
        ['a chaincode that is not defined', 'INVALID_CHAINCODE', () => aTransaction({ chaincode: 'unknown' })],
        [
            'writes to a chaincode that is not defined',
            'INVALID_CHAINCODE',
            () => aTransaction({ sets: [aSet({ namespace: 'unknown', writes: ['a'] })] }),
        ],
        [
            'an event of another chaincode',
            'INVALID_OTHER_REASON',
            () => aTransaction({ events: newChaincodeEvent({ chaincodeId: 'other', txId: '', eventName: 'e' }) }),
        ],
        ['an unreadable event', 'INVALID_OTHER_REASON', () => aTransaction({ events: Buffer.from('0aff', 'hex') })],
        [
            'one namespace listed twice',
            'ILLEGAL_WRITESET',
            () => {
                const once = newReadWriteSet([aSet({ writes: ['a'] })]);
                return aTransaction({ results: Buffer.concat([once, once]) });
            },
        ],
        [
            'a key-level policy, which is not kept here',
            'INVALID_OTHER_REASON',
            () => aTransaction({ sets: [{ ...aSet({}), metadataWrites: [{ key: 'a', entries: [] }] }] }),
        ],
        ['too few endorsements', 'ENDORSEMENT_POLICY_FAILURE', () => aTransaction({ endorsers: ['peer-1'] })],
        ['one endorser twice', 'ENDORSEMENT_POLICY_FAILURE', () => aTransaction({ endorsers: ['peer-1', 'peer-1'] })],
        ['no endorsement', 'ENDORSEMENT_POLICY_FAILURE', () => aTransaction({ endorsers: [] })],
        [
            'an endorser whom nobody knows',
            'ENDORSEMENT_POLICY_FAILURE',
            () => aTransaction({ endorsers: ['peer-1', 'peer-9'] }),
        ],
        [
            'endorsements over something else',
            'ENDORSEMENT_POLICY_FAILURE',
            () => aTransaction({ endorsementSignature: Buffer.from('forged') }),
        ],
        [
            'writes to a chaincode with another policy',
            'ENDORSEMENT_POLICY_FAILURE',
            () => aTransaction({ sets: [aSet({ writes: ['a'] }), aSet({ namespace: 'other', writes: ['b'] })] }),
        ],
    ];
    it.each(wrong)('with %s is %s', (_, name, envelope) => {
        expect(judge(envelope())).toEqual([name]);
        expect(channel.valueOf('a key')).toBeUndefined();
    });

    it('needs no endorsement for what it only reads', () => {
        const sets = [aSet({ writes: ['a'] }), aSet({ namespace: 'other', reads: [aRead('b')] })];
        expect(judge(aTransaction({ sets }))).toEqual(['VALID']);
    });

    it('may write to another chaincode whose policy is satisfied too', () => {
        const sets = [aSet({ writes: ['a'] }), aSet({ namespace: 'other', writes: ['b'] })];
        expect(judge(aTransaction({ sets, endorsers: ['peer-1', 'peer-3'] }))).toEqual(['VALID']);
        expect(channel.valueOf('b', 'other')).toBe('written');
    });

    it('of type CONFIG with content is VALID and changes no state', () => {
        expect(judge(aTransaction({ type: headerTypes.config, data: Buffer.from('config') }))).toEqual(['VALID']);
    });
});

describe('a transaction id', () => {
    it('that was in the ledger before is DUPLICATE_TXID, and the first code stays', () => {
        const failing: TransactionWishes = { nonce: 'again', endorsers: [] };
        const [first] = [aTransaction(failing)];
        expect(judge(first)).toEqual(['ENDORSEMENT_POLICY_FAILURE']);
        const second = aTransaction({ nonce: 'again' });
        expect(judge(second)).toEqual(['DUPLICATE_TXID']);
        const stored = channel.ledger.blockByNumber(1);
        const txId = stored?.transactions[0]?.txId ?? '';
        expect(channel.ledger.transaction(txId)).toMatchObject({
            code: validationCodes.ENDORSEMENT_POLICY_FAILURE,
            blockNumber: 1,
            envelopeBytes: first,
        });
    });

    it('that repeats in a block is DUPLICATE_TXID from the second on', () => {
        const envelope = aTransaction();
        expect(judge(envelope, envelope, envelope)).toEqual(['VALID', 'DUPLICATE_TXID', 'DUPLICATE_TXID']);
    });

    it('may repeat in a block when the first one failed by itself', () => {
        const first = aTransaction({ nonce: 'n', endorsers: [] });
        expect(judge(first, aTransaction({ nonce: 'n' }))).toEqual(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
    });

    it('repeats even when what the first one read is out of date', () => {
        const sets = [aSet({ reads: [aRead('a', 7)] })];
        expect(judge(aTransaction({ nonce: 'n', sets }), aTransaction({ nonce: 'n' }))).toEqual([
            'MVCC_READ_CONFLICT',
            'DUPLICATE_TXID',
        ]);
    });
});

describe('a read', () => {
    const readAndWrite = (key: string, blockNumber?: number, txNumber?: number): Buffer =>
        aTransaction({ sets: [aSet({ reads: [aRead(key, blockNumber, txNumber)], writes: [key] })] });

    it('at the committed version is VALID', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['x'] })] }), aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        expect(judge(readAndWrite('a', 1, 1))).toEqual(['VALID']);
    });

    it('at an older version is MVCC_READ_CONFLICT across blocks', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        expect(judge(readAndWrite('a', 1))).toEqual(['MVCC_READ_CONFLICT']);
    });

    it('of a key that an earlier transaction of the block wrote is MVCC_READ_CONFLICT', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        expect(judge(readAndWrite('a', 1), readAndWrite('a', 1))).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('of a key that an earlier transaction of the block deleted is MVCC_READ_CONFLICT', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        const deletes = aTransaction({ sets: [aSet({ writes: [aDelete('a')] })] });
        expect(judge(deletes, readAndWrite('a', 1))).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('does not mind an earlier transaction of the block that failed', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        const failing = aTransaction({ sets: [aSet({ writes: ['a'] })], endorsers: [] });
        expect(judge(failing, readAndWrite('a', 1))).toEqual(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
    });

    it('of a key that was absent when endorsed but exists now is MVCC_READ_CONFLICT', () => {
        judge(aTransaction({ sets: [aSet({ writes: ['a'] })] }));
        expect(judge(readAndWrite('a'))).toEqual(['MVCC_READ_CONFLICT']);
    });

    it('of a key that existed when endorsed but is gone is MVCC_READ_CONFLICT', () => {
        expect(judge(readAndWrite('a', 1))).toEqual(['MVCC_READ_CONFLICT']);
    });

    it('at version {0, 0} is something else than a read of an absent key', () => {
        expect(judge(readAndWrite('a', 0, 0))).toEqual(['MVCC_READ_CONFLICT']);
    });

    it('is not needed for a blind write: two in one block are VALID, the last one stays', () => {
        const blind = (value: string): Buffer => aTransaction({ sets: [aSet({ writes: [aWrite('a', value)] })] });
        expect(judge(blind('one'), blind('two'))).toEqual(['VALID', 'VALID']);
        expect(channel.valueOf('a')).toBe('two');
    });
});

describe('a range query', () => {
    const writes = (...keys: Parameters<typeof aSet>[0]['writes'] & object): Buffer =>
        aTransaction({ sets: [aSet({ writes: keys })] });
    const queries = (range: RangeRead): Buffer =>
        aTransaction({ sets: [aSet({ rangeReads: [range], writes: ['result'] })] });
    const bToE: RangeRead = {
        startKey: 'b',
        endKey: 'e',
        exhausted: true,
        reads: [aRead('b', 1), aRead('c', 1), aRead('d', 1)],
    };
    const upToC: RangeRead = { startKey: 'b', endKey: 'c', exhausted: false, reads: [aRead('b', 1), aRead('c', 1)] };

    beforeEach(() => {
        judge(writes('a', 'b', 'c', 'd', 'e'));
    });

    it('that gives the same keys at the same versions is VALID', () => {
        expect(judge(queries(bToE))).toEqual(['VALID']);
    });

    const changes: [string, () => Buffer][] = [
        ['inserted', () => writes('bb')],
        ['inserted at the end', () => writes('dd')],
        ['deleted', () => writes(aDelete('c'))],
        ['changed', () => writes('c')],
    ];
    it.each(changes)('is PHANTOM_READ_CONFLICT when a key was %s in a committed block', (_, change) => {
        judge(change());
        expect(judge(queries(bToE))).toEqual(['PHANTOM_READ_CONFLICT']);
    });

    it.each(changes)('is PHANTOM_READ_CONFLICT when a key was %s earlier in the block', (_, change) => {
        expect(judge(change(), queries(bToE))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
    });

    it.each([
        ['before the range', () => writes('aa', 'a')],
        ['at its end key', () => writes('e')],
    ])('does not mind a change %s', (_, change) => {
        expect(judge(change(), queries(bToE))).toEqual(['VALID', 'VALID']);
        judge(change());
        expect(judge(queries(bToE))).toEqual(['VALID']);
    });

    it('is PHANTOM_READ_CONFLICT when it found nothing and there is something now', () => {
        const empty: RangeRead = { startKey: 'x', endKey: 'z', exhausted: true, reads: [] };
        expect(judge(queries(empty), writes('y'), queries(empty))).toEqual(['VALID', 'VALID', 'PHANTOM_READ_CONFLICT']);
        expect(judge(queries(empty))).toEqual(['PHANTOM_READ_CONFLICT']);
    });

    it('meets the keys of the block in their place among the committed ones', () => {
        const reads = [aRead('b', 1), aRead('bb', 2, 0), aRead('c', 1), aRead('d', 1)];
        expect(judge(writes('bb'), queries({ ...bToE, reads }))).toEqual(['VALID', 'VALID']);
    });

    it('that was not read to its end includes its end key', () => {
        expect(judge(queries(upToC))).toEqual(['VALID']);
        expect(judge(writes('c'), queries(upToC))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
        expect(judge(queries(upToC))).toEqual(['PHANTOM_READ_CONFLICT']);
    });

    it('that was not read to its end minds a deleted end key, and nothing behind it', () => {
        expect(judge(writes('cc', aDelete('d')), queries(upToC))).toEqual(['VALID', 'VALID']);
        expect(judge(writes(aDelete('c')), queries(upToC))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
        expect(judge(queries(upToC))).toEqual(['PHANTOM_READ_CONFLICT']);
    });

    it('with an open end sees everything behind its start', () => {
        const open: RangeRead = { startKey: 'd', endKey: '', exhausted: true, reads: [aRead('d', 1), aRead('e', 1)] };
        expect(judge(queries(open))).toEqual(['VALID']);
        expect(judge(queries({ ...open, reads: [...open.reads, aRead('result', 2)] }), writes('zz'))).toEqual([
            'VALID',
            'VALID',
        ]);
        expect(judge(queries(open))).toEqual(['PHANTOM_READ_CONFLICT']);
    });

    it('after a key that changed is MVCC_READ_CONFLICT: keys of a namespace come first', () => {
        const set = aSet({ reads: [aRead('a', 9)], rangeReads: [{ ...bToE, reads: [] }] });
        expect(judge(aTransaction({ sets: [set] }))).toEqual(['MVCC_READ_CONFLICT']);
    });

    describe('with more than 50 results', () => {
        const keys = Array.from({ length: 60 }, (_, index) => `k${String(index).padStart(3, '0')}`);
        const long: RangeRead = {
            startKey: 'k',
            endKey: 'l',
            exhausted: true,
            reads: keys.map((key) => aRead(key, 2)),
        };

        beforeEach(() => {
            judge(writes(...keys));
        });

        it('is recorded as a summary and VALID while nothing changes', () => {
            expect(judge(queries(long))).toEqual(['VALID']);
        });

        it('is PHANTOM_READ_CONFLICT when one result changed, came or went', () => {
            expect(judge(writes('k030'), queries(long))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
            expect(judge(writes('k030a'), queries(long))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
            expect(judge(writes(aDelete('k059')), queries(long))).toEqual(['VALID', 'PHANTOM_READ_CONFLICT']);
        });

        it('is PHANTOM_READ_CONFLICT when few enough are left to need no summary', () => {
            expect(judge(writes(...keys.slice(20).map(aDelete)), queries(long))).toEqual([
                'VALID',
                'PHANTOM_READ_CONFLICT',
            ]);
        });

        it('is PHANTOM_READ_CONFLICT when a summary stands for so few that there is none', () => {
            const merkle = summarizeReads(bToE.reads, 50);
            expect(judge(queries({ ...bToE, reads: [], merkle }))).toEqual(['PHANTOM_READ_CONFLICT']);
        });

        it('is PHANTOM_READ_CONFLICT when the summary claims a degree that no peer uses', () => {
            const merkle = { ...summarizeReads(long.reads, 50), maxDegree: 1 };
            expect(judge(queries({ ...long, reads: [], merkle }))).toEqual(['PHANTOM_READ_CONFLICT']);
        });
    });
});

describe('the hash of private data', () => {
    const hashed = (reads: Buffer, writtenHash?: string): Buffer => {
        const set = new FieldWriter();
        set.bytes(1, reads);
        if (writtenHash !== undefined) {
            const write = new FieldWriter().bytes(1, Buffer.from('key hash')).bytes(3, Buffer.from(writtenHash));
            set.message(2, write.finish());
        }
        const collection = {
            name: 'prices',
            hashedReadWriteSet: set.finish(),
            privateReadWriteSetHash: Buffer.alloc(0),
        };
        return aTransaction({ sets: [{ ...aSet({}), hashedCollections: [collection] }] });
    };
    const readAt = (blockNumber: number): Buffer => {
        const version = new FieldWriter().uint(1, blockNumber).finish();
        return new FieldWriter().bytes(1, Buffer.from('key hash')).message(2, version).finish();
    };

    it('is read at a version like a key: MVCC_READ_CONFLICT within a block and across blocks', () => {
        expect(judge(hashed(Buffer.alloc(0), 'one'))).toEqual(['VALID']);
        expect(judge(hashed(readAt(1), 'two'), hashed(readAt(1)))).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        expect(judge(hashed(readAt(1)), hashed(readAt(2)))).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
    });
});

describe('validation codes', () => {
    it('have the numbers and names of Fabric, all of them', () => {
        for (const [name, code] of Object.entries(validationCodes)) expect(validationName(code)).toBe(name);
        expect(validationName(99)).toBe('INVALID_OTHER_REASON');
    });

    it('are retryable only where a transaction lost to another one', () => {
        const retryable = Object.entries(validationCodes).filter(([, code]) => isRetryable(code));
        expect(retryable.map(([name]) => name)).toEqual(['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT']);
    });
});
