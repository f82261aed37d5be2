import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeFault } from '../../chaincode/src/faults/fault-api';
import {
    detailsCalls,
    supervisionCollection,
    testDetailsCalls,
    type Details,
    type DetailsRecord,
} from '../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../chaincode/src/supervision/supervision-api';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateBytes, evaluateCall } from '../../network/client/evaluate-call';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { Network } from '../../network/topology/network-model';
import { describeOnEachBackEnd } from '../support/back-ends';
import { aFinding, anEnrolment, aSecurityTest } from '../support/chaincode/an-information-asset';
import { boundDetails } from '../support/chaincode/bound-details';
import { aControlledNetwork, peersInStep } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const subjects = [
    { of: 'a finding', one: boundDetails(detailsCalls, { assetId: 'FES-1', findingId: 'V-1' }) },
    { of: 'the test before launch', one: boundDetails(testDetailsCalls, { assetId: 'FES-1', testId: 'T-1' }) },
] as const;
const details: Details = { salt: '5a'.repeat(32), text: 'The maintenance account answers to its default word.' };
const startDeadlineMs = 180_000;

/** The supervising organisation alone holds the collection, and endorses alone what goes there. */
async function aSupervisedNetwork(): Promise<Network> {
    const network = await aControlledNetwork();
    const collection = {
        name: supervisionCollection,
        members: ['DispatchMSP'],
        requiredPeerCount: 0,
        maximumPeerCount: 3,
        blockToLive: 0,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        endorsementPolicy: "OR('DispatchMSP.peer')",
    };
    return { ...network, chaincode: { ...network.chaincode, collections: [collection] } };
}

describeOnEachBackEnd('what only the supervisor may read', (backEnd) => {
    let started: TestNetwork;
    let supervisor: GatewayConnection;
    let operator: GatewayConnection;
    let reader: GatewayConnection;
    const depositIds = new Map<string, string>();

    const open = async (name: string): Promise<GatewayConnection> =>
        connectGateway(started.running, findIdentity(started.identities, name));

    beforeAll(async () => {
        started = await startTestNetwork(await aSupervisedNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        supervisor = await open(identityNames.supervisor);
        operator = await open(identityNames.operator('primary'));
        reader = await open(identityNames.reader('switching'));
        await submitCall(operator, supervisionCalls.enrol(anEnrolment()));
        await submitCall(supervisor, findingCalls.report(aFinding({ dueMs: Date.now() + 86_400_000 })));
        await submitCall(supervisor, supervisionCalls.recordTest(aSecurityTest()));
    }, startDeadlineMs);

    afterAll(async () => {
        for (const connection of [supervisor, operator, reader]) connection.close();
        await started.stop();
    });

    it.each(subjects)('of $of is deposited by the word of the supervisor’s own organisation', async ({ of, one }) => {
        const { transactionId } = await submitCall(supervisor, one.deposit(details));
        depositIds.set(of, transactionId);
        expect(await evaluateCall(supervisor, one.read())).toEqual(details);
    });

    it.each(subjects)('of $of is on the ledger by its hash alone', async ({ of }) => {
        const args = ['distribution', depositIds.get(of) ?? ''];
        const block = await evaluateBytes(reader, { chaincode: 'qscc', function: 'GetBlockByTxID', args });
        expect(block.includes(supervisionCollection)).toBe(true);
        expect(block.includes('maintenance account')).toBe(false);
        expect(block.includes(details.salt)).toBe(false);
    });

    it.each(subjects)('of $of is told nobody else', async ({ one }) => {
        await expect(evaluateCall(operator, one.read())).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_FAULT', fault: { code: 'ROLE_REQUIRED', role: 'supervisor' } },
        });
        await expect(submitCall(operator, one.deposit(details))).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_FAULT', fault: { code: 'ROLE_REQUIRED' } },
        });
    });

    it.each(subjects)('of $of is not on the peers of others, whoever asks them', async ({ one }) => {
        const [elsewhere = ''] = supervisor.nodes.peersInTurn('PrimaryMSP');
        const proposal = supervisor.signer.propose(supervisor.chaincodeCall(one.read()));
        const answer = await supervisor.nodes.ask(elsewhere, proposal.signedBytes, 20_000);
        const message = 'response' in answer ? answer.response.response.message : '';
        expect(decodeFault(message)).toMatchObject({
            code: 'PRIVATE_DATA_NOT_HERE',
            collection: supervisionCollection,
        });
    });

    it.each(subjects)(
        'of $of is announced by two of three organisations, and then proves what it said to anybody',
        async ({ one }) => {
            await submitCall(supervisor, one.announce());
            await peersInStep(backEnd, started.running);
            const record = (await evaluateCall(reader, one.query())) as DetailsRecord;
            expect(record).toMatchObject({ ...one.subject, byMspId: 'DispatchMSP' });
            const shown = await evaluateCall(reader, one.check(details));
            expect(shown).toEqual({ ...one.subject, digest: record.digest, matches: true });
            const other = { ...details, text: 'All is well.' };
            expect(await evaluateCall(reader, one.check(other))).toMatchObject({ matches: false });
        },
    );
});
