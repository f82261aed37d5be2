import {
    detailsCalls,
    supervisionCollection,
    testDetailsCalls,
} from '../../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../../../chaincode/src/supervision/supervision-api';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../an-information-asset';
import { page, type AccessGrid, type StagedCall } from './access-grid';

const { assetId } = anEnrolment();
const open = { assetId, findingId: 'V-1', note: 'n' };
const rectified = { assetId, findingId: 'V-2', note: 'n' };

const deposited = { assetId, findingId: 'V-1' };
const announced = { assetId, findingId: 'V-2' };
const depositedTest = { assetId, testId: 'T-1' };
const announcedTest = { assetId, testId: 'T-0' };
const details = { salt: 'ab'.repeat(32), text: 'weak' };

/** FES-1 is the operator's, tested twice, with one open and one rectified finding; findings and tests have details. */
export async function stageSupervision(access: AccessGrid): Promise<StagedCall[]> {
    await access.submit(supervisionCalls.enrol(anEnrolment()), 'operator');
    for (const { testId } of [announcedTest, depositedTest]) {
        await access.submit(supervisionCalls.recordTest(aSecurityTest({ testId })), 'supervisor');
    }
    for (const { findingId } of [open, rectified]) {
        await access.submit(findingCalls.report(aFinding({ findingId, severity: 'high' })), 'supervisor');
    }
    await access.submit(findingCalls.rectify(rectified), 'operator');
    access.grid.ledger.collections.members.set(supervisionCollection, ['DispatchMSP']);
    for (const finding of [deposited, announced]) {
        await access.submit(detailsCalls.deposit(finding, details), 'supervisor');
    }
    await access.submit(detailsCalls.announce(announced), 'supervisor');
    for (const test of [depositedTest, announcedTest]) {
        await access.submit(testDetailsCalls.deposit(test, details), 'supervisor');
    }
    await access.submit(testDetailsCalls.announce(announcedTest), 'supervisor');
    return [
        supervisionCalls.enrol(anEnrolment({ assetId: 'FES-2' })),
        supervisionCalls.update({ assetId, change: 'c', configuration: aConfiguration() }),
        supervisionCalls.recordTest(aSecurityTest({ testId: 'T-2' })),
        supervisionCalls.putOnline(assetId),
        supervisionCalls.retire(assetId),
        findingCalls.report(aFinding({ findingId: 'V-3' })),
        findingCalls.rectify(open),
        findingCalls.close(rectified),
        findingCalls.reopen(rectified),
        detailsCalls.deposit(deposited, details),
        detailsCalls.announce(deposited),
        detailsCalls.read(announced),
        detailsCalls.query(announced),
        detailsCalls.check(announced, details),
        testDetailsCalls.deposit(depositedTest, details),
        testDetailsCalls.announce(depositedTest),
        testDetailsCalls.read(announcedTest),
        testDetailsCalls.query(announcedTest),
        testDetailsCalls.check(announcedTest, details),
        supervisionCalls.queryAsset(assetId),
        supervisionCalls.listAssets({ ownerMspId: 'DispatchMSP', stage: 'testing', ...page }),
        supervisionCalls.listWithVersion({ name: 'OpenSSL', version: '3.0.7', ...page }),
        supervisionCalls.listWithPort({ protocol: 'tcp', port: 2404, ...page }),
        supervisionCalls.listUpdates({ assetId, ...page }),
        supervisionCalls.listTests({ assetId, ...page }),
        findingCalls.query({ assetId, findingId: open.findingId }),
        findingCalls.list({ assetId, ...page }),
        findingCalls.listOverdue(page),
    ].map((call) => ({ call }));
}
