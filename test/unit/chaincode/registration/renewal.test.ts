import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import {
    registrationCalls,
    registrationEvents,
    type RenewalRecord,
} from '../../../../chaincode/src/registration/registration-api';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTerminalIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const terminalId = 'TTU-1';

describe('renewal', () => {
    let grid: TestGrid;
    let old: TestIdentity;
    let fresh: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        old = await grid.register(terminalId);
        fresh = await newTerminalIdentity(terminalId);
    });

    const request = (identity: TestIdentity): ReturnType<TestGrid['ledger']['submit']> =>
        grid.ledger.submit(registrationCalls.requestRenewal({ terminalId }), identity);
    const renew = (certificateSerial: string): ReturnType<TestGrid['ledger']['submit']> =>
        grid.ledger.submit(registrationCalls.renew({ terminalId, certificateSerial }), grid.operator);
    const set = (identity: TestIdentity): ReturnType<TestGrid['ledger']['submit']> =>
        grid.ledger.submit(measurementCalls.set(aReading()), identity);
    const waiting = async (): Promise<readonly RenewalRecord[]> => {
        const call = registrationCalls.listRenewals({ mspId: 'DispatchMSP', pageSize: 10, bookmark: '' });
        return (await grid.ledger.evaluate<Page<RenewalRecord>>(call, grid.operator)).items;
    };

    it('replaces key and certificate and remembers the serial of the old one', async () => {
        const before = await grid.terminal(terminalId);
        await request(fresh);
        const { event } = await renew(fresh.serial);
        const after = await grid.terminal(terminalId);
        expect(after.certificate.serial).toBe(fresh.serial);
        expect(after.certificate.publicKey).not.toBe(before.certificate.publicKey);
        expect(after.replacedSerials).toEqual([old.serial]);
        expect(after.onChainId).toBe(before.onChainId);
        expect(event?.name).toBe(registrationEvents.renewed);
    });

    it('refuses every act of the old certificate from then on, and of every one before it', async () => {
        const second = await grid.renew(terminalId);
        const third = await grid.renew(terminalId);
        for (const replaced of [old, second]) {
            await expectFault(set(replaced), 'CERTIFICATE_REPLACED');
            await expectFault(request(replaced), 'CERTIFICATE_REPLACED');
        }
        await expect(set(third)).resolves.toMatchObject({ status: 200 });
    });

    it('leaves the old certificate in force, and the new one without, until the operator agrees', async () => {
        await request(fresh);
        await expect(set(old)).resolves.toMatchObject({ status: 200 });
        await expectFault(set(fresh), 'CERTIFICATE_UNKNOWN');
    });

    it('disturbs no reading of the terminal that is in flight when the new certificate asks', async () => {
        const reading = await grid.ledger.endorse(measurementCalls.set(aReading()), old);
        const { event } = await request(fresh);
        expect(event).toMatchObject({
            name: registrationEvents.renewalRequested,
            payload: { terminalId, certificateSerial: fresh.serial, state: 'registered' },
        });
        expect(grid.ledger.commit(reading)).toEqual(['VALID']);
    });

    it('is found by an operator who missed the event, until it is done', async () => {
        await request(fresh);
        expect(await waiting()).toMatchObject([{ terminalId, certificate: { serial: fresh.serial } }]);
        await renew(fresh.serial);
        expect(await waiting()).toEqual([]);
    });

    it('takes only the certificate that the operator names', async () => {
        await request(fresh);
        const other = await newTerminalIdentity(terminalId);
        await request(other);
        const fault = await expectFault(renew(fresh.serial), 'RENEWAL_UNKNOWN');
        expect(fault.certificateSerial).toBe(fresh.serial);
        await renew(other.serial);
        expect((await grid.terminal(terminalId)).certificate.serial).toBe(other.serial);
    });

    it('is not requested with the registered certificate, nor with its key', async () => {
        await expectFault(request(old), 'CERTIFICATE_NOT_NEW');
        await expectFault(request(await newTerminalIdentity(terminalId, { keys: old.keys })), 'KEY_NOT_REPLACED');
    });

    it('is not requested in another terminal’s name or from another organisation', async () => {
        await expectFault(request(await newTerminalIdentity('TTU-2')), 'NOT_THE_TERMINAL');
        await expectFault(request(await newTerminalIdentity(terminalId, { mspId: 'PrimaryMSP' })), 'FOREIGN_TERMINAL');
        await expectFault(request(grid.operator), 'NOT_A_TERMINAL');
    });

    it('is not requested for a terminal that is unknown, requested or retired', async () => {
        const call = registrationCalls.requestRenewal({ terminalId: 'TTU-3' });
        const submitted = async (): Promise<unknown> => grid.ledger.submit(call, await newTerminalIdentity('TTU-3'));
        await expectFault(submitted(), 'TERMINAL_UNKNOWN');
        await grid.request('TTU-3');
        await expectFault(submitted(), 'ACT_NOT_ALLOWED');
        const retirement = registrationCalls.retire({ terminalId: 'TTU-3', reason: 'x' });
        await grid.ledger.submit(retirement, grid.operator);
        await expectFault(submitted(), 'TERMINAL_RETIRED');
    });
});
