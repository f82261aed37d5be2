import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeFault } from '../../chaincode/src/faults/fault-api';
import { detailsCalls, supervisionCollection, type Details } from '../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../chaincode/src/supervision/supervision-api';
import { upgradeChaincode, type ChaincodeUpgrade } from '../../network/admin/upgrade-chaincode';
import { openAdminSession } from '../../network/backends/open-admin-session';
import { refreshRunningNetwork, type RunningNetwork } from '../../network/backends/running-network';
import { upgradeNetwork } from '../../network/backends/upgrade-network';
import { waitUntil } from '../../network/backends/wait-until';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { CollectionDefinition, Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import { hashTopology } from '../../network/topology/topology-hash';
import { describeOnEachBackEnd } from '../support/back-ends';
import { aFinding, anEnrolment } from '../support/chaincode/an-information-asset';
import { aControlledNetwork } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const finding = { assetId: 'FES-1', findingId: 'V-1' };
const details: Details = { salt: '5a'.repeat(32), text: 'The maintenance account answers to its default word.' };
const chaincodeDirectory = join(projectRoot, 'chaincode');
const startDeadlineMs = 180_000;

const supervision: CollectionDefinition = {
    name: supervisionCollection,
    members: ['DispatchMSP'],
    requiredPeerCount: 0,
    maximumPeerCount: 3,
    blockToLive: 0,
    memberOnlyRead: true,
    memberOnlyWrite: true,
    endorsementPolicy: "OR('DispatchMSP.peer')",
};
const opened = { ...supervision, members: ['DispatchMSP', 'PrimaryMSP'] };
const brief: CollectionDefinition = { ...supervision, name: 'brief', members: ['SwitchingMSP'], blockToLive: 5 };

/** The network as its topology file gives it with these collections. */
function withCollections(network: Network, collections: readonly CollectionDefinition[]): Network {
    const changed = { ...network, chaincode: { ...network.chaincode, collections } };
    return { ...changed, topologyHash: hashTopology(changed) };
}

/** A network comes into being without private data, has records, and is given collections, and then more of them. */
describeOnEachBackEnd('a ledger that is given collections', (backEnd) => {
    let asked: Network;
    let started: TestNetwork;
    let running: RunningNetwork;
    let supervisor: GatewayConnection;
    let formerFinding: unknown;

    const connect = async (): Promise<void> => {
        running = await refreshRunningNetwork(running);
        supervisor = await connectGateway(running, findIdentity(started.identities, identityNames.supervisor));
    };
    /** As `network -- upgrade --collections` does with the topology file as it is now; clients then connect anew. */
    const upgrade = async (collections: readonly CollectionDefinition[]): Promise<ChaincodeUpgrade> => {
        const topology = withCollections(asked, collections);
        const upgraded = await upgradeNetwork(running, { chaincodeDirectory, topology });
        supervisor.close();
        await connect();
        return upgraded;
    };
    /** What the details are by the word of an organisation's own peer, or the code of the fault in their place. */
    const detailsAt = async (mspId: string): Promise<unknown> => {
        const [peer = ''] = supervisor.nodes.peersInTurn(mspId);
        const proposal = supervisor.signer.propose(supervisor.chaincodeCall(detailsCalls.read(finding)));
        const answer = await supervisor.nodes.ask(peer, proposal.signedBytes, 20_000);
        if (!('response' in answer)) return answer;
        const { status, message, payload } = answer.response.response;
        return status === 200 ? JSON.parse(payload.toString()) : decodeFault(message)?.code;
    };

    beforeAll(async () => {
        asked = withCollections(await aControlledNetwork(), []);
        started = await startTestNetwork(asked, { backEnd });
        running = started.running;
        await provisionNetwork(running, started.identities);
        await connect();
        const operator = await connectGateway(running, findIdentity(started.identities, 'primary-operator'));
        await submitCall(operator, supervisionCalls.enrol(anEnrolment()));
        operator.close();
        await submitCall(supervisor, findingCalls.report(aFinding({ dueMs: Date.now() + 86_400_000 })));
        formerFinding = await evaluateCall(supervisor, findingCalls.query(finding));
    }, startDeadlineMs);

    afterAll(async () => {
        supervisor.close();
        await backEnd.backend.stop(running);
        await started.stop();
    });

    it('has records, and no place for what is private', async () => {
        expect(formerFinding).toMatchObject(finding);
        expect(await detailsAt('DispatchMSP')).toBe('COLLECTION_NOT_DEFINED');
        await expect(submitCall(supervisor, detailsCalls.deposit(finding, details))).rejects.toMatchObject({
            fault: { code: 'CALL_UNUSABLE' },
        });
    });

    it('takes private data once the definition has a collection, and its records are read as before', async () => {
        const { definition, changed } = await upgrade([supervision]);
        expect([definition.version, definition.sequence, changed]).toEqual([asked.chaincode.version, 2, true]);
        expect(running.network.chaincode.collections).toEqual([supervision]);
        expect(await evaluateCall(supervisor, findingCalls.query(finding))).toEqual(formerFinding);
        await submitCall(supervisor, detailsCalls.deposit(finding, details));
        expect(await evaluateCall(supervisor, detailsCalls.read(finding))).toEqual(details);
        expect(await detailsAt('PrimaryMSP')).toBe('PRIVATE_DATA_NOT_HERE');
    });

    it('gives a new member of a collection what was written there before, and strangers nothing', async () => {
        const { definition, changed } = await upgrade([opened, brief]);
        expect([definition.sequence, changed]).toEqual([3, true]);
        const arrived = async (): Promise<unknown> => {
            const told = await detailsAt('PrimaryMSP');
            return told !== 'PRIVATE_DATA_NOT_HERE' && told;
        };
        const told = await waitUntil(arrived, { deadlineMs: 30_000, forWhat: 'the new member to have the details' });
        expect(told).toEqual(details);
        expect(await detailsAt('SwitchingMSP')).toBe('PRIVATE_DATA_NOT_HERE');
    });

    it('is left alone when it has these collections already', async () => {
        const { definition, changed } = await upgrade([opened, brief]);
        expect([definition.sequence, changed]).toEqual([3, false]);
    });

    it.each([
        ['takes a collection away', [opened], /existing collection \[brief\] missing/],
        ['lets its data live longer', [opened, { ...brief, blockToLive: 6 }], /BlockToLive in an existing collection/],
    ] as const)('keeps what it has when an upgrade %s', async (_what, collections, reason) => {
        const topology = withCollections(asked, collections);
        await expect(upgradeNetwork(running, { chaincodeDirectory, topology })).rejects.toMatchObject({
            fault: { code: 'PROPOSAL_REFUSED', reason: expect.stringMatching(reason) as unknown },
        });
        expect((await refreshRunningNetwork(running)).network.chaincode.collections).toEqual([opened, brief]);
    });

    it('takes from a topology nothing else (TOPOLOGY_CHANGED_FURTHER)', async () => {
        const topology = withCollections({ ...asked, seed: asked.seed + 1 }, [opened, brief]);
        await expect(upgradeNetwork(running, { chaincodeDirectory, topology })).rejects.toMatchObject({
            fault: { code: 'TOPOLOGY_CHANGED_FURTHER' },
        });
    });

    const isKept = backEnd.name === 'native';
    const describeKept = isKept ? describe : describe.skip;
    describeKept(isKept ? 'and kept' : 'and kept (skipped: the embedded network has its ledger in memory)', () => {
        const resume = async (collections: readonly CollectionDefinition[]): Promise<void> => {
            supervisor.close();
            await backEnd.backend.stop(running);
            running = await backEnd.backend.start(withCollections(asked, collections), {
                runDirectory: running.runDirectory,
                chaincodeDirectory,
                environment: process.env,
                now: new Date(),
                endsWithStarter: true,
            });
            await connect();
        };

        it(
            'is taken up again with the topology as it is now, and its private data with it',
            async () => {
                await resume([opened, brief]);
                expect(await detailsAt('PrimaryMSP')).toEqual(details);
                const { definition, changed } = await upgrade([opened, brief]);
                expect([definition.sequence, changed]).toEqual([3, false]);
            },
            startDeadlineMs,
        );

        it(
            'is taken up again, too, when whoever upgraded it last did so without telling anybody',
            async () => {
                const collections = [opened, brief, { ...brief, name: 'untold' }];
                const session = await openAdminSession(running);
                await upgradeChaincode(session, { collections }, backEnd.backend.packagesOf(running.network));
                session.close();
                await resume([opened, brief]);
                const { definition, changed } = await upgrade(collections);
                expect([definition.sequence, changed]).toEqual([4, false]);
                expect(running.network.chaincode.collections).toEqual(collections);
            },
            startDeadlineMs,
        );
    });
});
