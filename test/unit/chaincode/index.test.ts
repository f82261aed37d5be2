import { describe, expect, it } from '@jest/globals';
import { contracts } from '../../../chaincode/src';
import { acquisitionCalls } from '../../../chaincode/src/acquisition/acquisition-api';
import { anchorsCalls } from '../../../chaincode/src/anchors/anchors-api';
import { assetsCalls } from '../../../chaincode/src/assets/assets-api';
import { dataUseCalls } from '../../../chaincode/src/assets/data-use-api';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { authorityCalls } from '../../../chaincode/src/authority/authority-api';
import { controlCalls } from '../../../chaincode/src/control/control-api';
import { displacementCalls } from '../../../chaincode/src/displacement/displacement-api';
import { measurementCalls } from '../../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../../chaincode/src/measurement/signed-reading-api';
import { feedCalls } from '../../../chaincode/src/oracles/feeds-api';
import { oracleCalls } from '../../../chaincode/src/oracles/oracles-api';
import { registrationCalls } from '../../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../../chaincode/src/roles/roles-api';
import { aDisplacement } from '../../support/chaincode/a-displacement';
import { detailsCalls, testDetailsCalls } from '../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../../chaincode/src/supervision/supervision-api';
import { aReading } from '../../support/chaincode/a-reading';
import { aCharge, anAsset } from '../../support/chaincode/an-asset';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../../support/chaincode/an-information-asset';
import { aTask } from '../../support/chaincode/a-task';
import {
    describedTransactions,
    readMetadata,
    systemContract,
    type ChaincodeMetadata,
    type TransactionMetadata,
} from '../../support/chaincode/chaincode-metadata';
import { aFeed, aSubmission } from '../../support/chaincode/oracle-grid';
import { findUndescribed, type AnswerMetadata } from '../../support/chaincode/described-answers';
import { expectFault } from '../../support/chaincode/expect-fault';
import { StubLedger } from '../../support/chaincode/stub-ledger';
import { newTestIdentity } from '../../support/chaincode/test-identity';

const page = { pageSize: 1, bookmark: '' };
const device = { terminalId: 'T', deviceId: 'D' };
const round = { taskId: 'A', tickMs: 0 };
const someFinding = { assetId: 'A', findingId: 'V' };
const someTest = { assetId: 'A', testId: 'T' };
const someDetails = { salt: '0'.repeat(64), text: 't' };
const contractNames = [
    ...['measurement', 'registration', 'roles', 'acquisition', 'authority', 'control', 'displacement'],
    ...['assets', 'supervision', 'anchors', 'oracles'],
];
const someCalls: readonly Call[] = [
    rolesCalls.assignRoles({ operator: ['A'], dispatcher: [], supervisor: [] }),
    rolesCalls.queryRoles(),
    registrationCalls.requestAccess({
        terminalId: 'T',
        kind: 'TTU',
        location: { site: 's', feeder: 'f', bus: 'b', medium: 'm' },
        concentrators: [],
        devices: [],
    }),
    registrationCalls.confirm({ terminalId: 'T', clockToleranceMs: 1 }),
    registrationCalls.suspend({ terminalId: 'T', reason: 'r' }),
    registrationCalls.resume({ terminalId: 'T' }),
    registrationCalls.retire({ terminalId: 'T', reason: 'r' }),
    registrationCalls.requestRenewal({ terminalId: 'T' }),
    registrationCalls.renew({ terminalId: 'T', certificateSerial: '1' }),
    registrationCalls.changeConcentrators({ terminalId: 'T', concentrators: [] }),
    registrationCalls.changeDevices({ terminalId: 'T', devices: [] }),
    registrationCalls.queryTerminal('T'),
    registrationCalls.listTerminals({ mspId: 'M', state: 'requested', feeder: 'f', ...page }),
    registrationCalls.listRenewals({ mspId: 'M', ...page }),
    measurementCalls.set(aReading()),
    measurementCalls.setBatch({ concentratorId: 'T', readings: [aReading()] }),
    measurementCalls.query('T'),
    measurementCalls.queryHistory({ terminalId: 'T', ...page }),
    measurementCalls.queryFeeder({ feeder: 'f', ...page }),
    authorityCalls.proposeAuthority({ holder: 'M', reason: 'r' }),
    authorityCalls.approveAuthority({ proposedBy: 'M', proposalId: '1' }),
    authorityCalls.queryAuthority(),
    authorityCalls.queryAuthorityHistory(page),
    authorityCalls.listAuthorityProposals(page),
    displacementCalls.reportDisplacement(aDisplacement()),
    displacementCalls.queryDisplacements({ terminalId: 'T', fromSoe: 1, ...page }),
    controlCalls.select({ ...device, command: { type: 'double', value: 'on' } }),
    controlCalls.confirmSelection({ ...device, operationId: '1' }),
    controlCalls.refuseSelection({ ...device, operationId: '1', reason: 'r' }),
    controlCalls.operate({ ...device, operationId: '1' }),
    controlCalls.cancel({ ...device, operationId: '1', reason: 'r' }),
    controlCalls.reportOutcome({
        ...device,
        operationId: '1',
        reached: true,
        position: { type: 'double', state: 'on' },
        timeMs: 1,
        soe: 1,
    }),
    controlCalls.tag({ ...device, kind: 'hold', reason: 'r' }),
    controlCalls.untag({ ...device, kind: 'hold', reason: 'r' }),
    controlCalls.placeEarth({ ...device, section: 's', earthId: 'e', reason: 'r' }),
    controlCalls.removeEarth({ ...device, section: 's', earthId: 'e', reason: 'r' }),
    controlCalls.queryOperation(device),
    controlCalls.queryDevice(device),
    controlCalls.queryOperationHistory({ ...device, ...page }),
    controlCalls.queryTagHistory({ ...device, ...page }),
    controlCalls.queryEarthHistory({ section: 's', ...page }),
    signedReadingCalls.setSigned({ reading: aReading(), sequence: 1, signature: '' }),
    signedReadingCalls.setSignedBatch({
        batch: { concentratorId: 'T', readings: [aReading()] },
        sequence: 1,
        signature: '',
    }),
    signedReadingCalls.querySigned({ terminalId: 'T', sequence: 1 }),
    acquisitionCalls.defineTask(aTask()),
    acquisitionCalls.endTask('A'),
    acquisitionCalls.openRound(round),
    acquisitionCalls.triggerRound({ taskId: 'A', timeMs: 0, value: 1 }),
    acquisitionCalls.reportForTask({ ...round, timeMs: 0, value: 1, quality: 'valid' }),
    acquisitionCalls.reportBatchForTask({
        ...round,
        concentratorId: 'T',
        readings: [{ terminalId: 'T', timeMs: 0, value: 1, quality: 'valid' }],
    }),
    acquisitionCalls.seal(round),
    acquisitionCalls.queryTask('A'),
    acquisitionCalls.listTasks(page),
    acquisitionCalls.queryRound(round),
    acquisitionCalls.listOpenRounds({ taskId: 'A', ...page }),
    acquisitionCalls.queryDataBlock(round),
    acquisitionCalls.queryProof({ ...round, terminalId: 'T' }),
    assetsCalls.registerAsset(anAsset()),
    assetsCalls.changeAssetState({ assetId: 'A', state: 'in-service', reason: 'r' }),
    assetsCalls.bindMeasurements({ assetId: 'A', measurements: [] }),
    assetsCalls.offerTransfer({ assetId: 'A', toMspId: 'M' }),
    assetsCalls.withdrawTransfer('A'),
    assetsCalls.acceptTransfer({ assetId: 'A', offerTransactionId: '00' }),
    assetsCalls.queryAsset('A'),
    assetsCalls.findAssets({ attribute: 'type', value: 'breaker', ...page }),
    assetsCalls.listTransfers({ assetId: 'A', ...page }),
    dataUseCalls.chargeDataUse(aCharge()),
    dataUseCalls.settleDataUse({ assetId: 'A', useId: '1', payment: 'p' }),
    dataUseCalls.disputeDataUse({ assetId: 'A', useId: '1', reason: 'r' }),
    dataUseCalls.cancelDataUse({ assetId: 'A', useId: '1', reason: 'r' }),
    dataUseCalls.queryDataUse({ assetId: 'A', useId: '1' }),
    dataUseCalls.listDataUses({ mspId: 'M', side: 'owner', state: 'charged', ...page }),
    supervisionCalls.enrol(anEnrolment()),
    supervisionCalls.update({ assetId: 'A', change: 'c', configuration: aConfiguration() }),
    supervisionCalls.recordTest(aSecurityTest()),
    supervisionCalls.putOnline('A'),
    supervisionCalls.retire('A'),
    findingCalls.report(aFinding()),
    findingCalls.rectify({ assetId: 'A', findingId: 'V', note: 'n' }),
    findingCalls.close({ assetId: 'A', findingId: 'V', note: 'n' }),
    findingCalls.reopen({ assetId: 'A', findingId: 'V', note: 'n' }),
    detailsCalls.deposit(someFinding, someDetails),
    detailsCalls.announce(someFinding),
    detailsCalls.read(someFinding),
    detailsCalls.query(someFinding),
    detailsCalls.check(someFinding, someDetails),
    testDetailsCalls.deposit(someTest, someDetails),
    testDetailsCalls.announce(someTest),
    testDetailsCalls.read(someTest),
    testDetailsCalls.query(someTest),
    testDetailsCalls.check(someTest, someDetails),
    supervisionCalls.queryAsset('A'),
    supervisionCalls.listAssets({ ownerMspId: 'M', stage: 'running', ...page }),
    supervisionCalls.listWithVersion({ name: 'n', version: 'v', ...page }),
    supervisionCalls.listWithPort({ protocol: 'tcp', port: 1, ...page }),
    supervisionCalls.listUpdates({ assetId: 'A', ...page }),
    supervisionCalls.listTests({ assetId: 'A', ...page }),
    findingCalls.query({ assetId: 'A', findingId: 'V' }),
    findingCalls.list({ assetId: 'A', ...page }),
    findingCalls.listOverdue(page),
    anchorsCalls.anchor({ name: 'n', sha256: 'ab'.repeat(32), sizeBytes: 1, place: 'p' }),
    anchorsCalls.queryAnchor('n'),
    anchorsCalls.listOfDigest({ sha256: 'ab'.repeat(32), ...page }),
    oracleCalls.register({ oracleId: 'O', certificate: { serial: '1', publicKey: 'k' } }),
    oracleCalls.suspend({ oracleId: 'O', reason: 'r' }),
    oracleCalls.resume('O'),
    oracleCalls.retire({ oracleId: 'O', reason: 'r' }),
    oracleCalls.query('O'),
    oracleCalls.list(page),
    feedCalls.define(aFeed()),
    feedCalls.end('F'),
    feedCalls.submit({ ...aSubmission(), signature: '' }),
    feedCalls.conclude({ feedId: 'F', tickMs: 1 }),
    feedCalls.query('F'),
    feedCalls.list(page),
    feedCalls.queryRound({ feedId: 'F', tickMs: 1 }),
    feedCalls.listConclusions({ feedId: 'F', ...page }),
];

describe('the chaincode', () => {
    const ledger = new StubLedger();
    const metadata = (): Promise<ChaincodeMetadata> => readMetadata(ledger);

    it('lists its contracts for fabric-shim', () => {
        expect(contracts.map((contract) => new contract().getName())).toEqual(contractNames);
    });

    it('answers its metadata, which fails with the class-transformer that fabric-contract-api asks for', async () => {
        expect(Object.keys((await metadata()).contracts)).toEqual([...contractNames, systemContract]);
    });

    it.each(someCalls)('describes $contract:$transaction with what it takes and whether it writes', async (call) => {
        const described = await metadata();
        const transaction = transactionIn(described, call);
        expect(transaction.tag).toContain(call.readOnly ? 'EVALUATE' : 'SUBMIT');
        expect(transaction.parameters).toEqual([
            { name: 'input', description: expect.stringMatching(/^JSON of /), schema: { type: 'string' } },
        ]);
        const input = transaction.parameters.map(({ description }) => description.replace('JSON of ', '')).join();
        expect(fieldsOf(described, input)).toEqual(Object.keys(JSON.parse(call.args[0] ?? '') as object).sort());
    });

    it.each(someCalls.filter((call) => call.readOnly))(
        'describes the answer of $contract:$transaction',
        async (call) => {
            const described = await metadata();
            const answer = transactionIn(described, call).returns?.$ref.replace('#/components/schemas/', '') ?? '';
            expect(fieldsOf(described, answer).length).toBeGreaterThan(1);
        },
    );

    it('describes every record that it speaks of, each with fields of a type', async () => {
        const { schemas } = (await metadata()).components;
        const references = JSON.stringify(schemas).match(/"\$ref":"[^"]+"/g) ?? [];
        const named = references.map((reference) => reference.replace(/^.*[:/]"?/, '').replace('"', ''));
        expect([...new Set(named)].filter((name) => schemas[name] === undefined)).toEqual([]);
        const fields = Object.values(schemas).flatMap((schema) => Object.values(schema?.properties ?? {}));
        expect(fields.filter((field) => !('type' in field) && !('$ref' in field))).toEqual([]);
        expect(fields.length).toBeGreaterThan(500);
    });

    it('describes no transaction that has no call', async () => {
        const calls = someCalls.map(({ contract, transaction }) => `${contract}:${transaction}`);
        expect(describedTransactions(await metadata())).toEqual(calls.sort());
    });

    it.each(contractNames)('refuses a transaction that %s does not have', async (contract) => {
        const unknown: Call = { contract, transaction: 'Erase', args: ['{}'], readOnly: false };
        const fault = await expectFault(ledger.submit(unknown, await newTestIdentity()), 'UNKNOWN_TRANSACTION');
        expect(fault.contract).toBe(contract);
    });

    it.each([[[]], [['{}', '{}']]])('refuses the arguments %j', async (args) => {
        const fault = await expectFault(
            ledger.submit({ ...measurementCalls.query('T'), args }, await newTestIdentity()),
            'MALFORMED_INPUT',
        );
        expect(fault.reason).toBe('not-one-argument');
    });
});

function transactionIn(described: ChaincodeMetadata, call: Call): TransactionMetadata {
    const found = described.contracts[call.contract]?.transactions.find(({ name }) => name === call.transaction);
    return found ?? { name: call.transaction, tag: [], parameters: [] };
}

/** The fields of a described record; those of an empty object are described by the words that say so. */
function fieldsOf(described: ChaincodeMetadata, schema: string): string[] {
    return Object.keys(described.components.schemas[schema]?.properties ?? {}).sort();
}

describe('an answer', () => {
    const described: AnswerMetadata = {
        contracts: {
            oracles: { transactions: [{ name: 'QueryFeed', returns: { $ref: '#/components/schemas/Feed' } }] },
        },
        components: {
            schemas: {
                Feed: {
                    properties: {
                        feedId: { type: 'string' },
                        agreement: { $ref: 'Agreement' },
                        oracles: { type: 'array', items: { type: 'string' } },
                    },
                },
                Agreement: { properties: { rule: { type: 'string' } } },
            },
        },
    };
    const call = feedCalls.query('F');

    it.each([
        [{ feedId: 'F', agreement: { rule: 'median' }, oracles: ['a'] }, []],
        [{ feedId: null, agreement: null }, []],
        [{ feedId: 1, late: true }, ['QueryFeed.feedId, which is number', 'QueryFeed.late, which is boolean']],
        [{ agreement: { rule: 'median', unit: 'K' } }, ['QueryFeed.agreement.unit, which is string']],
        [
            { agreement: 'median', oracles: ['a', {}] },
            ['QueryFeed.agreement, which is string', 'QueryFeed.oracles[1], which is object'],
        ],
        [['F'], ['QueryFeed, which is array']],
    ])('is held to the metadata wherever a test asks for one: %j', (answer, gaps) => {
        expect(findUndescribed(described, call, answer)).toEqual(gaps);
    });

    it('of a transaction that describes none is not described at all', () => {
        expect(findUndescribed(described, feedCalls.list(page), {})).toEqual(['ListFeeds, which is object']);
    });
});
