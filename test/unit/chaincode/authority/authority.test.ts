import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    authorityCalls,
    authorityEvents,
    authorityLimits,
    type AuthorityProposal,
    type AuthorityRecord,
} from '../../../../chaincode/src/authority/authority-api';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { rolesCalls } from '../../../../chaincode/src/roles/roles-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const firstPage = { pageSize: 10, bookmark: '' };

describe('dispatch authority', () => {
    let grid: TestGrid;

    beforeEach(async () => {
        grid = await TestGrid.withoutRoles();
        const holders = {
            operator: ['DispatchMSP', 'PrimaryMSP'],
            dispatcher: ['DispatchMSP', 'PrimaryMSP'],
            supervisor: [],
        };
        await grid.ledger.submit(rolesCalls.assignRoles(holders), grid.admin);
    });

    async function propose(holder: string, by: TestIdentity, timeMs = grid.ledger.nowMs): Promise<string> {
        const call = authorityCalls.proposeAuthority({ holder, reason: 'test' });
        return (await grid.ledger.submit(call, by, { timeMs })).transactionId;
    }

    async function approve(
        proposedBy: string,
        proposalId: string,
        by: TestIdentity,
        timeMs = grid.ledger.nowMs,
    ): Promise<unknown> {
        const call = authorityCalls.approveAuthority({ proposedBy, proposalId });
        return (await grid.ledger.submit(call, by, { timeMs })).event;
    }

    function holder(): Promise<AuthorityRecord> {
        return grid.ledger.evaluate(authorityCalls.queryAuthority(), grid.reader);
    }

    async function giveTo(mspId: string): Promise<void> {
        await approve('DispatchMSP', await propose(mspId, grid.operator), grid.foreignOperator);
    }

    it('is nobody’s until operators of two organisations have given it', async () => {
        await expectFault(holder(), 'AUTHORITY_NOT_ASSIGNED');
        const proposalId = await propose('DispatchMSP', grid.operator);
        await expectFault(holder(), 'AUTHORITY_NOT_ASSIGNED');
        expect(await approve('DispatchMSP', proposalId, grid.foreignOperator)).toMatchObject({
            name: authorityEvents.moved,
            payload: {
                holder: 'DispatchMSP',
                former: null,
                sinceMs: grid.ledger.nowMs,
                proposedBy: { mspId: 'DispatchMSP', name: 'dispatch-operator' },
                approvedBy: { mspId: 'PrimaryMSP', name: 'primary-operator' },
            },
        });
        expect((await holder()).holder).toBe('DispatchMSP');
    });

    it('moves without its holder, and its history tells since when and by whom', async () => {
        await giveTo('PrimaryMSP');
        grid.ledger.nowMs += 60_000;
        await giveTo('DispatchMSP');
        const call = authorityCalls.queryAuthorityHistory({ pageSize: 1, bookmark: '' });
        const first = await grid.ledger.evaluate<Page<AuthorityRecord>>(call, grid.reader);
        const next = authorityCalls.queryAuthorityHistory({ pageSize: 1, bookmark: first.bookmark });
        const second = await grid.ledger.evaluate<Page<AuthorityRecord>>(next, grid.reader);
        expect([...first.items, ...second.items].map(({ holder: who, former }) => [who, former])).toEqual([
            ['DispatchMSP', 'PrimaryMSP'],
            ['PrimaryMSP', null],
        ]);
        expect(second.bookmark).toBe('');
        const wrong = authorityCalls.queryAuthorityHistory({ pageSize: 1, bookmark: 'ab' });
        await expectFault(grid.ledger.evaluate(wrong, grid.reader), 'BOOKMARK_UNKNOWN');
    });

    it('lists what waits for approval, and no longer what was approved', async () => {
        const list = async (): Promise<readonly AuthorityProposal[]> =>
            (
                await grid.ledger.evaluate<Page<AuthorityProposal>>(
                    authorityCalls.listAuthorityProposals(firstPage),
                    grid.reader,
                )
            ).items;
        const proposalId = await propose('PrimaryMSP', grid.operator);
        expect(await list()).toMatchObject([{ transactionId: proposalId, holder: 'PrimaryMSP', replaces: null }]);
        await approve('DispatchMSP', proposalId, grid.foreignOperator);
        expect(await list()).toEqual([]);
    });

    it('is not moved by one organisation alone', async () => {
        const proposalId = await propose('DispatchMSP', grid.operator);
        const colleague = await newTestIdentity({ name: 'dispatch-operator-2', attributes: { role: 'operator' } });
        await expectFault(approve('DispatchMSP', proposalId, grid.operator), 'APPROVED_BY_PROPOSER');
        await expectFault(approve('DispatchMSP', proposalId, colleague), 'APPROVED_BY_PROPOSER');
    });

    it('is moved by operators only, and to an organisation that may have dispatchers', async () => {
        const dispatcher = await newTestIdentity({ attributes: { role: 'dispatcher' } });
        const outsider = await newTestIdentity({ attributes: { role: 'operator' }, mspId: 'GhostMSP' });
        for (const person of [dispatcher, grid.admin, grid.reader]) {
            await expectFault(propose('DispatchMSP', person), 'ROLE_REQUIRED');
        }
        await expectFault(propose('DispatchMSP', outsider), 'ROLE_NOT_HELD_HERE');
        const fault = await expectFault(propose('GhostMSP', grid.operator), 'ROLE_NOT_HELD_HERE');
        expect(fault).toMatchObject({ role: 'dispatcher', mspId: 'GhostMSP' });
        const proposalId = await propose('DispatchMSP', grid.operator);
        await expectFault(approve('DispatchMSP', proposalId, dispatcher), 'ROLE_REQUIRED');
        await expectFault(approve('DispatchMSP', proposalId, outsider), 'ROLE_NOT_HELD_HERE');
        await giveTo('DispatchMSP');
        await expectFault(propose('DispatchMSP', grid.operator), 'ALREADY_HOLDER');
    });

    it('follows the proposal that the approving operator read, and no other', async () => {
        const first = await propose('PrimaryMSP', grid.operator);
        const second = await propose('DispatchMSP', grid.operator);
        await expectFault(approve('DispatchMSP', first, grid.foreignOperator), 'PROPOSAL_UNKNOWN');
        await expectFault(approve('PrimaryMSP', second, grid.foreignOperator), 'PROPOSAL_UNKNOWN');
        await approve('DispatchMSP', second, grid.foreignOperator);
        expect((await holder()).holder).toBe('DispatchMSP');
    });

    it('is not moved by a proposal from before it last moved', async () => {
        const stale = await propose('PrimaryMSP', grid.foreignOperator);
        await giveTo('DispatchMSP');
        await expectFault(approve('PrimaryMSP', stale, grid.operator), 'PROPOSAL_OUTDATED');
    });

    it('is not moved twice by two approvals in one block', async () => {
        const mine = await propose('PrimaryMSP', grid.operator);
        const theirs = await propose('DispatchMSP', grid.foreignOperator);
        const block = [
            await grid.ledger.endorse(
                authorityCalls.approveAuthority({ proposedBy: 'DispatchMSP', proposalId: mine }),
                grid.foreignOperator,
            ),
            await grid.ledger.endorse(
                authorityCalls.approveAuthority({ proposedBy: 'PrimaryMSP', proposalId: theirs }),
                grid.operator,
            ),
        ];
        expect(grid.ledger.commit(...block)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        expect((await holder()).holder).toBe('PrimaryMSP');
    });

    it('judges a proposal’s age by the later of the two times, and refuses a time before the proposal', async () => {
        const { nowMs } = grid.ledger;
        const { proposalMs, clockToleranceMs } = authorityLimits;
        const proposalId = await propose('DispatchMSP', grid.operator);
        const late = approve('DispatchMSP', proposalId, grid.foreignOperator, nowMs + proposalMs + 1);
        await expectFault(late, 'PROPOSAL_EXPIRED');
        const early = approve('DispatchMSP', proposalId, grid.foreignOperator, nowMs - clockToleranceMs - 1);
        expect(await expectFault(early, 'TIME_WENT_BACK')).toMatchObject({ lastMs: nowMs });
        await approve('DispatchMSP', proposalId, grid.foreignOperator, nowMs - clockToleranceMs);
        expect((await holder()).sinceMs).toBe(nowMs);
    });
});
