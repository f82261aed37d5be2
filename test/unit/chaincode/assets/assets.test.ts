import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    assetsCalls,
    assetsEvents,
    assetStates,
    type AssetFilter,
    type AssetRecord,
    type AssetState,
    type AssetSummary,
    type TransferRecord,
} from '../../../../chaincode/src/assets/assets-api';
import { assetStateTable } from '../../../../chaincode/src/assets/asset-states';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { decodeFault } from '../../../../chaincode/src/faults/fault-api';
import { anAsset } from '../../../support/chaincode/an-asset';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid } from '../../../support/chaincode/test-grid';

const page = { pageSize: 10, bookmark: '' };
const assetId = 'CB-1';
let grid: TestGrid;

beforeEach(async () => {
    grid = await TestGrid.start();
    await grid.register('FTU-1', { kind: 'FTU' });
    await grid.ledger.submit(
        assetsCalls.registerAsset(anAsset({ measurements: [{ terminalId: 'FTU-1', type: 'voltage' }] })),
        grid.operator,
    );
});

function query(): Promise<AssetRecord> {
    return grid.ledger.evaluate<AssetRecord>(assetsCalls.queryAsset(assetId), grid.reader);
}

async function idsWith(attribute: AssetFilter['attribute'], value: string): Promise<string[]> {
    const call = assetsCalls.findAssets({ attribute, value, ...page });
    const { items } = await grid.ledger.evaluate<Page<AssetSummary>>(call, grid.reader);
    return items.map((item) => item.assetId);
}

function change(state: AssetState, by = grid.operator): Promise<Simulation> {
    return grid.ledger.submit(assetsCalls.changeAssetState({ assetId, state, reason: 'planned work' }), by);
}

function offer(toMspId = 'PrimaryMSP', by = grid.operator): Promise<Simulation> {
    return grid.ledger.submit(assetsCalls.offerTransfer({ assetId, toMspId }), by);
}

function accept(offerTransactionId: string, by = grid.foreignOperator): Promise<Simulation> {
    return grid.ledger.submit(assetsCalls.acceptTransfer({ assetId, offerTransactionId }), by);
}

describe('an asset', () => {
    it('is one record of static, dynamic and accounting attributes, with its schema version', async () => {
        expect(await query()).toMatchObject({
            schemaVersion: 1,
            assetId,
            static: { type: 'breaker', serialNumber: '4711', nameplate: [{ name: 'rated voltage', unit: 'kV' }] },
            dynamic: { state: 'planned', measurements: [{ terminalId: 'FTU-1', type: 'voltage' }] },
            accounting: { ownerMspId: 'DispatchMSP', transfers: 0, offeredToMspId: null },
            lastAct: { act: 'register', byName: 'dispatch-operator' },
        });
    });

    it('is registered once, with terminals that exist', async () => {
        await expectFault(grid.ledger.submit(assetsCalls.registerAsset(anAsset()), grid.operator), 'ASSET_EXISTS');
        const measurements = [{ terminalId: 'FTU-9', type: 'voltage' as const }];
        const registration = assetsCalls.registerAsset(anAsset({ assetId: 'CB-2', measurements }));
        await expectFault(grid.ledger.submit(registration, grid.operator), 'TERMINAL_UNKNOWN');
        await expectFault(
            grid.ledger.submit(assetsCalls.bindMeasurements({ assetId, measurements }), grid.operator),
            'TERMINAL_UNKNOWN',
        );
    });

    it.each([
        ['type', 'breaker'],
        ['state', 'planned'],
        ['terminal', 'FTU-1'],
        ['owner', 'DispatchMSP'],
    ] as const)('is found by its %s, and the others are not', async (attribute, value) => {
        const other = anAsset({ assetId: 'T-1', type: 'transformer' });
        await grid.ledger.submit(assetsCalls.registerAsset(other), grid.foreignOperator);
        await grid.ledger.submit(
            assetsCalls.changeAssetState({ assetId: 'T-1', state: 'in-service', reason: 'r' }),
            grid.foreignOperator,
        );
        expect(await idsWith(attribute, value)).toEqual([assetId]);
    });

    it('is listed with its new state by every attribute, and no longer by the old one', async () => {
        await change('in-service');
        expect(await idsWith('state', 'planned')).toEqual([]);
        expect(await idsWith('state', 'in-service')).toEqual([assetId]);
        for (const [attribute, value] of [['type', 'breaker'] as const, ['terminal', 'FTU-1'] as const]) {
            const call = assetsCalls.findAssets({ attribute, value, ...page });
            const { items } = await grid.ledger.evaluate<Page<AssetSummary>>(call, grid.reader);
            expect(items).toMatchObject([{ state: 'in-service' }]);
        }
    });

    it('is found by the terminals it is bound to now', async () => {
        await grid.register('FTU-2', { kind: 'FTU' });
        const measurements = [
            { terminalId: 'FTU-2', type: 'voltage' as const },
            { terminalId: 'FTU-2', type: 'current' as const },
        ];
        const { event, calls } = await grid.ledger.submit(
            assetsCalls.bindMeasurements({ assetId, measurements }),
            grid.operator,
        );
        expect(event?.name).toBe(assetsEvents.bound);
        expect(calls).toMatchObject({ gets: 3, puts: 2, deletes: 1 });
        expect(await idsWith('terminal', 'FTU-1')).toEqual([]);
        expect(await idsWith('terminal', 'FTU-2')).toEqual([assetId]);
    });

    it.each(assetStates.flatMap((from) => assetStates.map((to) => ({ from, to }))))(
        'goes from $from to $to only if the table says so',
        async ({ from, to }) => {
            const way: Readonly<Record<AssetState, readonly AssetState[]>> = {
                planned: [],
                'in-service': ['in-service'],
                'out-of-service': ['in-service', 'out-of-service'],
                decommissioned: ['decommissioned'],
            };
            for (const state of way[from]) await change(state);
            const call = assetsCalls.changeAssetState({ assetId, state: to, reason: 'planned work' });
            const { status, message, writes } = await grid.ledger.endorse(call, grid.operator);
            const refusal = from === 'decommissioned' ? 'ASSET_DECOMMISSIONED' : 'ASSET_STATE_NOT_ALLOWED';
            const isAllowed = assetStateTable[from].includes(to);
            expect(status === 200 ? 'accepted' : decodeFault(message)?.code).toBe(isAllowed ? 'accepted' : refusal);
            expect(writes.size > 0).toBe(isAllowed);
        },
    );

    it('is judged by the later of two clocks, and not by one that went back', async () => {
        const noonMs = grid.ledger.nowMs;
        grid.ledger.nowMs = noonMs - 30_000;
        await change('in-service');
        expect((await query()).dynamic.sinceMs).toBe(noonMs);
        grid.ledger.nowMs = noonMs - 61_000;
        await expectFault(change('out-of-service'), 'TIME_WENT_BACK');
    });

    it('is unknown until it is registered', async () => {
        const unknown = 'CB-9';
        await expectFault(grid.ledger.evaluate(assetsCalls.queryAsset(unknown), grid.reader), 'ASSET_UNKNOWN');
        await expectFault(
            grid.ledger.submit(
                assetsCalls.acceptTransfer({ assetId: unknown, offerTransactionId: '00' }),
                grid.operator,
            ),
            'ASSET_UNKNOWN',
        );
    });
});

describe('a transfer', () => {
    it('needs the consent of both owners, and is kept', async () => {
        const { transactionId } = await offer();
        expect(await query()).toMatchObject({
            accounting: { ownerMspId: 'DispatchMSP', offeredToMspId: 'PrimaryMSP' },
        });
        const { event } = await accept(transactionId);
        expect(event).toMatchObject({ name: assetsEvents.transferred, payload: { number: 1 } });
        expect(await query()).toMatchObject({
            accounting: { ownerMspId: 'PrimaryMSP', transfers: 1, offeredToMspId: null },
        });
        const call = assetsCalls.listTransfers({ assetId, ...page });
        const { items } = await grid.ledger.evaluate<Page<TransferRecord>>(call, grid.reader);
        expect(items).toMatchObject([
            {
                fromMspId: 'DispatchMSP',
                toMspId: 'PrimaryMSP',
                offeredByName: 'dispatch-operator',
                acceptedByName: 'primary-operator',
                offerTransactionId: transactionId,
            },
        ]);
        expect(await idsWith('owner', 'DispatchMSP')).toEqual([]);
        expect(await idsWith('owner', 'PrimaryMSP')).toEqual([assetId]);
        await expectFault(change('in-service'), 'FOREIGN_ASSET');
        await change('in-service', grid.foreignOperator);
    });

    it('is nobody’s but the recipient’s to accept', async () => {
        const { transactionId } = await offer();
        await expectFault(accept(transactionId, grid.operator), 'NOT_THE_RECIPIENT');
    });

    it('is refused when something was done to the asset after the offer', async () => {
        const { transactionId } = await offer();
        await change('in-service');
        await expectFault(accept(transactionId), 'TRANSFER_NOT_OFFERED');
    });

    it('loses against a change in the same block', async () => {
        const { transactionId } = await offer();
        const { ledger, operator, foreignOperator } = grid;
        const changed = await ledger.endorse(
            assetsCalls.changeAssetState({ assetId, state: 'in-service', reason: 'r' }),
            operator,
        );
        const taken = await ledger.endorse(
            assetsCalls.acceptTransfer({ assetId, offerTransactionId: transactionId }),
            foreignOperator,
        );
        expect(ledger.commit(changed, taken)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it.each(['operator', 'foreignOperator'] as const)('is withdrawn or declined by the %s', async (who) => {
        const { transactionId } = await offer();
        await grid.ledger.submit(assetsCalls.withdrawTransfer(assetId), grid[who]);
        await expectFault(accept(transactionId), 'TRANSFER_NOT_OFFERED');
        await expectFault(grid.ledger.submit(assetsCalls.withdrawTransfer(assetId), grid[who]), 'TRANSFER_NOT_OFFERED');
    });

    it('is offered once, to somebody else who is known, and before decommissioning', async () => {
        await expectFault(offer('DispatchMSP'), 'PARTY_IS_OWNER');
        await expectFault(offer('NobodyMSP'), 'PARTY_UNKNOWN');
        await offer();
        await expectFault(offer(), 'TRANSFER_OFFERED');
        await expectFault(change('decommissioned'), 'TRANSFER_OFFERED');
    });
});
