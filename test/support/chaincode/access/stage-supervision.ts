import { findingCalls } from '../../../../chaincode/src/supervision/finding-api';
import { supervisionCalls } from '../../../../chaincode/src/supervision/supervision-api';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../an-information-asset';
import { page, type AccessGrid, type StagedCall } from './access-grid';

const { assetId } = anEnrolment();
const open = { assetId, findingId: 'V-1', note: 'n' };
const rectified = { assetId, findingId: 'V-2', note: 'n' };

/** FES-1 is the operator's, tested, with one open and one rectified finding. */
export async function stageSupervision(access: AccessGrid): Promise<StagedCall[]> {
    await access.submit(supervisionCalls.enrol(anEnrolment()), 'operator');
    await access.submit(supervisionCalls.recordTest(aSecurityTest()), 'supervisor');
    for (const { findingId } of [open, rectified]) {
        await access.submit(findingCalls.report(aFinding({ findingId, severity: 'high' })), 'supervisor');
    }
    await access.submit(findingCalls.rectify(rectified), 'operator');
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
