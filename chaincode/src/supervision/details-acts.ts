import { ContractError } from '../faults/contract-error';
import type { GridContext } from '../grid-context';
import { readTransient } from '../private-data/transient-input';
import { sha256 } from '../signatures/sha256';
import { detailsField, type Details, type DetailsCheck, type DetailsRecord, type DetailsSubject } from './details-api';
import { bytesOf } from './details-repository';
import { requireHeld } from './supervision-acts';
import { detailsReader } from './supervision-input';

/**
 * Three gets and one private put; no public write, so that the collection's own endorsement policy counts alone and no
 * peer of another organisation has to see the details.
 */
export async function depositDetails(ctx: GridContext, subject: DetailsSubject): Promise<void> {
    await requireHeld(ctx, 'supervisor');
    const details = readTransient(ctx.stub, detailsField, detailsReader);
    await requireSubject(ctx, subject);
    await requireUnannounced(ctx, subject);
    await ctx.details.deposit(subject, details);
}

/** Rests on the hash that every peer has: endorsers need not be members. */
export async function announceDetails(ctx: GridContext, subject: DetailsSubject): Promise<Buffer> {
    await requireHeld(ctx, 'supervisor');
    await requireUnannounced(ctx, subject);
    const digest = await ctx.details.findDigest(subject);
    if (digest === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...subject });
    }
    const { mspId: byMspId, certificate } = ctx.caller;
    const by = { byMspId, byName: certificate.commonName };
    return ctx.details.announce({ schemaVersion: 1, ...subject, digest, ...by, ...ctx.transaction });
}

export async function readDetails(ctx: GridContext, subject: DetailsSubject): Promise<Details> {
    await requireHeld(ctx, 'supervisor');
    const details = await ctx.details.find(subject);
    if (details === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...subject });
    }
    return details;
}

export async function queryDetails(ctx: GridContext, subject: DetailsSubject): Promise<DetailsRecord> {
    const announced = await ctx.details.findAnnounced(subject);
    if (announced === undefined) {
        throw new ContractError({ code: 'DETAILS_UNKNOWN', ...subject });
    }
    return announced;
}

/** Needs no collection: what was announced stands on the ledger. */
export async function checkDetails(ctx: GridContext, subject: DetailsSubject, details: Details): Promise<DetailsCheck> {
    const { digest } = await queryDetails(ctx, subject);
    return { ...subject, digest, matches: sha256(bytesOf(details)).toString('hex') === digest };
}

/** Details are of what stands on the ledger. One get. */
async function requireSubject(ctx: GridContext, subject: DetailsSubject): Promise<void> {
    if ('findingId' in subject) {
        if ((await ctx.supervision.findFinding(subject)) === undefined) {
            throw new ContractError({ code: 'FINDING_UNKNOWN', ...subject });
        }
    } else if ((await ctx.supervision.findTest(subject.assetId, subject.testId)) === undefined) {
        throw new ContractError({ code: 'TEST_UNKNOWN', ...subject });
    }
}

/** What was announced is not replaced. One get. */
async function requireUnannounced(ctx: GridContext, subject: DetailsSubject): Promise<void> {
    const announced = await ctx.details.findAnnounced(subject);
    if (announced !== undefined) {
        throw new ContractError({ code: 'DETAILS_ANNOUNCED', ...subject, digest: announced.digest });
    }
}
