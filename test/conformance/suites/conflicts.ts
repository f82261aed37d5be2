/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { describe, expect, it } from '@jest/globals';
import { mspIds } from '../conformance-network';
import { signWith } from '../proposal-draft';
import { codes } from './suite';
import type { Suite } from './suite';

export const conflicts: Suite = ({ network, client }) => {
    describe('of two transactions endorsed over the same state', () => {
        it('that read and write one key, the second is MVCC_READ_CONFLICT', async () => {
            const first = await client().prepare(['Increment', 'mvcc/1']);
            const second = await client().prepare(['Increment', 'mvcc/1']);
            await client().order(first.envelope);
            await client().order(second.envelope);
            expect(await client().codeOf(first.txId)).toBe(codes.VALID);
            expect(await client().codeOf(second.txId)).toBe(codes.MVCC_READ_CONFLICT);
            expect(await client().query(['Get', 'mvcc/1'])).toBe('1');
        });

        it('that write one key blindly, both are valid', async () => {
            const first = await client().prepare(['Put', 'blind/1', 'a']);
            const second = await client().prepare(['Put', 'blind/1', 'b']);
            await client().order(first.envelope);
            await client().order(second.envelope);
            expect([await client().codeOf(first.txId), await client().codeOf(second.txId)]).toEqual([0, 0]);
            expect(await client().query(['Get', 'blind/1'])).toBe('b');
        });

        it('the one that read a key which a block has changed since is refused', async () => {
            const stale = await client().prepare(['Increment', 'stale/1']);
            await client().submit(['Put', 'stale/1', '41']);
            expect(await client().commit(stale)).toBe(codes.MVCC_READ_CONFLICT);
            expect(await client().query(['Get', 'stale/1'])).toBe('41');
        });

        it('the one that scanned a range into which a key has come is PHANTOM_READ_CONFLICT', async () => {
            await client().submit(['PutMany', 'phantom/', '5']);
            const scan = await client().prepare(['RangeThenPut', 'phantom/', 'phantom0', 'scanned/1', 'x']);
            const outside = await client().prepare(['RangeThenPut', 'elsewhere/', 'elsewhere0', 'scanned/2', 'x']);
            await client().submit(['Put', 'phantom/0002b', 'new']);
            expect(await client().commit(scan)).toBe(codes.PHANTOM_READ_CONFLICT);
            expect(await client().commit(outside)).toBe(codes.VALID);
        });

        it('a scan of more than fifty keys is checked all the same', async () => {
            await client().submit(['PutMany', 'merkle/', '60']);
            const scan = await client().prepare(['RangeThenPut', 'merkle/', 'merkle0', 'scanned/3', 'x']);
            const undisturbed = await client().prepare(['RangeThenPut', 'merkle/', 'merkle0', 'scanned/4', 'x']);
            expect(await client().commit(undisturbed)).toBe(codes.VALID);
            await client().submit(['Delete', 'merkle/0030']);
            expect(await client().commit(scan)).toBe(codes.PHANTOM_READ_CONFLICT);
        });
    });

    describe('a transaction is marked', () => {
        it('ENDORSEMENT_POLICY_FAILURE when one of two endorsements is missing', async () => {
            const lonely = await client().prepare(['Put', 'policy/1', 'x'], { endorsers: mspIds.slice(0, 1) });
            expect(await client().commit(lonely)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            expect(await client().query(['Get', 'policy/1'])).toBe('');
        });

        it('ENDORSEMENT_POLICY_FAILURE when one peer endorsed twice', async () => {
            const twice = await client().prepare(['Put', 'policy/2', 'x'], { endorsers: [mspIds[0], mspIds[0]] });
            expect(await client().commit(twice)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
        });

        it('VALID with any two of the three', async () => {
            const transaction = await client().prepare(['Put', 'policy/3', 'x'], { endorsers: mspIds.slice(1) });
            expect(await client().commit(transaction)).toBe(codes.VALID);
        });

        it('DUPLICATE_TXID when it comes again, and the first keeps its code', async () => {
            const transaction = await client().prepare(['Put', 'again/1', 'x']);
            await client().order(transaction.envelope);
            await client().order(transaction.envelope);
            expect(await client().codeOf(transaction.txId)).toBe(codes.VALID);
            await client().order(transaction.envelope);
            await client().submit(['Put', 'again/2', 'x']);
            expect(await client().codeOf(transaction.txId)).toBe(codes.VALID);
        });
    });

    describe('a forged signature', () => {
        const tampered = (signature: Buffer): Buffer => {
            const other = Buffer.from(signature);
            other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
            return other;
        };

        it('on a proposal is refused by the peer', async () => {
            const { grpcMessage } = await client().endorse({
                args: ['Get', 'a'],
                sign: (identity, message) => tampered(signWith(identity, message)),
            });
            expect(grpcMessage).toBe(
                'error validating proposal: access denied: channel [grid] creator org [DispatchMSP]',
            );
        });

        it('of another member of the same organisation is refused by the peer', async () => {
            const admin = network().clients.admin('DispatchMSP');
            const { grpcMessage } = await client().endorse({
                args: ['Get', 'a'],
                sign: (_identity, message) => signWith(admin, message),
            });
            expect(grpcMessage).toMatch(/access denied/);
        });

        it('on a transaction is refused by the orderer', async () => {
            const { envelope } = await client().prepare(['Put', 'forged/1', 'x']);
            const [answer] = await client().broadcast([tampered(envelope)]);
            expect(answer).toEqual({
                status: 403,
                info:
                    'implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 ' +
                    "of the 'Writers' sub-policies to be satisfied: permission denied",
            });
        });

        it('on an endorsement makes the transaction fail its policy', async () => {
            const transaction = await client().prepare(['Put', 'forged/2', 'x'], {
                tamperEndorsement: (endorsement) => ({ ...endorsement, signature: tampered(endorsement.signature) }),
            });
            expect(await client().commit(transaction)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
        });
    });
};
