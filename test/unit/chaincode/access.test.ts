import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeFault } from '../../../chaincode/src/faults/fault-api';
import { accepted, readAccessDocument, type AccessRow } from '../../support/chaincode/access/access-document';
import { AccessGrid, callers, type StagedCall } from '../../support/chaincode/access/access-grid';
import { stageCalls } from '../../support/chaincode/access/staged-calls';
import { describedTransactions, readMetadata } from '../../support/chaincode/chaincode-metadata';
import type { TestIdentity } from '../../support/chaincode/test-identity';
import { traceOf } from '../../support/chaincode/trace-of';

const table = readAccessDocument();
const nameOf = ({ contract, transaction }: Pick<AccessRow, 'contract' | 'transaction'>): string =>
    `${contract}:${transaction}`;

describe('docs/access.md', () => {
    let access: AccessGrid;
    let staged: ReadonlyMap<string, StagedCall>;

    beforeAll(async () => {
        access = await AccessGrid.start();
        staged = await stageCalls(access);
    });

    it('has a row, and this test a call, for every transaction that the chaincode describes', async () => {
        const described = describedTransactions(await readMetadata(access.grid.ledger));
        expect(table.map(nameOf).sort()).toEqual(described);
        expect([...staged.keys()].sort()).toEqual(described);
    });

    it.each(table)('has a column for every caller in the row of $contract:$transaction', ({ outcomes }) => {
        expect(Object.keys(outcomes)).toEqual(expect.arrayContaining([...callers]));
        expect(Object.values(outcomes)).toContain(accepted);
    });

    // Endorsed and not committed: every case finds the same ledger.
    it.each(table)('says what $contract:$transaction is answered to whom', async ({ outcomes, ...row }) => {
        const one = staged.get(nameOf(row));
        const found: Record<string, string> = {};
        for (const caller of Object.keys(outcomes)) {
            found[caller] = one === undefined ? 'no call' : await outcomeOf(one, identityOf(caller));
        }
        expect(found).toEqual(outcomes);
    });

    function identityOf(caller: string): TestIdentity {
        const people: Readonly<Record<string, TestIdentity | undefined>> = access.people;
        const identity = people[caller];
        if (identity === undefined) throw new Error(`nobody plays "${caller}"`);
        return identity;
    }

    async function outcomeOf(
        { call, ledger = access.grid.ledger, timeMs }: StagedCall,
        by: TestIdentity,
    ): Promise<string> {
        const simulation = await ledger.endorse(call, by, timeMs === undefined ? {} : { timeMs });
        const isAccepted = simulation.status === 200;
        const outcome = isAccepted ? accepted : (decodeFault(simulation.message)?.code ?? simulation.message);
        const trace = traceOf(simulation);
        const expected = isAccepted && !call.readOnly ? 'wrote and emitted' : '';
        return trace === expected ? outcome : `${outcome}, but ${trace || 'left no trace'}`;
    }
});
