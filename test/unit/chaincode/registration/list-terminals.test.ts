import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import {
    registrationCalls,
    type TerminalFilter,
    type TerminalSummary,
} from '../../../../chaincode/src/registration/registration-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { anAccessRequest, TestGrid } from '../../../support/chaincode/test-grid';

describe('ListTerminals', () => {
    let grid: TestGrid;

    beforeAll(async () => {
        grid = await TestGrid.start();
        const { location } = anAccessRequest();
        await grid.request('TTU-1');
        await grid.request('TTU-2', { location: { ...location, feeder: 'F12' } });
        await grid.request('TTU-3');
        await grid.register('TTU-4');
        await grid.register('TTU-5', {}, 'PrimaryMSP');
    });

    const list = (given: Partial<TerminalFilter> = {}): Promise<Page<TerminalSummary>> => {
        const filter: TerminalFilter = {
            mspId: 'DispatchMSP',
            state: 'requested',
            pageSize: 10,
            bookmark: '',
            ...given,
        };
        return grid.ledger.evaluate(registrationCalls.listTerminals(filter), grid.operator);
    };
    const ids = async (given: Partial<TerminalFilter>): Promise<string[]> =>
        (await list(given)).items.map(({ terminalId }) => terminalId);

    it('lists by organisation and state, and by feeder when that is asked for', async () => {
        expect(await ids({})).toEqual(['TTU-1', 'TTU-3', 'TTU-2']);
        expect(await ids({ feeder: 'F11' })).toEqual(['TTU-1', 'TTU-3']);
        expect(await ids({ state: 'registered' })).toEqual(['TTU-4']);
        expect(await ids({ mspId: 'PrimaryMSP', state: 'registered' })).toEqual(['TTU-5']);
        expect(await ids({ state: 'retired' })).toEqual([]);
    });

    it('finds, for an operator who missed the event, what is needed to confirm', async () => {
        const { items } = await list({ feeder: 'F12' });
        expect(items).toMatchObject([
            { terminalId: 'TTU-2', kind: 'TTU', location: { feeder: 'F12' }, state: 'requested' },
        ]);
    });

    it('goes from page to page by the bookmark', async () => {
        const first = await list({ pageSize: 2 });
        const second = await list({ pageSize: 2, bookmark: first.bookmark });
        expect([first, second].map(({ items }) => items.length)).toEqual([2, 1]);
        expect([...first.items, ...second.items].map(({ terminalId }) => terminalId)).toEqual([
            'TTU-1',
            'TTU-3',
            'TTU-2',
        ]);
        expect(second.bookmark).toBe('');
    });

    it('does not let a bookmark lead to other organisations or records', async () => {
        const other = await list({ pageSize: 1 });
        await expectFault(list({ feeder: 'F11', bookmark: other.bookmark }), 'BOOKMARK_UNKNOWN');
        await expectFault(list({ bookmark: '\0terminal\0TTU-1\0' }), 'BOOKMARK_UNKNOWN');
    });

    it('moves a terminal with its state', async () => {
        await grid.register('TTU-6');
        await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-6', reason: 'x' }), grid.operator);
        expect(await ids({ state: 'registered' })).not.toContain('TTU-6');
        expect(await ids({ state: 'suspended' })).toEqual(['TTU-6']);
    });

    it('refuses an unknown state', async () => {
        const fault = await expectFault(list({ state: 'lost' as 'retired' }), 'MALFORMED_INPUT');
        expect(fault).toMatchObject({ path: 'state', reason: 'not-one-of-the-known' });
    });
});
