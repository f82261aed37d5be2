/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlockEvent, ContractEvent } from 'fabric-network';
import { waitUntil } from '../../../network/backends/wait-until';
import { mspIds } from '../conformance-network';
import { openGateway } from '../open-gateway';
import type { OpenGateway } from '../open-gateway';
import { codes } from './suite';
import type { Suite } from './suite';

export const events: Suite = ({ network, client }) => {
    describe('a listener of fabric-network', () => {
        let gateway: OpenGateway;
        const heard: ContractEvent[] = [];
        const wait = async (payload: string): Promise<ContractEvent> =>
            waitUntil(() => heard.find((event) => event.payload?.toString() === payload), {
                deadlineMs: 10_000,
                forWhat: `the event ${payload}`,
            });

        beforeAll(async () => {
            gateway = await openGateway(network(), network().clients.member('SouthMSP'));
            await gateway.contract.addContractListener((event) => {
                heard.push(event);
                return Promise.resolve();
            });
        });
        afterAll(() => {
            gateway.close();
        });

        it('hears the event of a valid transaction, with its payload, once', async () => {
            await gateway.contract.submitTransaction('Emit', 'switched', 'F1 open', 'event/1');
            const event = await wait('F1 open');
            expect(event.eventName).toBe('switched');
            await gateway.contract.submitTransaction('Emit', 'switched', 'F1 closed', 'event/2');
            await wait('F1 closed');
            expect(heard.filter(({ payload }) => payload?.toString() === 'F1 open')).toHaveLength(1);
        });

        it('hears nothing of a transaction that was refused', async () => {
            const lonely = await client().prepare(['Emit', 'switched', 'never', 'event/3'], {
                endorsers: mspIds.slice(0, 1),
            });
            expect(await client().commit(lonely)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            await gateway.contract.submitTransaction('Emit', 'switched', 'afterwards', 'event/4');
            await wait('afterwards');
            expect(heard.some(({ payload }) => payload?.toString() === 'never')).toBe(false);
        });

        it('hears only the last event that a transaction set', async () => {
            await gateway.contract.submitTransaction('Emit', 'kept', 'last one', 'event/5');
            expect((await wait('last one')).eventName).toBe('kept');
            expect(heard.some(({ eventName }) => eventName === 'overwritten')).toBe(false);
        });

        it.each(['full', 'filtered', 'private'] as const)('of %s blocks reads them from the first on', async (type) => {
            const blocks: BlockEvent[] = [];
            await gateway.network.addBlockListener(
                (event) => {
                    blocks.push(event);
                    return Promise.resolve();
                },
                { startBlock: 0, type },
            );
            await waitUntil(() => blocks.length >= 3, { deadlineMs: 10_000, forWhat: 'three blocks' });
            const numbers = blocks.slice(0, 3).map(({ blockNumber }) => Number(blockNumber));
            expect(numbers).toEqual([0, 1, 2]);
        });
    });
};
