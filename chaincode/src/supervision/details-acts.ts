import { ContractError } from '../faults/contract-error';
import type { GridContext } from '../grid-context';
import { readTransient } from '../private-data/transient-input';
import { sha256 } from '../signatures/sha256';
import { detailsField, type DetailsCheck, type DetailsRecord, type FindingDetails } from './details-api';
import { bytesOf } from './details-repository';
import type { FindingName } from './finding-api';
import { requireHeld } from './supervision-acts';
import { detailsReader } from './supervision-input';

/**
 * Two gets and one private put; no public write, so that the collection's own endorsement policy counts alone and no peer
 * of another organisation has to see the details.
 */
export async function depositDetails(ctx: GridContext, finding: FindingName): Promise<void> {
    await requireHeld(ctx, 'supervisor');
    const details = readTransient(ctx.stub, detailsField, detailsReader);
    if ((await ctx.supervision.findFinding(finding)) === undefined) {
        throw new ContractError({ code: 'FINDING_UNKNOWN', ...finding });
    }
    const announced = await ctx.details.findAnnounced(finding);
    if (announced !== undefined) {
        throw new ContractError({ code: 'DETAILS_ANNOUNCED', ...finding, digest: announced.digest });
    }
    await ctx.details.deposit(finding, details);
}

/** Rests on the hash that every peer has: endorsers need not be members. */
export async function announceDetails(ctx: GridContext, finding: FindingName): Promise<Buffer> {
    await requireHeld(ctx, 'supervisor');
    const announced = await ctx.details.findAnnounced(finding);
    if (announced !== undefined) {
        throw new ContractError({ code: 'DETAILS_ANNOUNCED', ...finding, digest: announced.digest });
    }
    const digest = await ctx.details.findDigest(finding);
    if (digest === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...finding });
    }
    const { mspId: byMspId, certificate } = ctx.caller;
    const by = { byMspId, byName: certificate.commonName };
    return ctx.details.announce({ schemaVersion: 1, ...finding, digest, ...by, ...ctx.transaction });
}

export async function readDetails(ctx: GridContext, finding: FindingName): Promise<FindingDetails> {
    await requireHeld(ctx, 'supervisor');
    const details = await ctx.details.find(finding);
    if (details === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...finding });
    }
    return details;
}

export async function queryDetails(ctx: GridContext, finding: FindingName): Promise<DetailsRecord> {
    const announced = await ctx.details.findAnnounced(finding);
    if (announced === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...finding });
    }
    return announced;
}

/** Needs no collection: what was announced stands on the ledger. */
export async function checkDetails(
    ctx: GridContext,
    finding: FindingName,
    details: FindingDetails,
): Promise<DetailsCheck> {
    const { digest } = await queryDetails(ctx, finding);
    return { ...finding, digest, matches: sha256(bytesOf(details)).toString('hex') === digest };
}
