import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import {
    detailsCalls,
    detailsLimits,
    supervisionCollection,
    type DetailsCheck,
    type DetailsRecord,
    type FindingDetails,
} from '../../../../chaincode/src/supervision/details-api';
import { findingCalls } from '../../../../chaincode/src/supervision/finding-api';
import { supervisionCalls, supervisionEvents } from '../../../../chaincode/src/supervision/supervision-api';
import { aFinding, anEnrolment } from '../../../support/chaincode/an-information-asset';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const finding = { assetId: 'FES-1', findingId: 'V-1' };
const details: FindingDetails = { salt: 'cd'.repeat(32), text: 'Port 2404 takes\ncommands of anybody.' };
const others: FindingDetails = { ...details, text: 'Nothing of note.' };
let grid: TestGrid;
let supervisor: TestIdentity;

beforeEach(async () => {
    grid = await TestGrid.start();
    grid.ledger.collections.members.set(supervisionCollection, ['DispatchMSP']);
    supervisor = await newTestIdentity({ name: 'supervisor', attributes: { role: 'supervisor' } });
    await grid.ledger.submit(supervisionCalls.enrol(anEnrolment()), grid.operator);
    await submit(findingCalls.report(aFinding()));
});

function submit(call: Call, by = supervisor): Promise<Simulation> {
    return grid.ledger.submit(call, by);
}

const read = (peer = 'DispatchMSP', by = supervisor): Promise<FindingDetails> =>
    grid.ledger.evaluate(detailsCalls.read(finding), by, { peer });
const check = (shown: FindingDetails): Promise<DetailsCheck> =>
    grid.ledger.evaluate(detailsCalls.check(finding, shown), grid.reader);

describe('the details of a finding', () => {
    it('are read by a supervisor of a member, on a member’s peer', async () => {
        await submit(detailsCalls.deposit(finding, details));
        expect(await read()).toEqual(details);
        const fault = await expectFault(read('PrimaryMSP'), 'PRIVATE_DATA_NOT_HERE');
        expect(fault.collection).toBe(supervisionCollection);
    });

    it('are deposited without a public write and without an argument that tells of them', async () => {
        const call = detailsCalls.deposit(finding, details);
        expect(call.args.join()).not.toContain('2404');
        const { writes, event, calls } = await submit(call);
        expect([...writes.keys()].map((key) => key.split('\0').slice(0, 2))).toEqual([
            ['private', supervisionCollection],
        ]);
        expect(event).toEqual({ name: supervisionEvents.deposited, payload: finding });
        expect(calls).toMatchObject({ gets: 3, puts: 1 });
    });

    it('are announced by their digest, which any peer knows, and prove what they said', async () => {
        await submit(detailsCalls.deposit(finding, details));
        const announced = await grid.ledger.endorse(detailsCalls.announce(finding), supervisor, { peer: 'PrimaryMSP' });
        grid.ledger.commit(announced);
        expect(announced.event).toMatchObject({ name: supervisionEvents.announced });
        const record: DetailsRecord = await grid.ledger.evaluate(detailsCalls.query(finding), grid.reader);
        expect(record).toMatchObject({ ...finding, byMspId: 'DispatchMSP', byName: 'supervisor' });
        expect(await check(details)).toEqual({ ...finding, digest: record.digest, matches: true });
        expect(await check(others)).toMatchObject({ matches: false });
        expect(await check({ ...details, salt: 'ab'.repeat(32) })).toMatchObject({ matches: false });
    });

    it('are replaced until they are announced, and then no more', async () => {
        await submit(detailsCalls.deposit(finding, others));
        await submit(detailsCalls.deposit(finding, details));
        await submit(detailsCalls.announce(finding));
        const { digest } = await check(details);
        const deposited = await expectFault(submit(detailsCalls.deposit(finding, others)), 'DETAILS_ANNOUNCED');
        expect(deposited.digest).toBe(digest);
        await expectFault(submit(detailsCalls.announce(finding)), 'DETAILS_ANNOUNCED');
    });

    it('that are deposited while others are announced are a conflict', async () => {
        await submit(detailsCalls.deposit(finding, details));
        const announced = await grid.ledger.endorse(detailsCalls.announce(finding), supervisor);
        const replaced = await grid.ledger.endorse(detailsCalls.deposit(finding, others), supervisor);
        expect(grid.ledger.commit(announced, replaced)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('are of a finding that was reported, and are there before they are read or announced', async () => {
        const unknown = { ...finding, findingId: 'V-9' };
        await expectFault(submit(detailsCalls.deposit(unknown, details)), 'FINDING_UNKNOWN');
        await expectFault(submit(detailsCalls.announce(finding)), 'DETAILS_UNKNOWN');
        await expectFault(read(), 'DETAILS_UNKNOWN');
        await expectFault(check(details), 'DETAILS_UNKNOWN');
    });

    it('come as transient data of the right form', async () => {
        const { contract, transaction, args, readOnly } = detailsCalls.deposit(finding, details);
        const missing = await expectFault(submit({ contract, transaction, args, readOnly }), 'TRANSIENT_MISSING');
        expect(missing.field).toBe('details');
        const wrong = async (given: object): Promise<unknown> =>
            expectFault(submit(detailsCalls.deposit(finding, { ...details, ...given })), 'MALFORMED_INPUT');
        expect(await wrong({ salt: 'guess' })).toMatchObject({ path: 'salt', reason: 'not-a-digest' });
        expect(await wrong({ text: ' \n' })).toMatchObject({ path: 'text', reason: 'too-few' });
        expect(await wrong({ text: 'a\u0000b' })).toMatchObject({ path: 'text', reason: 'control-character' });
        const long = 'x'.repeat(detailsLimits.textLength + 1);
        expect(await wrong({ text: long })).toMatchObject({ path: 'text', reason: 'too-long' });
        expect(await wrong({ more: 1 })).toMatchObject({ path: 'more', reason: 'unknown-field' });
    });
});

describe('who is no supervisor of a member', () => {
    it('is refused by the contract', async () => {
        await submit(detailsCalls.deposit(finding, details));
        await expectFault(read('DispatchMSP', grid.operator), 'ROLE_REQUIRED');
        await expectFault(submit(detailsCalls.deposit(finding, others), grid.operator), 'ROLE_REQUIRED');
        await expectFault(submit(detailsCalls.announce(finding), grid.operator), 'ROLE_REQUIRED');
        const foreign = await newTestIdentity({ name: 'f', attributes: { role: 'supervisor' }, mspId: 'PrimaryMSP' });
        await expectFault(read('DispatchMSP', foreign), 'ROLE_NOT_HELD_HERE');
    });

    it('is refused by Fabric, where the ledger lets an organisation supervise that is no member', async () => {
        grid.ledger.collections.members.set(supervisionCollection, ['PrimaryMSP']);
        const fault = await expectFault(read('PrimaryMSP'), 'NOT_A_MEMBER');
        expect(fault).toMatchObject({ collection: supervisionCollection, mspId: 'DispatchMSP' });
        await expectFault(submit(detailsCalls.deposit(finding, details)), 'NOT_A_MEMBER');
    });
});

describe('a chaincode that was approved without the collection', () => {
    it('says so, and does all the rest', async () => {
        grid.ledger.collections.members.clear();
        const fault = await expectFault(submit(detailsCalls.deposit(finding, details)), 'COLLECTION_NOT_DEFINED');
        expect(fault.collection).toBe(supervisionCollection);
        await expectFault(submit(detailsCalls.announce(finding)), 'COLLECTION_NOT_DEFINED');
        await expectFault(read(), 'COLLECTION_NOT_DEFINED');
        expect(await grid.ledger.evaluate(findingCalls.query(finding), grid.reader)).toMatchObject(finding);
    });
});
