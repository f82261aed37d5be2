import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { AssetFilter, AssetRecord, AssetSummary, TransferFilter, TransferRecord } from './assets-api';
import type { DataUseFilter, DataUseName, DataUseRecord } from './data-use-api';

/** Digits of a transfer's number in its key, so that key order is number order. */
const numberDigits = 9;

/** Assets, the index by each kind of attribute, transfers, and uses of data with the index of both parties. */
export class AssetRepository {
    readonly #assets: StateRepository<AssetRecord>;
    readonly #index: StateRepository<AssetSummary>;
    readonly #transfers: StateRepository<TransferRecord>;
    readonly #uses: StateRepository<DataUseRecord>;
    readonly #usesByParty: StateRepository<DataUseRecord>;

    constructor(stub: ChaincodeStub) {
        this.#assets = new StateRepository(stub, 'asset');
        this.#index = new StateRepository(stub, 'asset-by-attribute');
        this.#transfers = new StateRepository(stub, 'asset-transfer');
        this.#uses = new StateRepository(stub, 'data-use');
        this.#usesByParty = new StateRepository(stub, 'data-use-by-party');
    }

    async find(assetId: string): Promise<AssetRecord | undefined> {
        return this.#assets.find(assetId);
    }

    /** Writes the asset and what changed of its index. */
    async save(after: AssetRecord, before: AssetRecord | undefined): Promise<Buffer> {
        const entries = indexKeys(after);
        const former = before === undefined ? [] : indexKeys(before);
        for (const key of former.filter((old) => !entries.some((entry) => isSame(entry, old)))) {
            await this.#index.remove(...key, after.assetId);
        }
        const isListedAlike = before !== undefined && isSameSummary(after, before);
        for (const key of entries.filter((entry) => !isListedAlike || !former.some((old) => isSame(entry, old)))) {
            await this.#index.put(summaryOf(after), ...key, after.assetId);
        }
        return this.#assets.put(after, after.assetId);
    }

    async findBy({ attribute, value, ...request }: AssetFilter): Promise<Page<AssetSummary>> {
        return this.#index.page([attribute, value], request);
    }

    async putTransfer(transfer: TransferRecord): Promise<Buffer> {
        const number = String(transfer.number).padStart(numberDigits, '0');
        return this.#transfers.put(transfer, transfer.assetId, number);
    }

    async listTransfers({ assetId, ...request }: TransferFilter): Promise<Page<TransferRecord>> {
        return this.#transfers.page([assetId], request);
    }

    async findUse({ assetId, useId }: DataUseName): Promise<DataUseRecord | undefined> {
        return this.#uses.find(assetId, useId);
    }

    /** Writes the use and moves both parties' entries to its new state. */
    async saveUse(after: DataUseRecord, before: DataUseRecord | undefined): Promise<Buffer> {
        for (const key of before === undefined ? [] : partyKeys(before)) {
            await this.#usesByParty.remove(...key);
        }
        for (const key of partyKeys(after)) {
            await this.#usesByParty.put(after, ...key);
        }
        return this.#uses.put(after, after.assetId, after.useId);
    }

    async listUses({ mspId, side, state, ...request }: DataUseFilter): Promise<Page<DataUseRecord>> {
        return this.#usesByParty.page([mspId, side, state], request);
    }
}

function summaryOf({ assetId, static: { type, name }, dynamic, accounting }: AssetRecord): AssetSummary {
    const { ownerMspId } = accounting;
    return { schemaVersion: 1, assetId, type, name, state: dynamic.state, ownerMspId };
}

function indexKeys({ static: { type }, dynamic, accounting }: AssetRecord): [string, string][] {
    const terminals = new Set(dynamic.measurements.map(({ terminalId }) => terminalId));
    return [
        ['type', type],
        ['state', dynamic.state],
        ['owner', accounting.ownerMspId],
        ...[...terminals].map((terminalId): [string, string] => ['terminal', terminalId]),
    ];
}

function isSame(one: readonly [string, string], other: readonly [string, string]): boolean {
    return one[0] === other[0] && one[1] === other[1];
}

/** Type and name never change. */
function isSameSummary(one: AssetRecord, other: AssetRecord): boolean {
    return one.dynamic.state === other.dynamic.state && one.accounting.ownerMspId === other.accounting.ownerMspId;
}

function partyKeys(use: DataUseRecord): string[][] {
    const { ownerMspId, consumerMspId, state, assetId, useId } = use;
    return [
        [ownerMspId, 'owner', state, assetId, useId],
        [consumerMspId, 'consumer', state, assetId, useId],
    ];
}
