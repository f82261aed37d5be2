import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import {
    detailsCalls,
    detailsLimits,
    supervisionCollection,
    testDetailsCalls,
    type Details,
    type DetailsCheck,
    type DetailsRecord,
} from '../../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../../chaincode/src/supervision/finding-api';
import { supervisionCalls, supervisionEvents } from '../../../../chaincode/src/supervision/supervision-api';
import { aFinding, anEnrolment, aSecurityTest } from '../../../support/chaincode/an-information-asset';
import { boundDetails } from '../../../support/chaincode/bound-details';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const details: Details = { salt: 'cd'.repeat(32), text: 'Port 2404 takes\ncommands of anybody.' };
const others: Details = { ...details, text: 'Nothing of note.' };
// Both kinds have the same id: what is of one is not of the other.
const ofFinding = boundDetails(detailsCalls, { assetId: 'FES-1', findingId: 'X-1' });
const ofTest = boundDetails(testDetailsCalls, { assetId: 'FES-1', testId: 'X-1' });
const subjects = [
    {
        of: 'a finding',
        one: ofFinding,
        unknown: boundDetails(detailsCalls, { assetId: 'FES-1', findingId: 'X-9' }),
        unknownCode: 'FINDING_UNKNOWN',
        ending: 'Details',
    },
    {
        of: 'a test',
        one: ofTest,
        unknown: boundDetails(testDetailsCalls, { assetId: 'FES-1', testId: 'X-9' }),
        unknownCode: 'TEST_UNKNOWN',
        ending: 'TestDetails',
    },
] as const;
let grid: TestGrid;
let supervisor: TestIdentity;

beforeEach(async () => {
    grid = await TestGrid.start();
    grid.ledger.collections.members.set(supervisionCollection, ['DispatchMSP']);
    supervisor = await newTestIdentity({ name: 'supervisor', attributes: { role: 'supervisor' } });
    await grid.ledger.submit(supervisionCalls.enrol(anEnrolment()), grid.operator);
    await submit(findingCalls.report(aFinding({ findingId: 'X-1', severity: 'high' })));
    await submit(supervisionCalls.recordTest(aSecurityTest({ testId: 'X-1' })));
});

function submit(call: Call, by = supervisor): Promise<Simulation> {
    return grid.ledger.submit(call, by);
}

describe.each(subjects)('the details of $of', ({ one, unknown, unknownCode, ending }) => {
    const { subject } = one;
    const read = (peer = 'DispatchMSP', by = supervisor): Promise<Details> =>
        grid.ledger.evaluate(one.read(), by, { peer });
    const check = (shown: Details): Promise<DetailsCheck> => grid.ledger.evaluate(one.check(shown), grid.reader);

    it('are read by a supervisor of a member, on a member’s peer', async () => {
        await submit(one.deposit(details));
        expect(await read()).toEqual(details);
        const fault = await expectFault(read('PrimaryMSP'), 'PRIVATE_DATA_NOT_HERE');
        expect(fault.collection).toBe(supervisionCollection);
    });

    it('are deposited without a public write and without an argument that tells of them', async () => {
        const call = one.deposit(details);
        expect(call.transaction).toBe(`Deposit${ending}`);
        expect(call.args.join()).not.toContain('2404');
        const { writes, event, calls } = await submit(call);
        expect([...writes.keys()].map((key) => key.split('\0').slice(0, 2))).toEqual([
            ['private', supervisionCollection],
        ]);
        expect(event).toEqual({ name: supervisionEvents.deposited, payload: subject });
        expect(calls).toMatchObject({ gets: 3, puts: 1 });
    });

    it('are announced by their digest, which any peer knows, and prove what they said', async () => {
        await submit(one.deposit(details));
        const announced = await grid.ledger.endorse(one.announce(), supervisor, { peer: 'PrimaryMSP' });
        grid.ledger.commit(announced);
        expect(announced.event).toMatchObject({ name: supervisionEvents.announced });
        const record: DetailsRecord = await grid.ledger.evaluate(one.query(), grid.reader);
        expect(record).toMatchObject({ ...subject, byMspId: 'DispatchMSP', byName: 'supervisor' });
        expect(await check(details)).toEqual({ ...subject, digest: record.digest, matches: true });
        expect(await check(others)).toMatchObject({ matches: false });
        expect(await check({ ...details, salt: 'ab'.repeat(32) })).toMatchObject({ matches: false });
    });

    it('are replaced until they are announced, and then no more', async () => {
        await submit(one.deposit(others));
        await submit(one.deposit(details));
        await submit(one.announce());
        const { digest } = await check(details);
        const deposited = await expectFault(submit(one.deposit(others)), 'DETAILS_ANNOUNCED');
        expect(deposited.digest).toBe(digest);
        await expectFault(submit(one.announce()), 'DETAILS_ANNOUNCED');
    });

    it('that are deposited while others are announced are a conflict', async () => {
        await submit(one.deposit(details));
        const announced = await grid.ledger.endorse(one.announce(), supervisor);
        const replaced = await grid.ledger.endorse(one.deposit(others), supervisor);
        expect(grid.ledger.commit(announced, replaced)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('are of what stands on the ledger, and are there before they are read or announced', async () => {
        expect(await expectFault(submit(unknown.deposit(details)), unknownCode)).toMatchObject(unknown.subject);
        await expectFault(submit(one.announce()), 'DETAILS_UNKNOWN');
        expect(await expectFault(read(), 'DETAILS_UNKNOWN')).toMatchObject(subject);
        await expectFault(check(details), 'DETAILS_UNKNOWN');
    });

    it('are taken at any stage of the asset’s life, also of a retired one', async () => {
        await submit(supervisionCalls.putOnline('FES-1'), grid.operator);
        await submit(one.deposit(others));
        await submit(supervisionCalls.retire('FES-1'), grid.operator);
        await submit(one.deposit(details));
        await submit(one.announce());
        expect(await check(details)).toMatchObject({ matches: true });
    });

    it('come as transient data of the right form', async () => {
        const { contract, transaction, args, readOnly } = one.deposit(details);
        const missing = await expectFault(submit({ contract, transaction, args, readOnly }), 'TRANSIENT_MISSING');
        expect(missing.field).toBe('details');
        const wrong = async (given: object): Promise<unknown> =>
            expectFault(submit(one.deposit({ ...details, ...given })), 'MALFORMED_INPUT');
        expect(await wrong({ salt: 'guess' })).toMatchObject({ path: 'salt', reason: 'not-a-digest' });
        expect(await wrong({ text: ' \n' })).toMatchObject({ path: 'text', reason: 'too-few' });
        expect(await wrong({ text: 'a\u0000b' })).toMatchObject({ path: 'text', reason: 'control-character' });
        const long = 'x'.repeat(detailsLimits.textLength + 1);
        expect(await wrong({ text: long })).toMatchObject({ path: 'text', reason: 'too-long' });
        expect(await wrong({ more: 1 })).toMatchObject({ path: 'more', reason: 'unknown-field' });
    });
});

describe('details of a finding and of a test of the same id', () => {
    it('are kept, announced and checked apart', async () => {
        await submit(ofFinding.deposit(details));
        await submit(ofTest.deposit(others));
        await submit(ofTest.announce());
        expect(await grid.ledger.evaluate(ofFinding.read(), supervisor)).toEqual(details);
        expect(await grid.ledger.evaluate(ofTest.read(), supervisor)).toEqual(others);
        expect(await grid.ledger.evaluate(ofTest.check(others), grid.reader)).toMatchObject({ matches: true });
        await expectFault(grid.ledger.evaluate(ofFinding.query(), grid.reader), 'DETAILS_UNKNOWN');
        await submit(ofFinding.deposit(others));
    });
});

describe.each(subjects)('who is no supervisor of a member, of the details of $of', ({ one }) => {
    const read = (peer: string, by: TestIdentity): Promise<Details> => grid.ledger.evaluate(one.read(), by, { peer });

    it('is refused by the contract', async () => {
        await submit(one.deposit(details));
        await expectFault(read('DispatchMSP', grid.operator), 'ROLE_REQUIRED');
        await expectFault(submit(one.deposit(others), grid.operator), 'ROLE_REQUIRED');
        await expectFault(submit(one.announce(), grid.operator), 'ROLE_REQUIRED');
        const foreign = await newTestIdentity({ name: 'f', attributes: { role: 'supervisor' }, mspId: 'PrimaryMSP' });
        await expectFault(read('DispatchMSP', foreign), 'ROLE_NOT_HELD_HERE');
    });

    it('is refused by Fabric, where the ledger lets an organisation supervise that is no member', async () => {
        grid.ledger.collections.members.set(supervisionCollection, ['PrimaryMSP']);
        const fault = await expectFault(read('PrimaryMSP', supervisor), 'NOT_A_MEMBER');
        expect(fault).toMatchObject({ collection: supervisionCollection, mspId: 'DispatchMSP' });
        await expectFault(submit(one.deposit(details)), 'NOT_A_MEMBER');
    });
});

describe.each(subjects)('a chaincode that was approved without the collection, of the details of $of', ({ one }) => {
    it('says so, and does all the rest', async () => {
        grid.ledger.collections.members.clear();
        const fault = await expectFault(submit(one.deposit(details)), 'COLLECTION_NOT_DEFINED');
        expect(fault.collection).toBe(supervisionCollection);
        await expectFault(submit(one.announce()), 'COLLECTION_NOT_DEFINED');
        await expectFault(grid.ledger.evaluate(one.read(), supervisor), 'COLLECTION_NOT_DEFINED');
        const finding = { assetId: 'FES-1', findingId: 'X-1' };
        expect(await grid.ledger.evaluate(findingCalls.query(finding), grid.reader)).toMatchObject(finding);
    });
});
