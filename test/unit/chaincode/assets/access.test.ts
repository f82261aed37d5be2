import { beforeAll, describe, expect, it } from '@jest/globals';
import { assetsCalls } from '../../../../chaincode/src/assets/assets-api';
import { dataUseCalls } from '../../../../chaincode/src/assets/data-use-api';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import { decodeFault, type FaultCode } from '../../../../chaincode/src/faults/fault-api';
import { aCharge, anAsset } from '../../../support/chaincode/an-asset';
import { gatherPeople, people, type Person } from '../../../support/chaincode/people';
import { TestGrid } from '../../../support/chaincode/test-grid';
import type { TestIdentity } from '../../../support/chaincode/test-identity';

const byNobody: Readonly<Record<Person, FaultCode>> = {
    operator: 'ROLE_REQUIRED',
    'foreign operator': 'ROLE_REQUIRED',
    'operator whose organisation may not hold the role': 'ROLE_NOT_HELD_HERE',
    dispatcher: 'ROLE_REQUIRED',
    supervisor: 'ROLE_REQUIRED',
    'supervisor whose organisation may not hold the role': 'ROLE_REQUIRED',
    terminal: 'ROLE_REQUIRED',
    'unregistered terminal': 'ROLE_REQUIRED',
    admin: 'ROLE_REQUIRED',
    reader: 'ROLE_REQUIRED',
};
type Outcome = FaultCode | 'accepted';
const owner = (foreign: Outcome): Readonly<Record<Person, Outcome>> => ({
    ...byNobody,
    operator: 'accepted',
    'foreign operator': foreign,
});
const other = (own: Outcome): Readonly<Record<Person, Outcome>> => ({
    ...byNobody,
    operator: own,
    'foreign operator': 'accepted',
});

/** CB-1 is the operator's, CB-2 too and offered to the foreign operator, who used data of CB-1. */
const table: readonly { readonly call: (offerId: string) => Call; readonly may: Readonly<Record<Person, Outcome>> }[] =
    [
        { call: () => assetsCalls.registerAsset(anAsset({ assetId: 'CB-3' })), may: owner('accepted') },
        {
            call: () => assetsCalls.changeAssetState({ assetId: 'CB-1', state: 'in-service', reason: 'r' }),
            may: owner('FOREIGN_ASSET'),
        },
        {
            call: () => assetsCalls.bindMeasurements({ assetId: 'CB-1', measurements: [] }),
            may: owner('FOREIGN_ASSET'),
        },
        {
            call: () => assetsCalls.offerTransfer({ assetId: 'CB-1', toMspId: 'PrimaryMSP' }),
            may: owner('FOREIGN_ASSET'),
        },
        { call: () => assetsCalls.withdrawTransfer('CB-2'), may: owner('accepted') },
        {
            call: (offerTransactionId) => assetsCalls.acceptTransfer({ assetId: 'CB-2', offerTransactionId }),
            may: other('NOT_THE_RECIPIENT'),
        },
        { call: () => dataUseCalls.chargeDataUse(aCharge({ useId: '2' })), may: owner('FOREIGN_ASSET') },
        {
            call: () => dataUseCalls.settleDataUse({ assetId: 'CB-1', useId: '2026-1', payment: 'p' }),
            may: other('NOT_A_PARTY'),
        },
        {
            call: () => dataUseCalls.disputeDataUse({ assetId: 'CB-1', useId: '2026-1', reason: 'r' }),
            may: other('NOT_A_PARTY'),
        },
        {
            call: () => dataUseCalls.cancelDataUse({ assetId: 'CB-1', useId: '2026-1', reason: 'r' }),
            may: owner('NOT_A_PARTY'),
        },
    ];
const cases = table.flatMap(({ call, may }) =>
    people.map((who) => ({ call, who, transaction: call('').transaction, outcome: may[who] })),
);

describe('access to assets', () => {
    let grid: TestGrid;
    let identities: Readonly<Record<Person, TestIdentity>>;
    let offerId = '';

    beforeAll(async () => {
        grid = await TestGrid.start();
        identities = await gatherPeople(grid);
        await grid.ledger.submit(assetsCalls.registerAsset(anAsset()), grid.operator);
        await grid.ledger.submit(assetsCalls.registerAsset(anAsset({ assetId: 'CB-2' })), grid.operator);
        await grid.ledger.submit(dataUseCalls.chargeDataUse(aCharge()), grid.operator);
        const offer = assetsCalls.offerTransfer({ assetId: 'CB-2', toMspId: 'PrimaryMSP' });
        offerId = (await grid.ledger.submit(offer, grid.operator)).transactionId;
    });

    // Endorsed and not committed: every case finds the same ledger.
    it.each(cases)('$transaction by $who: $outcome', async ({ call, who, outcome }) => {
        const { message, status, writes } = await grid.ledger.endorse(call(offerId), identities[who]);
        expect(status === 200 ? 'accepted' : decodeFault(message)?.code).toBe(outcome);
        expect(writes.size > 0).toBe(outcome === 'accepted');
    });
});
