import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeFault } from '../../chaincode/src/faults/fault-api';
import {
    detailsCalls,
    supervisionCollection,
    type DetailsRecord,
    type FindingDetails,
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
import { aFinding, anEnrolment } from '../support/chaincode/an-information-asset';
import { aControlledNetwork } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const finding = { assetId: 'FES-1', findingId: 'V-1' };
const details: FindingDetails = { salt: '5a'.repeat(32), text: 'The maintenance account answers to its default word.' };
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

describeOnEachBackEnd('what only the supervisor may read of a finding', (backEnd) => {
    let started: TestNetwork;
    let supervisor: GatewayConnection;
    let operator: GatewayConnection;
    let reader: GatewayConnection;
    let depositId: string;

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
    }, startDeadlineMs);

    afterAll(async () => {
        for (const connection of [supervisor, operator, reader]) connection.close();
        await started.stop();
    });

    it('is deposited by the word of the supervisor’s own organisation', async () => {
        const { transactionId } = await submitCall(supervisor, detailsCalls.deposit(finding, details));
        depositId = transactionId;
        expect(await evaluateCall(supervisor, detailsCalls.read(finding))).toEqual(details);
    });

    it('is on the ledger by its hash alone', async () => {
        const args = ['distribution', depositId];
        const block = await evaluateBytes(reader, { chaincode: 'qscc', function: 'GetBlockByTxID', args });
        expect(block.includes(supervisionCollection)).toBe(true);
        expect(block.includes('maintenance account')).toBe(false);
        expect(block.includes(details.salt)).toBe(false);
    });

    it('is told nobody else', async () => {
        await expect(evaluateCall(operator, detailsCalls.read(finding))).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_FAULT', fault: { code: 'ROLE_REQUIRED', role: 'supervisor' } },
        });
        await expect(submitCall(operator, detailsCalls.deposit(finding, details))).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_FAULT', fault: { code: 'ROLE_REQUIRED' } },
        });
    });

    it('is not on the peers of others, whoever asks them', async () => {
        const [elsewhere = ''] = supervisor.nodes.peersInTurn('PrimaryMSP');
        const proposal = supervisor.signer.propose(supervisor.chaincodeCall(detailsCalls.read(finding)));
        const answer = await supervisor.nodes.ask(elsewhere, proposal.signedBytes, 20_000);
        const message = 'response' in answer ? answer.response.response.message : '';
        expect(decodeFault(message)).toMatchObject({
            code: 'PRIVATE_DATA_NOT_HERE',
            collection: supervisionCollection,
        });
    });

    it('is announced by two of three organisations, and then proves what it said to anybody', async () => {
        await submitCall(supervisor, detailsCalls.announce(finding));
        const record = (await evaluateCall(reader, detailsCalls.query(finding))) as DetailsRecord;
        expect(record).toMatchObject({ ...finding, byMspId: 'DispatchMSP' });
        const shown = await evaluateCall(reader, detailsCalls.check(finding, details));
        expect(shown).toEqual({ ...finding, digest: record.digest, matches: true });
        const other = { ...details, text: 'All is well.' };
        expect(await evaluateCall(reader, detailsCalls.check(finding, other))).toMatchObject({ matches: false });
    });
});
