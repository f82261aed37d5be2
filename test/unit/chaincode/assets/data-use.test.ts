import { beforeEach, describe, expect, it } from '@jest/globals';
import { assetsCalls, assetsEvents } from '../../../../chaincode/src/assets/assets-api';
import { dataUseTable } from '../../../../chaincode/src/assets/asset-states';
import {
    dataUseActs,
    dataUseCalls,
    dataUseStates,
    type DataUseAct,
    type DataUseRecord,
    type DataUseSide,
    type DataUseState,
} from '../../../../chaincode/src/assets/data-use-api';
import type { Call, Page } from '../../../../chaincode/src/calls/call-api';
import { decodeFault } from '../../../../chaincode/src/faults/fault-api';
import { aCharge, anAsset } from '../../../support/chaincode/an-asset';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../support/chaincode/test-grid';

const page = { pageSize: 10, bookmark: '' };
const name = { assetId: 'CB-1', useId: '2026-1' };
const callOf: Readonly<Record<DataUseAct, Call>> = {
    settle: dataUseCalls.settleDataUse({ ...name, payment: 'PAY-7' }),
    dispute: dataUseCalls.disputeDataUse({ ...name, reason: 'half of it was missing' }),
    cancel: dataUseCalls.cancelDataUse({ ...name, reason: 'charged twice' }),
};
const wayTo: Readonly<Record<DataUseState, readonly DataUseAct[]>> = {
    charged: [],
    disputed: ['dispute'],
    settled: ['settle'],
    cancelled: ['cancel'],
};
let grid: TestGrid;

beforeEach(async () => {
    grid = await TestGrid.start();
    await grid.ledger.submit(assetsCalls.registerAsset(anAsset()), grid.operator);
    await grid.ledger.submit(dataUseCalls.chargeDataUse(aCharge()), grid.operator);
});

function partyOf(act: DataUseAct): TestGrid['operator'] {
    return dataUseTable[act].by === 'owner' ? grid.operator : grid.foreignOperator;
}

function query(): Promise<DataUseRecord> {
    return grid.ledger.evaluate<DataUseRecord>(dataUseCalls.queryDataUse(name), grid.reader);
}

async function listed(mspId: string, side: DataUseSide, state: DataUseState): Promise<string[]> {
    const call = dataUseCalls.listDataUses({ mspId, side, state, ...page });
    const { items } = await grid.ledger.evaluate<Page<DataUseRecord>>(call, grid.reader);
    return items.map(({ useId }) => useId);
}

describe('a use of data', () => {
    it('is charged by the owner, and listed for both parties', async () => {
        expect(await query()).toMatchObject({ state: 'charged', ownerMspId: 'DispatchMSP', amount: 250 });
        expect(await listed('DispatchMSP', 'owner', 'charged')).toEqual([name.useId]);
        expect(await listed('PrimaryMSP', 'consumer', 'charged')).toEqual([name.useId]);
        expect(await listed('PrimaryMSP', 'owner', 'charged')).toEqual([]);
    });

    it('is settled by the consumer, with its reference of the payment', async () => {
        const { event } = await grid.ledger.submit(callOf.settle, grid.foreignOperator);
        expect(event).toMatchObject({ name: assetsEvents.settled, payload: { payment: 'PAY-7' } });
        expect(await listed('DispatchMSP', 'owner', 'charged')).toEqual([]);
        expect(await listed('PrimaryMSP', 'consumer', 'settled')).toEqual([name.useId]);
    });

    it('stays a claim of who charged it when the asset changes hands', async () => {
        const offer = assetsCalls.offerTransfer({ assetId: 'CB-1', toMspId: 'PrimaryMSP' });
        const { transactionId: offerTransactionId } = await grid.ledger.submit(offer, grid.operator);
        const accept = assetsCalls.acceptTransfer({ assetId: 'CB-1', offerTransactionId });
        await grid.ledger.submit(accept, grid.foreignOperator);
        await grid.ledger.submit(callOf.cancel, grid.operator);
        expect(await query()).toMatchObject({ state: 'cancelled', ownerMspId: 'DispatchMSP' });
    });

    it('is charged once, for an asset of the caller, to another organisation that is known', async () => {
        const { ledger, operator, foreignOperator } = grid;
        const charging = (given = {}, by = operator): Promise<unknown> =>
            ledger.submit(dataUseCalls.chargeDataUse(aCharge(given)), by);
        await expectFault(charging(), 'DATA_USE_EXISTS');
        await expectFault(charging({ useId: '2' }, foreignOperator), 'FOREIGN_ASSET');
        await expectFault(charging({ assetId: 'CB-9' }), 'ASSET_UNKNOWN');
        await expectFault(charging({ useId: '2', consumerMspId: 'DispatchMSP' }), 'PARTY_IS_OWNER');
        await expectFault(charging({ useId: '2', consumerMspId: 'NobodyMSP' }), 'PARTY_UNKNOWN');
        const backwards = await expectFault(charging({ useId: '2', toMs: 1 }), 'MALFORMED_INPUT');
        expect(backwards.path).toBe('toMs');
        const money = await expectFault(charging({ useId: '2', currency: 'yuan'.slice(0, 3) }), 'MALFORMED_INPUT');
        expect(money.path).toBe('currency');
    });

    it.each(dataUseStates.flatMap((state) => dataUseActs.map((act) => ({ state, act }))))(
        '$act of what is $state goes by the table',
        async ({ state, act }) => {
            for (const step of wayTo[state]) await grid.ledger.submit(callOf[step], partyOf(step));
            const other = partyOf(act) === grid.operator ? grid.foreignOperator : grid.operator;
            await expectFault(grid.ledger.submit(callOf[act], other), 'NOT_A_PARTY');
            const { status, message, event } = await grid.ledger.endorse(callOf[act], partyOf(act));
            const { from, to } = dataUseTable[act];
            expect(status === 200 ? event?.payload : decodeFault(message)).toMatchObject(
                from.includes(state) ? { state: to } : { code: 'DATA_USE_NOT_ALLOWED', state, act },
            );
        },
    );

    it('is unknown until it is charged', async () => {
        const unknown = { assetId: 'CB-1', useId: '9' };
        await expectFault(grid.ledger.evaluate(dataUseCalls.queryDataUse(unknown), grid.reader), 'DATA_USE_UNKNOWN');
        const settling = dataUseCalls.settleDataUse({ ...unknown, payment: 'p' });
        await expectFault(grid.ledger.submit(settling, grid.foreignOperator), 'DATA_USE_UNKNOWN');
    });
});
