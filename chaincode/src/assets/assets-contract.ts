import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { accepted } from '../faults/accepted';
import { acceptedAt } from '../faults/accepted-at';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import type { RoleHolders } from '../roles/roles-api';
import {
    decideAcceptance,
    decideAct,
    decideOffer,
    decideOwnerAct,
    decideRegistration,
    decideState,
    decideWithdrawal,
} from './asset-rules';
import {
    assetsContract,
    assetsEvents,
    type AssetAct,
    type AssetActRecord,
    type AssetRecord,
    type MeasurementReference,
} from './assets-api';
import { assetsInput } from './assets-input';
import type { DataUseAct, DataUseName, DataUseRecord } from './data-use-api';
import { decideCharge, decideDataUseAct, type DataUseActor } from './data-use-rules';
import './asset-records';
import './assets-input-schema';

@DescribedOnly
@Info({ title: 'assets', description: 'Assets by their static, dynamic and accounting attributes' })
export class AssetsContract extends Contract {
    constructor() {
        super(assetsContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(assetsContract);
    }

    /** Reads the registration of each terminal that it names. */
    @Transaction()
    @Param('input', 'string', 'JSON of AssetRegistration')
    async RegisterAsset(ctx: GridContext, input: string): Promise<void> {
        const registration = readArgument(input, assetsInput.registration);
        await requireOperator(ctx);
        const existing = await ctx.assets.find(registration.assetId);
        const asset = accepted(decideRegistration(existing, registration, newAct(ctx, 'register')));
        await requireTerminals(ctx, registration.measurements);
        ctx.stub.setEvent(assetsEvents.registered, await ctx.assets.save(asset, undefined));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AssetStateChange')
    async ChangeAssetState(ctx: GridContext, input: string): Promise<void> {
        const { assetId, state, reason } = readArgument(input, assetsInput.stateChange);
        await requireOperator(ctx);
        const before = await ctx.assets.find(assetId);
        const acted = accepted(decideOwnerAct(before, assetId, newAct(ctx, 'change-state', reason)));
        const after = accepted(decideState(acted, state));
        ctx.stub.setEvent(assetsEvents.changed, await ctx.assets.save(after, before));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of MeasurementBinding')
    async BindMeasurements(ctx: GridContext, input: string): Promise<void> {
        const { assetId, measurements } = readArgument(input, assetsInput.binding);
        await requireOperator(ctx);
        const before = await ctx.assets.find(assetId);
        const acted = accepted(decideOwnerAct(before, assetId, newAct(ctx, 'bind')));
        await requireTerminals(ctx, measurements);
        const after = { ...acted, dynamic: { ...acted.dynamic, measurements } };
        ctx.stub.setEvent(assetsEvents.bound, await ctx.assets.save(after, before));
    }

    /** The owner's consent. */
    @Transaction()
    @Param('input', 'string', 'JSON of TransferOffer')
    async OfferTransfer(ctx: GridContext, input: string): Promise<void> {
        const { assetId, toMspId } = readArgument(input, assetsInput.offer);
        const holders = await requireOperator(ctx);
        const before = await ctx.assets.find(assetId);
        const acted = accepted(decideOwnerAct(before, assetId, newAct(ctx, 'offer')));
        const after = accepted(decideOffer(acted, toMspId, holders));
        ctx.stub.setEvent(assetsEvents.offered, await ctx.assets.save(after, before));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AssetName')
    async WithdrawTransfer(ctx: GridContext, input: string): Promise<void> {
        const { assetId } = readArgument(input, assetsInput.assetName);
        await requireOperator(ctx);
        const before = await ctx.assets.find(assetId);
        const after = accepted(decideWithdrawal(accepted(decideAct(before, assetId, newAct(ctx, 'withdraw')))));
        ctx.stub.setEvent(assetsEvents.withdrawn, await ctx.assets.save(after, before));
    }

    /** The new owner's consent, which completes the transfer. */
    @Transaction()
    @Param('input', 'string', 'JSON of TransferAcceptance')
    async AcceptTransfer(ctx: GridContext, input: string): Promise<void> {
        const acceptance = readArgument(input, assetsInput.acceptance);
        const { assetId } = acceptance;
        await requireOperator(ctx);
        const before = await findAsset(ctx, assetId);
        const acted = accepted(decideAct(before, assetId, newAct(ctx, 'accept')));
        const { asset, transfer } = accepted(decideAcceptance(before, acted, acceptance));
        await ctx.assets.save(asset, before);
        ctx.stub.setEvent(assetsEvents.transferred, await ctx.assets.putTransfer(transfer));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of DataUseCharge')
    async ChargeDataUse(ctx: GridContext, input: string): Promise<void> {
        const charge = readArgument(input, assetsInput.charge);
        const holders = await requireOperator(ctx);
        const asset = await ctx.assets.find(charge.assetId);
        const existing = await ctx.assets.findUse(charge);
        const use = accepted(decideCharge(asset, existing, charge, holders, actor(ctx)));
        ctx.stub.setEvent(assetsEvents.charged, await ctx.assets.saveUse(use, undefined));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of DataUseSettlement')
    async SettleDataUse(ctx: GridContext, input: string): Promise<void> {
        const { payment, ...name } = readArgument(input, assetsInput.settlement);
        ctx.stub.setEvent(assetsEvents.settled, await actOnUse(ctx, name, 'settle', { payment }));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of DataUseReason')
    async DisputeDataUse(ctx: GridContext, input: string): Promise<void> {
        const { reason, ...name } = readArgument(input, assetsInput.useReason);
        ctx.stub.setEvent(assetsEvents.disputed, await actOnUse(ctx, name, 'dispute', { reason }));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of DataUseReason')
    async CancelDataUse(ctx: GridContext, input: string): Promise<void> {
        const { reason, ...name } = readArgument(input, assetsInput.useReason);
        ctx.stub.setEvent(assetsEvents.cancelled, await actOnUse(ctx, name, 'cancel', { reason }));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of AssetName')
    @Returns('AssetRecord')
    async QueryAsset(ctx: GridContext, input: string): Promise<string> {
        const { assetId } = readArgument(input, assetsInput.assetName);
        return canonicalJson(await findAsset(ctx, assetId));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of AssetFilter')
    @Returns('AssetPage')
    async FindAssets(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.assets.findBy(readArgument(input, assetsInput.filter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TransferFilter')
    @Returns('TransferPage')
    async ListTransfers(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.assets.listTransfers(readArgument(input, assetsInput.transferFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DataUseName')
    @Returns('DataUseRecord')
    async QueryDataUse(ctx: GridContext, input: string): Promise<string> {
        const { assetId, useId } = readArgument(input, assetsInput.useName);
        const use = await ctx.assets.findUse({ assetId, useId });
        if (use === undefined) {
            throw new ContractError({ code: 'DATA_USE_UNKNOWN', assetId, useId });
        }
        return canonicalJson(use);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DataUseFilter')
    @Returns('DataUsePage')
    async ListDataUses(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.assets.listUses(readArgument(input, assetsInput.useFilter)));
    }
}

async function requireOperator(ctx: GridContext): Promise<RoleHolders> {
    const holders = await ctx.roles.find();
    requireRole(ctx.caller, 'operator', holders);
    if (holders === undefined) {
        throw new ContractError({ code: 'ROLES_NOT_ASSIGNED' });
    }
    return holders;
}

async function findAsset(ctx: GridContext, assetId: string): Promise<AssetRecord> {
    const asset = await ctx.assets.find(assetId);
    if (asset === undefined) {
        throw new ContractError({ code: 'ASSET_UNKNOWN', assetId });
    }
    return asset;
}

/** A reference leads somewhere: the terminal is registered, whatever its state. */
async function requireTerminals(ctx: GridContext, measurements: readonly MeasurementReference[]): Promise<void> {
    for (const terminalId of new Set(measurements.map((reference) => reference.terminalId))) {
        const terminal = await ctx.terminals.find(terminalId);
        acceptedAt(terminal === undefined ? { code: 'TERMINAL_UNKNOWN', terminalId } : undefined);
    }
}

async function actOnUse(
    ctx: GridContext,
    name: DataUseName,
    act: DataUseAct,
    said: Partial<Pick<DataUseRecord, 'payment' | 'reason'>>,
): Promise<Buffer> {
    await requireOperator(ctx);
    const before = await ctx.assets.findUse(name);
    return ctx.assets.saveUse(accepted(decideDataUseAct(before, name, act, actor(ctx), said)), before);
}

function actor(ctx: GridContext): DataUseActor {
    const { mspId, certificate } = ctx.caller;
    return { byMspId: mspId, byName: certificate.commonName, ...ctx.transaction };
}

function newAct(ctx: GridContext, act: AssetAct, reason: string | null = null): AssetActRecord {
    return { act, ...actor(ctx), reason };
}
