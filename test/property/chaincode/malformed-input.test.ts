import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acquisitionCalls } from '../../../chaincode/src/acquisition/acquisition-api';
import { anchorsCalls } from '../../../chaincode/src/anchors/anchors-api';
import { assetsCalls } from '../../../chaincode/src/assets/assets-api';
import { dataUseCalls } from '../../../chaincode/src/assets/data-use-api';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { authorityCalls } from '../../../chaincode/src/authority/authority-api';
import { controlCalls } from '../../../chaincode/src/control/control-api';
import { displacementCalls } from '../../../chaincode/src/displacement/displacement-api';
import { inputLimits } from '../../../chaincode/src/input/input-api';
import { measurementCalls } from '../../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../../chaincode/src/measurement/signed-reading-api';
import { feedCalls } from '../../../chaincode/src/oracles/feeds-api';
import { oracleCalls } from '../../../chaincode/src/oracles/oracles-api';
import { registrationCalls } from '../../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../../chaincode/src/roles/roles-api';
import { aDisplacement } from '../../support/chaincode/a-displacement';
import { detailsCalls } from '../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../../chaincode/src/supervision/supervision-api';
import { aCharge, anAsset } from '../../support/chaincode/an-asset';
import { aReading } from '../../support/chaincode/a-reading';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../../support/chaincode/an-information-asset';
import { aTask } from '../../support/chaincode/a-task';
import { aFeed, aSubmission } from '../../support/chaincode/oracle-grid';
import { decodeFault } from '../../../chaincode/src/faults/fault-api';
import { anAccessRequest, TestGrid, testRoleHolders } from '../../support/chaincode/test-grid';
import { someDevices } from '../../support/chaincode/some-devices';
import type { TestIdentity } from '../../support/chaincode/test-identity';

const page = { pageSize: 10, bookmark: '' };
const terminalId = 'TTU-1';
const round = { taskId: 'A', tickMs: 1 };
const signature = '1'.repeat(128);

/** Calls that are right but for what the generator spoils. */
const rightCalls: readonly Call[] = [
    rolesCalls.assignRoles(testRoleHolders),
    registrationCalls.requestAccess(anAccessRequest({ devices: someDevices })),
    registrationCalls.confirm({ terminalId, clockToleranceMs: 1 }),
    registrationCalls.suspend({ terminalId, reason: 'x' }),
    registrationCalls.renew({ terminalId, certificateSerial: '7a' }),
    registrationCalls.changeConcentrators({ terminalId, concentrators: ['DTU-1'] }),
    registrationCalls.listTerminals({ mspId: 'DispatchMSP', state: 'registered', feeder: 'F11', ...page }),
    measurementCalls.set(aReading()),
    measurementCalls.setBatch({ concentratorId: terminalId, readings: [aReading(), aReading()] }),
    measurementCalls.query(terminalId),
    measurementCalls.queryHistory({ terminalId, ...page }),
    measurementCalls.queryFeeder({ feeder: 'F11', ...page }),
    registrationCalls.changeDevices({ terminalId, devices: someDevices }),
    authorityCalls.proposeAuthority({ holder: 'DispatchMSP', reason: 'x' }),
    authorityCalls.approveAuthority({ proposedBy: 'DispatchMSP', proposalId: '7a' }),
    displacementCalls.reportDisplacement(aDisplacement({ terminalId })),
    displacementCalls.queryDisplacements({ terminalId, fromSoe: 3, ...page }),
    controlCalls.select({ terminalId, deviceId: 'Q0', command: { type: 'double', value: 'on' } }),
    controlCalls.cancel({ terminalId, deviceId: 'Q0', operationId: '7a', reason: 'x' }),
    controlCalls.reportOutcome({
        terminalId,
        deviceId: 'Q0',
        operationId: '7a',
        reached: true,
        position: { type: 'double', state: 'on' },
        timeMs: 1,
        soe: 1,
    }),
    controlCalls.tag({ terminalId, deviceId: 'Q0', kind: 'hold', reason: 'x' }),
    controlCalls.placeEarth({ terminalId, deviceId: 'Q0', section: 'B42', earthId: 'E1', reason: 'x' }),
    controlCalls.queryDevice({ terminalId, deviceId: 'Q0' }),
    controlCalls.queryEarthHistory({ section: 'B42', ...page }),
    signedReadingCalls.setSigned({ reading: aReading(), sequence: 1, signature }),
    signedReadingCalls.setSignedBatch({
        batch: { concentratorId: terminalId, readings: [aReading()] },
        sequence: 1,
        signature,
    }),
    signedReadingCalls.querySigned({ terminalId, sequence: 1 }),
    acquisitionCalls.defineTask(aTask()),
    acquisitionCalls.endTask('A'),
    acquisitionCalls.openRound(round),
    acquisitionCalls.triggerRound({ taskId: 'A', timeMs: 1, value: 1 }),
    acquisitionCalls.reportForTask({ ...round, timeMs: 1, value: 1, quality: 'valid' }),
    acquisitionCalls.reportBatchForTask({
        ...round,
        concentratorId: terminalId,
        readings: [{ terminalId, timeMs: 1, value: 1, quality: 'valid' }],
    }),
    acquisitionCalls.seal(round),
    acquisitionCalls.listTasks(page),
    acquisitionCalls.listOpenRounds({ taskId: 'A', ...page }),
    acquisitionCalls.queryProof({ ...round, terminalId }),
    assetsCalls.registerAsset(anAsset()),
    assetsCalls.changeAssetState({ assetId: 'A', state: 'in-service', reason: 'r' }),
    assetsCalls.offerTransfer({ assetId: 'A', toMspId: 'M' }),
    assetsCalls.acceptTransfer({ assetId: 'A', offerTransactionId: '00' }),
    assetsCalls.findAssets({ attribute: 'type', value: 'breaker', ...page }),
    dataUseCalls.chargeDataUse(aCharge()),
    dataUseCalls.settleDataUse({ assetId: 'A', useId: '1', payment: 'p' }),
    dataUseCalls.listDataUses({ mspId: 'M', side: 'owner', state: 'charged', ...page }),
    anchorsCalls.anchor({ name: 'n', sha256: 'ab'.repeat(32), sizeBytes: 1, place: 'p' }),
    anchorsCalls.queryAnchor('n'),
    anchorsCalls.listOfDigest({ sha256: 'ab'.repeat(32), ...page }),
    oracleCalls.register({ oracleId: 'O', certificate: { serial: '1', publicKey: 'k' } }),
    oracleCalls.suspend({ oracleId: 'O', reason: 'r' }),
    oracleCalls.query('O'),
    feedCalls.define(aFeed()),
    feedCalls.submit({ ...aSubmission(), signature }),
    feedCalls.conclude({ feedId: 'F', tickMs: 1 }),
    feedCalls.queryRound({ feedId: 'F', tickMs: 1 }),
    feedCalls.listConclusions({ feedId: 'F', ...page }),
    supervisionCalls.enrol(anEnrolment()),
    supervisionCalls.update({ assetId: 'A', change: 'c', configuration: aConfiguration() }),
    supervisionCalls.recordTest(aSecurityTest()),
    detailsCalls.announce({ assetId: 'A', findingId: 'V' }),
    detailsCalls.check({ assetId: 'A', findingId: 'V' }, { salt: '0'.repeat(64), text: 'x' }),
    findingCalls.report(aFinding()),
    findingCalls.close({ assetId: 'A', findingId: 'V', note: 'n' }),
    supervisionCalls.listAssets({ ownerMspId: 'M', stage: 'running', ...page }),
    supervisionCalls.listWithVersion({ name: 'n', version: 'v', ...page }),
    supervisionCalls.listWithPort({ protocol: 'tcp', port: 1, ...page }),
];

/** Values that no field takes, and values of another kind than the right one. */
function wrongValuesFor(right: unknown): fc.Arbitrary<unknown> {
    const neverRight: unknown[] = [null, true, {}, [[[[[]]]]], { constructor: 1 }, { toString: null }, { length: 2 }];
    const ofKind: Record<string, unknown[]> = { string: ['', 'NaN'], number: [-1, 0.5, 1e300], list: [[], ['a', 'a']] };
    const rightKind = Array.isArray(right) ? 'list' : typeof right;
    const others = Object.entries(ofKind).flatMap(([kind, values]) => (kind === rightKind ? [] : values));
    const spoiltText = typeof right === 'string' ? ['\u0000', '\ud800', 'x'.repeat(9_000)] : [];
    return fc.constantFrom(...neverRight, ...others, ...spoiltText);
}
const wrongField = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'late', ''), fc.string());

/** Texts that are no right argument: no JSON, other JSON, and right ones with one thing spoilt. */
const spoilt = fc.record({ call: fc.constantFrom(...rightCalls) }).chain(({ call }) => {
    const right = JSON.parse(call.args[0] ?? '') as Record<string, unknown>;
    const field = fc.constantFrom(...Object.keys(right));
    const argument = fc.oneof(
        { weight: 1, arbitrary: fc.string().filter((text) => text !== call.args[0]) },
        { weight: 1, arbitrary: fc.json() },
        { weight: 1, arbitrary: fc.nat(30_000).map((depth) => '['.repeat(depth)) },
        { weight: 1, arbitrary: fc.nat(30_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
        { weight: 1, arbitrary: fc.constant(`"${'x'.repeat(inputLimits.argumentLength)}"`) },
        { weight: 2, arbitrary: field.map((name) => JSON.stringify({ ...right, [name]: undefined })) },
        {
            weight: 4,
            arbitrary: field.chain((name) =>
                wrongValuesFor(right[name]).map((value) => JSON.stringify({ ...right, [name]: value })),
            ),
        },
        {
            weight: 3,
            arbitrary: wrongField.map((name) => JSON.stringify(right).replace('{', `{${JSON.stringify(name)}:1,`)),
        },
        {
            weight: 1,
            arbitrary: field.map((name) => JSON.stringify(right).replace(`"${name}":`, `"${name}":1e999,"x":`)),
        },
    );
    return fc.record({ call: fc.constant(call), argument });
});

describe('malformed input', () => {
    let grid: TestGrid;
    let callers: readonly TestIdentity[];

    beforeAll(async () => {
        grid = await TestGrid.start();
        callers = [await grid.register(terminalId, { devices: someDevices }), grid.operator, grid.admin, grid.reader];
    });

    it('is always a coded fault and writes nothing, whoever sends it and wherever', async () => {
        const codes = new Map<string, number>();
        await fc.assert(
            fc.asyncProperty(spoilt, fc.nat(3), async ({ call, argument }, caller) => {
                const identity = callers[caller] ?? grid.reader;
                const { status, message, writes } = await grid.ledger.endorse({ ...call, args: [argument] }, identity);
                const code = status === 200 ? 'accepted' : decodeFault(message)?.code;
                codes.set(code ?? 'none', (codes.get(code ?? 'none') ?? 0) + 1);
                const isRight = code === 'accepted' && call.readOnly;
                expect({
                    argument,
                    message,
                    refused: isRight || (code !== undefined && code !== 'accepted'),
                }).toMatchObject({
                    refused: true,
                });
                expect([...writes.keys()]).toEqual([]);
            }),
            { numRuns: 1_500, seed: 20_261_123 },
        );
        expect(codes.get('MALFORMED_INPUT')).toBeGreaterThan(1_000);
    });

    it('is MALFORMED_INPUT, or a fault of the rule that looks first, when one field of a reading is spoilt', async () => {
        const reading: object = aReading();
        const spoiltField = fc
            .constantFrom(...Object.entries(reading))
            .chain(([name, right]) => fc.record({ name: fc.constant(name), value: wrongValuesFor(right) }));
        await fc.assert(
            fc.asyncProperty(spoiltField, async ({ name, value }) => {
                const args = [JSON.stringify({ ...reading, [name]: value })];
                const call = { ...measurementCalls.set(aReading()), args };
                const { message } = await grid.ledger.endorse(call, callers[0] ?? grid.reader);
                expect({ name, value, fault: decodeFault(message) }).toMatchObject({
                    fault: { code: 'MALFORMED_INPUT', path: expect.stringMatching(`^${name}`) as unknown },
                });
            }),
            { numRuns: 300, seed: 20_261_123 },
        );
    });
});
