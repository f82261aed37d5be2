import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from '../../chaincode/src/calls/call-api';
import {
    measurementCalls,
    type NewestAnswer,
    type ReadingInput,
    type ReportedReading,
} from '../../chaincode/src/measurement/measurement-api';
import { registrationCalls, type TerminalRecord } from '../../chaincode/src/registration/registration-api';
import { upgradeNetwork } from '../../network/backends/upgrade-network';
import { waitUntil } from '../../network/backends/wait-until';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall, tryEvaluate } from '../../network/client/evaluate-call';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall } from '../../network/client/submit-call';
import { describeOnEachBackEnd } from '../support/back-ends';
import { FormerChaincode, formerRecords, upgradedLayouts } from '../support/chaincode/former-chaincode';
import { aControlledNetwork } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const [changed, untouched] = ['FTU-S001', 'FTU-S002'] as const;
const devices = [{ deviceId: 'Q1', command: 'double', sections: ['bus-1', 'line-1'] }] as const;

/** A terminal's record of either version. */
type StoredTerminal = Omit<TerminalRecord, 'schemaVersion'> & { readonly schemaVersion: number };

/** A network runs the chaincode of the version before, has data, and takes today's without losing any. */
describeOnEachBackEnd('a ledger with records of the former version', (backEnd) => {
    let chaincode: FormerChaincode;
    let started: TestNetwork;
    let desk: OrganizationDesk;
    let operator: GatewayConnection;
    let reading: ReadingInput;
    let collected: ReadingInput;

    async function query(terminalId: string): Promise<StoredTerminal> {
        return (await evaluateCall(desk.gate, registrationCalls.queryTerminal(terminalId))) as StoredTerminal;
    }

    /** The record, once the peer that is asked has it as expected. */
    function queryUntil(terminalId: string, isThere: (record: StoredTerminal) => boolean): Promise<StoredTerminal> {
        const attempt = async (): Promise<StoredTerminal | undefined> => {
            const outcome = await tryEvaluate(desk.gate, registrationCalls.queryTerminal(terminalId));
            const record = outcome.answered ? (outcome.result as StoredTerminal) : undefined;
            return record !== undefined && isThere(record) ? record : undefined;
        };
        return waitUntil(attempt, { deadlineMs: 60_000, forWhat: `the record of ${terminalId}` });
    }

    beforeAll(async () => {
        chaincode = await FormerChaincode.build();
        started = await startTestNetwork(await aControlledNetwork(), {
            backEnd,
            chaincodeDirectory: chaincode.directory,
        });
        await provisionNetwork(started.running, started.identities);
        desk = await OrganizationDesk.open(started.running, started.identities, 'primary-reader');
        operator = await desk.as('primary-operator');
    }, 300_000);

    afterAll(async () => {
        desk.close();
        await started.stop();
        await chaincode.remove();
    });

    it('has a former version of every type that has one', async () => {
        expect(await upgradedLayouts()).toEqual(Object.keys(formerRecords).sort());
    });

    it('is written by the former chaincode, which knows no devices', async () => {
        for (const terminalId of [changed, untouched]) {
            const record = await queryUntil(terminalId, ({ state }) => state === 'registered');
            expect(record).toMatchObject({ schemaVersion: 1, terminalId });
            expect(record).not.toHaveProperty('devices');
        }
        const value = { type: 'voltage', value: 10.2, unit: 'kV', quality: 'valid' } as const;
        reading = { terminalId: changed, timeMs: Date.now(), ...value };
        await submitCall(await desk.as(changed), measurementCalls.set(reading));
        const collects = registrationCalls.changeConcentrators({ terminalId: changed, concentrators: [changed] });
        await submitCall(operator, collects);
        collected = { ...reading, timeMs: reading.timeMs + 1, value: 10.3 };
        const batch = measurementCalls.setBatch({ concentratorId: changed, readings: [collected] });
        await submitCall(await desk.as(changed), batch);
    });

    it('is read by today’s contracts after the upgrade, each record as one of the present version', async () => {
        const former = await query(untouched);
        await chaincode.becomePresent();
        const upgrade = { version: '0.2.0', chaincodeDirectory: chaincode.directory };
        const { changed: isUpgraded, definition } = await upgradeNetwork(started.running, upgrade);
        expect({ isUpgraded, version: definition.version, sequence: definition.sequence }).toEqual({
            isUpgraded: true,
            version: '0.2.0',
            sequence: 2,
        });
        const record = await queryUntil(untouched, ({ schemaVersion }) => schemaVersion === 2);
        expect(record).toEqual({ ...former, devices: [], schemaVersion: 2 });
        const newest = (await evaluateCall(desk.gate, measurementCalls.query(changed))) as NewestAnswer;
        expect(newest.newest).toMatchObject({ value: collected.value, timeMs: collected.timeMs });
        const history = measurementCalls.queryHistory({ terminalId: changed, pageSize: 5, bookmark: '' });
        const { items } = (await evaluateCall(desk.gate, history)) as Page<ReportedReading>;
        expect(items.map(({ value }) => value)).toEqual([collected.value, reading.value]);
    });

    it('is changed by today’s contracts, and what was not changed is read as before', async () => {
        await submitCall(operator, registrationCalls.changeDevices({ terminalId: changed, devices }));
        const record = await queryUntil(changed, ({ devices: known }) => known.length > 0);
        expect(record).toMatchObject({ schemaVersion: 2, devices, state: 'registered' });
        await submitCall(await desk.as(changed), measurementCalls.set({ ...reading, timeMs: reading.timeMs + 2 }));
        expect(await query(untouched)).toMatchObject({ schemaVersion: 2, devices: [] });
        const upgrade = { version: '0.2.0', chaincodeDirectory: chaincode.directory };
        const { changed: isUpgraded } = await upgradeNetwork(started.running, upgrade);
        expect(isUpgraded).toBe(false);
    });
});
