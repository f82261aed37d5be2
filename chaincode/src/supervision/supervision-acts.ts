import { requireRole } from '../caller/require-role';
import { accepted } from '../faults/accepted';
import { acceptedAt } from '../faults/accepted-at';
import type { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import type { Role } from '../roles/roles-api';
import type { FindingAct, FindingRecord } from './finding-api';
import { decideFindingAct, type FindingActor } from './finding-rules';
import { decideStageAct, judgeOwner } from './stage-rules';
import type { InformationAssetRecord, StageAct, StageActRecord } from './supervision-api';
import { supervisionInput } from './supervision-input';
import { findingTable } from './supervision-tables';

/** The caller must hold the role. One get. */
export async function requireHeld(ctx: GridContext, role: Role): Promise<void> {
    requireRole(ctx.caller, role, await ctx.roles.find());
}

/** An asset before and after an act on it. */
export interface ActedOn {
    readonly before: InformationAssetRecord | undefined;
    readonly after: InformationAssetRecord;
}

/** An act of the owner's operator on the asset. Two gets. */
export async function decideOwnerAct(ctx: GridContext, assetId: string, act: StageAct): Promise<ActedOn> {
    await requireHeld(ctx, 'operator');
    const before = await ctx.supervision.find(assetId);
    acceptedAt(judgeOwner(before, ctx.caller.mspId));
    return { before, after: accepted(decideStageAct(before, assetId, newAct(ctx, act))) };
}

/** An act on a finding by whom the table names. Two gets. */
export async function decideOnFinding(ctx: GridContext, input: string, act: FindingAct): Promise<FindingRecord> {
    const note = readArgument(input, supervisionInput.findingNote);
    const role = findingTable[act].by;
    await requireHeld(ctx, role);
    const finding = await ctx.supervision.findFinding(note);
    if (role === 'operator') {
        acceptedAt(judgeOwner(finding, ctx.caller.mspId));
    }
    return accepted(decideFindingAct(finding, note, act, actor(ctx)));
}

/** Keeps the configuration of the asset's revision for good. One put. */
export async function putConfiguration(ctx: GridContext, asset: InformationAssetRecord, change: string): Promise<void> {
    const { assetId, revision, configuration, lastAct } = asset;
    const { byName, transactionId, transactionTimeMs } = lastAct;
    await ctx.supervision.putConfiguration({
        schemaVersion: 1,
        assetId,
        revision,
        change,
        configuration,
        byName,
        transactionId,
        transactionTimeMs,
    });
}

function actor(ctx: GridContext): FindingActor {
    const { mspId, certificate } = ctx.caller;
    return { byMspId: mspId, byName: certificate.commonName, ...ctx.transaction };
}

/** What the record of an act says of who did it and when. */
export function newAct(ctx: GridContext, act: StageAct): StageActRecord {
    return { act, ...actor(ctx) };
}
