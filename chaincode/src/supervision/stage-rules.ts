import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import {
    supervisionLimits,
    type Enrolment,
    type InformationAssetRecord,
    type SecurityTest,
    type SecurityTestRecord,
    type StageActRecord,
    type SupervisionFault,
} from './supervision-api';
import { stageTable } from './supervision-tables';

/** A new information asset: to be tested, and owned by the organisation that enrols it. */
export function decideEnrolment(
    existing: InformationAssetRecord | undefined,
    { assetId, name, configuration }: Enrolment,
    act: StageActRecord,
): InformationAssetRecord | SupervisionFault {
    if (existing !== undefined) {
        return { code: 'INFORMATION_ASSET_EXISTS', assetId };
    }
    return {
        schemaVersion: 1,
        assetId,
        name,
        ownerMspId: act.byMspId,
        stage: 'testing',
        revision: 1,
        configuration,
        newestTest: null,
        openCriticalFindings: [],
        lastAct: act,
    };
}

/** The asset with a new act on it, in the stage it leads to; judged at the later of the two times. */
export function decideStageAct(
    asset: InformationAssetRecord | undefined,
    assetId: string,
    act: StageActRecord,
): InformationAssetRecord | SupervisionFault | TimeFault {
    if (asset === undefined) {
        return { code: 'INFORMATION_ASSET_UNKNOWN', assetId };
    }
    const { stage, lastAct } = asset;
    const row = act.act === 'enrol' ? undefined : stageTable[act.act];
    if (row?.in.includes(stage) !== true) {
        return { code: 'STAGE_NOT_ALLOWED', assetId, act: act.act, stage };
    }
    const time = laterOf(act.transactionTimeMs, lastAct.transactionTimeMs, supervisionLimits.clockToleranceMs);
    return 'code' in time
        ? time
        : { ...asset, stage: row.to ?? stage, lastAct: { ...act, transactionTimeMs: time.nowMs } };
}

/** Whether the act is the owner's: undefined when the caller's organisation is the owner. */
export function judgeOwner(
    asset: Pick<InformationAssetRecord, 'assetId' | 'ownerMspId'> | undefined,
    callerMspId: string,
): SupervisionFault | undefined {
    return asset === undefined || asset.ownerMspId === callerMspId
        ? undefined
        : {
              code: 'FOREIGN_INFORMATION_ASSET',
              assetId: asset.assetId,
              ownerMspId: asset.ownerMspId,
              callerMspId,
          };
}

/** No launch without a passed test, and of the configuration that is launched. */
export function judgeLaunch({ assetId, revision, newestTest }: InformationAssetRecord): SupervisionFault | undefined {
    return newestTest?.verdict === 'passed' && newestTest.revision === revision
        ? undefined
        : {
              code: 'NO_PASSED_TEST',
              assetId,
              revision,
              testedRevision: newestTest?.revision ?? null,
              verdict: newestTest?.verdict ?? null,
          };
}

/** No retirement with open critical findings: what was found may have spread. */
export function judgeRetirement({
    assetId,
    openCriticalFindings: findings,
}: InformationAssetRecord): SupervisionFault | undefined {
    return findings.length === 0 ? undefined : { code: 'CRITICAL_FINDINGS_OPEN', assetId, findings };
}

/** A test of the present configuration; its verdict counts from then on. */
export function decideTest(
    asset: InformationAssetRecord,
    existing: SecurityTestRecord | undefined,
    { assetId, testId, verdict, revision, report }: SecurityTest,
): { readonly asset: InformationAssetRecord; readonly test: SecurityTestRecord } | SupervisionFault {
    if (existing !== undefined) {
        return { code: 'TEST_EXISTS', assetId, testId };
    }
    if (revision !== asset.revision) {
        return { code: 'REVISION_NOT_PRESENT', assetId, revision: asset.revision };
    }
    const { byMspId, byName, transactionId, transactionTimeMs } = asset.lastAct;
    const newestTest = { testId, verdict, revision };
    return {
        asset: { ...asset, newestTest },
        test: {
            schemaVersion: 1,
            assetId,
            ...newestTest,
            report,
            byMspId,
            byName,
            transactionId,
            transactionTimeMs,
        },
    };
}
