import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeFault } from '../../../chaincode/src/faults/fault-api';
import { measurementCalls } from '../../../chaincode/src/measurement/measurement-api';
import { aReading } from '../../support/chaincode/a-reading';
import { AccessGrid, callers } from '../../support/chaincode/access/access-grid';
import { stageCalls } from '../../support/chaincode/access/staged-calls';
import { describedTransactions, readMetadata } from '../../support/chaincode/chaincode-metadata';
import { malformedCalls, spoiltWays, wrongValuesFor } from '../../support/chaincode/malformed-calls';
import { traceOf } from '../../support/chaincode/trace-of';

const seed = 20_261_123;
const calls = 6_000;

/** Faults of what was sent, not of who sent it: a malformed call is refused before anybody looks at the caller. */
const inputFaults = ['MALFORMED_INPUT', 'BOOKMARK_UNKNOWN'];

describe('malformed input', () => {
    let access: AccessGrid;

    beforeAll(async () => {
        access = await AccessGrid.start();
    });

    it(`is a coded fault in each of ${calls} calls over all transactions, and leaves no trace, whoever sends it`, async () => {
        const { ledger } = access.grid;
        const rightCalls = [...(await stageCalls(access)).values()].map(({ call }) => call);
        const met = new Set<string>();
        const ways = new Set<string>();
        const malformed = malformedCalls(rightCalls);
        await fc.assert(
            fc.asyncProperty(malformed, fc.constantFrom(...callers), async (call, caller) => {
                const simulation = await ledger.endorse(call, access.people[caller]);
                const code = decodeFault(simulation.message)?.code;
                expect(inputFaults).toContain(code);
                expect(traceOf(simulation)).toBe('');
                met.add(`${call.contract}:${call.transaction}`);
                ways.add(call.spoilt);
            }),
            { numRuns: calls, seed },
        );
        expect([...met].sort()).toEqual(describedTransactions(await readMetadata(ledger)));
        expect([...ways].sort()).toEqual([...spoiltWays].sort());
    });

    it('is MALFORMED_INPUT at the field of a reading that is spoilt', async () => {
        const reading: object = aReading();
        const spoiltField = fc
            .constantFrom(...Object.entries(reading))
            .chain(([name, right]) =>
                fc.record({ name: fc.constant(name), value: fc.constantFrom(...wrongValuesFor(right)) }),
            );
        await fc.assert(
            fc.asyncProperty(spoiltField, async ({ name, value }) => {
                const args = [JSON.stringify({ ...reading, [name]: value })];
                const call = { ...measurementCalls.set(aReading()), args };
                const { message } = await access.grid.ledger.endorse(call, access.people.terminal);
                expect({ name, value, fault: decodeFault(message) }).toMatchObject({
                    fault: { code: 'MALFORMED_INPUT', path: expect.stringMatching(`^${name}`) as unknown },
                });
            }),
            { numRuns: 300, seed },
        );
    });
});
