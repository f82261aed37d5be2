import { beforeEach, describe, expect, it } from '@jest/globals';
import { rolesCalls, rolesEvents, type RolesRecord } from '../../../../chaincode/src/roles/roles-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid, testRoleHolders } from '../../../support/chaincode/test-grid';
import { newTestIdentity } from '../../../support/chaincode/test-identity';

describe('roles', () => {
    let grid: TestGrid;

    beforeEach(async () => {
        grid = await TestGrid.withoutRoles();
    });

    it('are assigned by an administrator, who is named in the record', async () => {
        const { transactionId, event } = await grid.ledger.submit(rolesCalls.assignRoles(testRoleHolders), grid.admin);
        const record: RolesRecord = {
            schemaVersion: 1,
            ...testRoleHolders,
            assignedByMspId: 'DispatchMSP',
            transactionId,
            transactionTimeMs: grid.ledger.nowMs,
        };
        expect(await grid.ledger.evaluate(rolesCalls.queryRoles(), grid.reader)).toEqual(record);
        expect(event).toEqual({ name: rolesEvents.assigned, payload: record });
    });

    it('are assigned once', async () => {
        const { transactionId } = await grid.ledger.submit(rolesCalls.assignRoles(testRoleHolders), grid.admin);
        const again = grid.ledger.submit(rolesCalls.assignRoles(testRoleHolders), grid.admin);
        expect(await expectFault(again, 'ROLES_ALREADY_ASSIGNED')).toMatchObject({ transactionId });
    });

    it('are assigned once also when two administrators do so in one block', async () => {
        const both = await Promise.all(
            [1, 2].map(() => grid.ledger.endorse(rolesCalls.assignRoles(testRoleHolders), grid.admin)),
        );
        expect(grid.ledger.commit(...both)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('are not assigned by anybody else, not even by a name that looks like an administrator', async () => {
        const pretender = await newTestIdentity({ name: 'x/y/OU=admin' });
        for (const caller of [grid.operator, grid.reader, pretender]) {
            const refused = grid.ledger.submit(rolesCalls.assignRoles(testRoleHolders), caller);
            expect(await expectFault(refused, 'ADMIN_REQUIRED')).toMatchObject({ mspId: 'DispatchMSP' });
        }
    });

    it('cannot be assigned without an operator, or twice to one organisation', async () => {
        const none = grid.ledger.submit(rolesCalls.assignRoles({ ...testRoleHolders, operator: [] }), grid.admin);
        expect(await expectFault(none, 'MALFORMED_INPUT')).toMatchObject({ path: 'operator', reason: 'too-few' });
        const dispatcher = ['DispatchMSP', 'DispatchMSP'];
        const twice = grid.ledger.submit(rolesCalls.assignRoles({ ...testRoleHolders, dispatcher }), grid.admin);
        expect(await expectFault(twice, 'MALFORMED_INPUT')).toMatchObject({
            path: 'dispatcher[1]',
            reason: 'twice-the-same',
        });
    });

    it('tell that they are not assigned yet', async () => {
        await expectFault(grid.ledger.evaluate(rolesCalls.queryRoles(), grid.reader), 'ROLES_NOT_ASSIGNED');
    });
});
