/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mspIds } from '../conformance-network';
import { openGateway } from '../open-gateway';
import type { OpenGateway } from '../open-gateway';
import type { Suite } from './suite';

export const transactions: Suite = ({ network, client }) => {
    describe('a transaction by an unmodified fabric-network with discovery', () => {
        let gateway: OpenGateway;
        beforeAll(async () => {
            gateway = await openGateway(network(), network().clients.member('NorthMSP'));
        });
        afterAll(() => {
            gateway.close();
        });

        it('is committed by submit and read by evaluate', async () => {
            await gateway.contract.submitTransaction('Put', 'fn/1', 'closed');
            const read = await gateway.contract.evaluateTransaction('Get', 'fn/1');
            expect(read.toString()).toBe('closed');
        });

        it('gives the chaincode its result and the client the same', async () => {
            const first = await gateway.contract.submitTransaction('Increment', 'fn/counter');
            const second = await gateway.contract.submitTransaction('Increment', 'fn/counter');
            expect([first.toString(), second.toString()]).toEqual(['1', '2']);
        });

        it('that the chaincode refuses fails with the chaincode’s own message and changes nothing', async () => {
            await expect(gateway.contract.submitTransaction('Fail', 'fn/never', 'no such feeder')).rejects.toThrow(
                /status=500, message=no such feeder/,
            );
            await expect(gateway.contract.evaluateTransaction('Fail', 'fn/never', 'no such feeder')).rejects.toThrow(
                'no such feeder',
            );
            expect((await gateway.contract.evaluateTransaction('Get', 'fn/never')).toString()).toBe('');
        });

        it('is refused when its endorsers wrote different things', async () => {
            await expect(gateway.contract.submitTransaction('PutSomething', 'fn/differs')).rejects.toThrow(
                /do not match|No valid responses/,
            );
        });

        it('loses nothing when 500 are in flight on warm gateways', async () => {
            const others = await Promise.all(
                mspIds.map(async (mspId) => openGateway(network(), network().clients.admin(mspId))),
            );
            const contracts = [gateway, ...others].map(({ contract }) => contract);
            await Promise.all(
                contracts.map((contract, index) => contract.submitTransaction('Put', 'warm', `${index}`)),
            );
            const count = 500;
            await Promise.all(
                Array.from({ length: count }, async (_, index) =>
                    contracts[index % contracts.length]?.submitTransaction('Put', `burst/${index}`, `${index}`),
                ),
            );
            // Each gateway heard of its own organisation's peer; the one that is asked next may be a block behind.
            await client().submit(['Put', 'afterwards', 'x']);
            const keys = JSON.parse(await client().query(['Range', 'burst/', 'burst0'])) as string[];
            expect(keys).toHaveLength(count);
            for (const other of others) other.close();
        });
    });

    describe('what a transaction wrote', () => {
        it('is not seen by its own reads', async () => {
            await client().submit(['Put', 'own/1', 'old']);
            const transaction = await client().submit(['PutThenGet', 'own/1', 'new']);
            expect(transaction.result).toBe('old');
            expect(await client().query(['Get', 'own/1'])).toBe('new');
        });

        it('is its last write of a key', async () => {
            await client().submit(['PutTwice', 'twice/1', 'first', 'second']);
            expect(await client().query(['Get', 'twice/1'])).toBe('second');
        });

        it('is gone after a delete, and an empty value is a delete', async () => {
            await client().submit(['Put', 'gone/1', 'x']);
            await client().submit(['Put', 'gone/2', 'x']);
            await client().submit(['Delete', 'gone/1']);
            await client().submit(['Put', 'gone/2', '']);
            expect(JSON.parse(await client().query(['Range', 'gone/', 'gone0']))).toEqual([]);
        });

        it('is the same on every peer', async () => {
            const { txId } = await client().submit(['Put', 'same/1', 'everywhere']);
            for (const mspId of mspIds) {
                expect(await client().codeAt(txId, mspId)).toBe(0);
                expect(await client().query(['Get', 'same/1'], mspId)).toBe('everywhere');
            }
        });

        it('stands in the key’s history, newest first, deletes too, refused transactions not', async () => {
            const put = await client().submit(['Put', 'history/1', 'a']);
            const removed = await client().submit(['Delete', 'history/1']);
            await client().endorse({ args: ['Fail', 'history/1', 'refused'] });
            const again = await client().submit(['Put', 'history/1', 'b']);
            const entries = JSON.parse(await client().query(['History', 'history/1'])) as HistoryEntry[];
            expect(entries.map(({ txId, value, isDelete }) => [txId, value, isDelete])).toEqual([
                [again.txId, 'b', false],
                [removed.txId, '', true],
                [put.txId, 'a', false],
            ]);
            const nowS = Date.now() / 1000;
            expect(entries.every(({ seconds }) => seconds > nowS - 600 && seconds <= nowS)).toBe(true);
        });
    });

    describe('two proposals', () => {
        it('of one call are endorsed bit by bit alike by all peers', async () => {
            const { proposal, answer } = await client().endorse({ args: ['Increment', 'alike/1'] });
            const others = await Promise.all(
                mspIds.slice(1).map(async (mspId) => client().sendProposal(proposal, mspId)),
            );
            expect(answer?.payload).toBeDefined();
            for (const other of others) expect(other.answer?.payload).toEqual(answer?.payload);
        });

        it('are simulated at the same time, however long one takes', async () => {
            const startedMs = performance.now();
            await Promise.all(Array.from({ length: 20 }, async () => client().endorse({ args: ['Wait', '150'] })));
            expect(performance.now() - startedMs).toBeLessThan(1500);
        });
    });
};

interface HistoryEntry {
    readonly txId: string;
    readonly value: string;
    readonly isDelete: boolean;
    readonly seconds: number;
}
