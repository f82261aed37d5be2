/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { afterEach, describe, expect, it } from '@jest/globals';
import { mspIds } from '../conformance-network';
import { openGateway } from '../open-gateway';
import { codes } from './suite';
import type { Suite } from './suite';

/** What a peer of its own state and its own chaincode means: harm to one is harm to that one only. */
export const harm: Suite = ({ network, client, canBeHarmed }) => {
    if (!canBeHarmed) return;
    const peerOf = (mspId: string): string => network().peers.find((peer) => peer.mspId === mspId)?.name ?? '';

    describe('when the state of one peer was changed behind the ledger’s back', () => {
        it('a transaction endorsed by it and another is refused, by the client and by the validators', async () => {
            await client().submit(['Put', 'harm/counter', '5']);
            network().harm?.corruptState(peerOf('NorthMSP'), 'harm/counter', '77');
            expect(await client().query(['Get', 'harm/counter'], 'NorthMSP')).toBe('77');
            expect(await client().query(['Get', 'harm/counter'], 'DispatchMSP')).toBe('5');
            const mixed = await client().prepare(['Increment', 'harm/counter'], {
                endorsers: ['DispatchMSP', 'NorthMSP'],
            });
            expect(await client().commit(mixed)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            const honest = await client().submit(['Increment', 'harm/counter'], {
                endorsers: ['DispatchMSP', 'SouthMSP'],
            });
            expect(honest.result).toBe('6');
        });

        it('fabric-network says that the answers differ', async () => {
            await client().submit(['Put', 'harm/differs', '1']);
            for (const [index, mspId] of mspIds.slice(0, 2).entries()) {
                network().harm?.corruptState(peerOf(mspId), 'harm/differs', `${10 + index}`);
            }
            const gateway = await openGateway(network(), network().clients.member('DispatchMSP'));
            await expect(gateway.contract.submitTransaction('Increment', 'harm/differs')).rejects.toThrow(
                /do not match|No valid responses/,
            );
            gateway.close();
        });
    });

    describe('when the chaincode stream of one peer is stopped', () => {
        afterEach(() => {
            network().harm?.restoreChaincode(peerOf('SouthMSP'));
        });

        it('that peer alone fails, and says why; two others still endorse', async () => {
            network().harm?.stopChaincode(peerOf('SouthMSP'));
            const { answer } = await client().endorse({ args: ['Get', 'a'] }, 'SouthMSP');
            expect(answer?.endorsement).toBeUndefined();
            expect(answer?.response.status).toBe(500);
            expect(answer?.response.message).toMatch(
                /^error in simulation: failed to execute transaction [0-9a-f]{64}: could not launch chaincode basic_1\.0:/,
            );
            const transaction = await client().prepare(['Put', 'harm/two', 'x'], { endorsers: mspIds.slice(0, 2) });
            expect(await client().commit(transaction)).toBe(codes.VALID);
            expect(await client().codeAt(transaction.txId, 'SouthMSP')).toBe(codes.VALID); // though it cannot endorse
        });

        it('a transaction that runs on it fails at once', async () => {
            const running = client().endorse({ args: ['Wait', '5000'] }, 'SouthMSP');
            const before = await client().endorse({ args: ['Get', 'a'] }, 'SouthMSP');
            expect(before.answer?.response.status).toBe(200);
            network().harm?.stopChaincode(peerOf('SouthMSP'));
            expect((await running).answer?.response.message).toMatch(/: error sending: chaincode stream terminated$/);
        });

        it('dials again at the next call after a broken stream', async () => {
            network().harm?.dropChaincode(peerOf('SouthMSP'));
            expect(await client().query(['Get', 'harm/two'], 'SouthMSP')).toBe('x');
        });
    });
};
