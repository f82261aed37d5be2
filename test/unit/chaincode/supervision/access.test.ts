import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import { decodeFault, type FaultCode } from '../../../../chaincode/src/faults/fault-api';
import { detailsCalls, supervisionCollection } from '../../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../../../chaincode/src/supervision/supervision-api';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../../../support/chaincode/an-information-asset';
import { gatherPeople, people, type Person } from '../../../support/chaincode/people';
import { TestGrid } from '../../../support/chaincode/test-grid';
import type { TestIdentity } from '../../../support/chaincode/test-identity';

type Outcome = FaultCode | 'accepted';
const ofOperators = (foreign: Outcome) => (who: Person) => {
    if (who === 'operator') return 'accepted';
    if (who === 'foreign operator') return foreign;
    return who === 'operator whose organisation may not hold the role' ? 'ROLE_NOT_HELD_HERE' : 'ROLE_REQUIRED';
};
const ofSupervisors = (who: Person): Outcome => {
    if (who === 'supervisor') return 'accepted';
    return who === 'supervisor whose organisation may not hold the role' ? 'ROLE_NOT_HELD_HERE' : 'ROLE_REQUIRED';
};
const foreign = 'FOREIGN_INFORMATION_ASSET';
const assetId = 'FES-1';
const details = { salt: 'ab'.repeat(32), text: 'weak' };
const ofFinding = { assetId, findingId: 'V-1' };
const ofOther = { assetId, findingId: 'V-2' };
const open = { assetId, findingId: 'V-1', note: 'n' };
const rectified = { assetId, findingId: 'V-2', note: 'n' };
const table: readonly { readonly call: Call; readonly may: (who: Person) => Outcome }[] = [
    { call: supervisionCalls.enrol(anEnrolment({ assetId: 'FES-2' })), may: ofOperators('accepted') },
    {
        call: supervisionCalls.update({ assetId, change: 'c', configuration: aConfiguration() }),
        may: ofOperators(foreign),
    },
    { call: supervisionCalls.recordTest(aSecurityTest({ testId: 'T-2' })), may: ofSupervisors },
    { call: supervisionCalls.putOnline(assetId), may: ofOperators(foreign) },
    { call: supervisionCalls.retire(assetId), may: ofOperators(foreign) },
    { call: findingCalls.report(aFinding({ findingId: 'V-3' })), may: ofSupervisors },
    { call: detailsCalls.deposit(ofFinding, details), may: ofSupervisors },
    { call: detailsCalls.announce(ofOther), may: ofSupervisors },
    { call: findingCalls.rectify(open), may: ofOperators(foreign) },
    { call: findingCalls.close(rectified), may: ofSupervisors },
    { call: findingCalls.reopen(rectified), may: ofSupervisors },
];
const cases = table.flatMap(({ call, may }) =>
    people.map((who) => ({ call, who, transaction: call.transaction, outcome: may(who) })),
);

describe('access to supervision', () => {
    let grid: TestGrid;
    let identities: Readonly<Record<Person, TestIdentity>>;

    beforeAll(async () => {
        grid = await TestGrid.start();
        grid.ledger.collections.members.set(supervisionCollection, ['DispatchMSP']);
        identities = await gatherPeople(grid);
        await grid.ledger.submit(supervisionCalls.enrol(anEnrolment()), grid.operator);
        await grid.ledger.submit(supervisionCalls.recordTest(aSecurityTest()), identities.supervisor);
        for (const findingId of ['V-1', 'V-2']) {
            const finding = aFinding({ findingId, severity: 'high' });
            await grid.ledger.submit(findingCalls.report(finding), identities.supervisor);
        }
        await grid.ledger.submit(findingCalls.rectify(rectified), grid.operator);
        await grid.ledger.submit(detailsCalls.deposit(ofOther, details), identities.supervisor);
    });

    // Endorsed and not committed: every case finds the same ledger.
    it.each(cases)('$transaction by $who: $outcome', async ({ call, who, outcome }) => {
        const { message, status, writes } = await grid.ledger.endorse(call, identities[who]);
        expect(status === 200 ? 'accepted' : decodeFault(message)?.code).toBe(outcome);
        expect(writes.size > 0).toBe(outcome === 'accepted');
    });
});
