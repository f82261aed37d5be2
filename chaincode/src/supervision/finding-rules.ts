import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { FindingAct, FindingInput, FindingNote, FindingRecord } from './finding-api';
import {
    supervisionLimits,
    type InformationAssetRecord,
    type StageActRecord,
    type SupervisionFault,
} from './supervision-api';
import { findingTable } from './supervision-tables';

export type FindingActor = Omit<StageActRecord, 'act'>;

/** A new finding on an asset that is not retired; its deadline lies ahead. */
export function decideFinding(
    asset: InformationAssetRecord,
    existing: FindingRecord | undefined,
    input: FindingInput,
): FindingRecord | SupervisionFault {
    const { assetId, findingId, dueMs } = input;
    const { byMspId, byName, transactionId, transactionTimeMs } = asset.lastAct;
    if (existing !== undefined) {
        return { code: 'FINDING_EXISTS', assetId, findingId };
    }
    if (dueMs <= transactionTimeMs) {
        return { code: 'DEADLINE_PASSED', assetId, findingId, dueMs, nowMs: transactionTimeMs };
    }
    if (input.severity === 'critical' && asset.openCriticalFindings.length >= supervisionLimits.criticalFindings) {
        return { code: 'TOO_MANY_CRITICAL_FINDINGS', assetId, limit: supervisionLimits.criticalFindings };
    }
    return {
        schemaVersion: 1,
        ...input,
        ownerMspId: asset.ownerMspId,
        state: 'open',
        foundMs: transactionTimeMs,
        rectifiedMs: null,
        late: false,
        note: null,
        byMspId,
        byName,
        transactionId,
        transactionTimeMs,
    };
}

/** What the owner and the supervisor do with it, by the table. Opened again, it is due as before. */
export function decideFindingAct(
    finding: FindingRecord | undefined,
    { assetId, findingId, note }: FindingNote,
    act: FindingAct,
    actor: FindingActor,
): FindingRecord | SupervisionFault | TimeFault {
    if (finding === undefined) {
        return { code: 'FINDING_UNKNOWN', assetId, findingId };
    }
    const { from, to } = findingTable[act];
    if (finding.state !== from) {
        return { code: 'FINDING_STATE_NOT_ALLOWED', assetId, findingId, act, state: finding.state };
    }
    const time = laterOf(actor.transactionTimeMs, finding.transactionTimeMs, supervisionLimits.clockToleranceMs);
    if ('code' in time) {
        return time;
    }
    const { nowMs } = time;
    const rectifiedMs = act === 'rectify' ? nowMs : act === 'reopen' ? null : finding.rectifiedMs;
    const late = rectifiedMs !== null && rectifiedMs > finding.dueMs;
    return { ...finding, ...actor, transactionTimeMs: nowMs, state: to, rectifiedMs, late, note };
}
