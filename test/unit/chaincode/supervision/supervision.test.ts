import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Call, Page } from '../../../../chaincode/src/calls/call-api';
import {
    findingCalls,
    type DueEntry,
    type FindingInput,
    type FindingRecord,
} from '../../../../chaincode/src/supervision/finding-api';
import {
    supervisionCalls,
    supervisionEvents,
    supervisionLimits,
    type ConfigurationRecord,
    type InformationAssetRecord,
    type InformationAssetSummary,
    type SecurityTest,
    type SecurityTestRecord,
} from '../../../../chaincode/src/supervision/supervision-api';
import {
    aConfiguration,
    aDocument,
    aFinding,
    anEnrolment,
    aSecurityTest,
} from '../../../support/chaincode/an-information-asset';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const page = { pageSize: 10, bookmark: '' };
const assetId = 'FES-1';
const ofFinding = { assetId, findingId: 'V-1', note: 'patched' };
const hourMs = 3_600_000;
let grid: TestGrid;
let supervisor: TestIdentity;

beforeEach(async () => {
    grid = await TestGrid.start();
    supervisor = await newTestIdentity({ name: 'supervisor', attributes: { role: 'supervisor' } });
    await submit(supervisionCalls.enrol(anEnrolment()));
});

function submit(call: Call, by = grid.operator): Promise<Simulation> {
    return grid.ledger.submit(call, by);
}

function ask<Answer>(call: Call): Promise<Answer> {
    return grid.ledger.evaluate<Answer>(call, grid.reader);
}

function test(given: Partial<SecurityTest> = {}): Promise<Simulation> {
    return submit(supervisionCalls.recordTest(aSecurityTest(given)), supervisor);
}

function report(given: Partial<FindingInput> = {}): Promise<Simulation> {
    return submit(findingCalls.report(aFinding(given)), supervisor);
}

async function idsOf(call: Call): Promise<string[]> {
    return (await ask<Page<InformationAssetSummary>>(call)).items.map((item) => item.assetId);
}

const query = (): Promise<InformationAssetRecord> => ask(supervisionCalls.queryAsset(assetId));
const running = (version: string): Call => supervisionCalls.listWithVersion({ name: 'OpenSSL', version, ...page });
const listening = (port: number): Call => supervisionCalls.listWithPort({ protocol: 'tcp', port, ...page });

describe('an information asset', () => {
    it('goes through its life: tested, on line, updated, retired', async () => {
        await test();
        const { event } = await submit(supervisionCalls.putOnline(assetId));
        expect(event).toMatchObject({ name: supervisionEvents.online, payload: { stage: 'running' } });
        const software = [{ name: 'OpenSSL', version: '3.0.8' }];
        const configuration = aConfiguration({ software, openPorts: [{ protocol: 'tcp', port: 19998 }] });
        await submit(supervisionCalls.update({ assetId, change: 'OpenSSL patched', configuration }));
        expect(await query()).toMatchObject({ stage: 'running', revision: 2 });
        await submit(supervisionCalls.retire(assetId));
        expect(await query()).toMatchObject({ stage: 'retired', lastAct: { byName: 'dispatch-operator' } });
        const updates = await ask<Page<ConfigurationRecord>>(supervisionCalls.listUpdates({ assetId, ...page }));
        expect(updates.items).toMatchObject([
            { revision: 1, change: 'enrolled', configuration: { software: [{ version: '3.0.7' }] } },
            { revision: 2, change: 'OpenSSL patched', configuration: { software } },
        ]);
    });

    it('is enrolled once, with documents that are digests, and names no port or version twice', async () => {
        await expectFault(submit(supervisionCalls.enrol(anEnrolment())), 'INFORMATION_ASSET_EXISTS');
        const wrong = (given: Parameters<typeof aConfiguration>[0]): Promise<unknown> =>
            submit(supervisionCalls.enrol(anEnrolment({ assetId: 'X', configuration: aConfiguration(given) })));
        const digest = await expectFault(
            wrong({ baseline: aDocument({ sha256: 'AB'.repeat(32) }) }),
            'MALFORMED_INPUT',
        );
        expect(digest).toMatchObject({ path: 'configuration.baseline.sha256', reason: 'not-a-digest' });
        const port = { protocol: 'tcp', port: 1 } as const;
        const twice = await expectFault(wrong({ openPorts: [port, port] }), 'MALFORMED_INPUT');
        expect(twice.path).toBe('configuration.openPorts');
        const system = await expectFault(wrong({ software: [{ name: 'Linux', version: '6.1' }] }), 'MALFORMED_INPUT');
        expect(system.path).toBe('configuration.software');
    });

    it('does not go on line without a test, after a failed one, or after a test of a former configuration', async () => {
        const launch = (): Promise<unknown> => submit(supervisionCalls.putOnline(assetId));
        expect(await expectFault(launch(), 'NO_PASSED_TEST')).toMatchObject({ revision: 1, verdict: null });
        await test();
        await test({ testId: 'T-2', verdict: 'failed' });
        expect(await expectFault(launch(), 'NO_PASSED_TEST')).toMatchObject({ verdict: 'failed' });
        await test({ testId: 'T-3' });
        await submit(supervisionCalls.update({ assetId, change: 'changed', configuration: aConfiguration() }));
        expect(await expectFault(launch(), 'NO_PASSED_TEST')).toMatchObject({ revision: 2, testedRevision: 1 });
        await expectFault(test({ testId: 'T-4', revision: 1 }), 'REVISION_NOT_PRESENT');
        await expectFault(test({ testId: 'T-3', revision: 2 }), 'TEST_EXISTS');
        await test({ testId: 'T-4', revision: 2 });
        await launch();
        const tests = await ask<Page<SecurityTestRecord>>(supervisionCalls.listTests({ assetId, ...page }));
        expect(tests.items.map(({ testId, verdict }) => `${testId} ${verdict}`)).toEqual([
            ...['T-1 passed', 'T-2 failed', 'T-3 passed', 'T-4 passed'],
        ]);
    });

    it('does not retire with open critical findings, and retired is final', async () => {
        const retire = (): Promise<unknown> => submit(supervisionCalls.retire(assetId));
        await report();
        await report({ findingId: 'V-2', severity: 'high' });
        expect(await expectFault(retire(), 'CRITICAL_FINDINGS_OPEN')).toMatchObject({ findings: ['V-1'] });
        await submit(findingCalls.rectify(ofFinding));
        await expectFault(retire(), 'CRITICAL_FINDINGS_OPEN');
        await submit(findingCalls.close(ofFinding), supervisor);
        await retire();
        await expectFault(retire(), 'STAGE_NOT_ALLOWED');
        await expectFault(report({ findingId: 'V-3' }), 'STAGE_NOT_ALLOWED');
        await expectFault(test(), 'STAGE_NOT_ALLOWED');
        await submit(findingCalls.rectify({ ...ofFinding, findingId: 'V-2' }));
        await submit(findingCalls.close({ ...ofFinding, findingId: 'V-2' }), supervisor);
    });

    it('does not retire in the block in which a critical finding is reported', async () => {
        const found = await grid.ledger.endorse(findingCalls.report(aFinding()), supervisor);
        const retired = await grid.ledger.endorse(supervisionCalls.retire(assetId), grid.operator);
        expect(grid.ledger.commit(found, retired)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('is found by its versions and open ports of today, from index keys alone', async () => {
        expect(await idsOf(running('3.0.7'))).toEqual([assetId]);
        expect(await idsOf(listening(2404))).toEqual([assetId]);
        expect(await idsOf(supervisionCalls.listWithVersion({ name: 'Linux', version: '6.1', ...page }))).toEqual([
            assetId,
        ]);
        const configuration = aConfiguration({ software: [{ name: 'OpenSSL', version: '3.0.8' }], openPorts: [] });
        await submit(supervisionCalls.update({ assetId, change: 'patched', configuration }));
        expect(await idsOf(running('3.0.7'))).toEqual([]);
        expect(await idsOf(running('3.0.8'))).toEqual([assetId]);
        expect(await idsOf(listening(2404))).toEqual([]);
        await submit(supervisionCalls.retire(assetId));
        expect(await idsOf(running('3.0.8'))).toEqual([]);
        const retired = supervisionCalls.listAssets({ ownerMspId: 'DispatchMSP', stage: 'retired', ...page });
        expect(await idsOf(retired)).toEqual([assetId]);
        const { calls } = await grid.ledger.endorse(running('3.0.8'), grid.reader);
        expect(calls).toEqual({ gets: 0, puts: 0, deletes: 0, ranges: 1, histories: 0 });
    });

    it('is judged by the later of two clocks, and not by one that went back', async () => {
        grid.ledger.nowMs -= supervisionLimits.clockToleranceMs + 1;
        await expectFault(submit(supervisionCalls.retire(assetId)), 'TIME_WENT_BACK');
        grid.ledger.nowMs += 1;
        await submit(supervisionCalls.retire(assetId));
        expect((await query()).lastAct.transactionTimeMs).toBe(grid.ledger.nowMs + supervisionLimits.clockToleranceMs);
    });

    it('is unknown until it is enrolled', async () => {
        await expectFault(ask(supervisionCalls.queryAsset('X')), 'INFORMATION_ASSET_UNKNOWN');
        await expectFault(submit(supervisionCalls.putOnline('X')), 'INFORMATION_ASSET_UNKNOWN');
    });
});

describe('a finding', () => {
    const overdue = async (): Promise<string[]> =>
        (await ask<Page<DueEntry>>(findingCalls.listOverdue(page))).items.map(({ findingId }) => findingId);
    const finding = (): Promise<FindingRecord> => ask(findingCalls.query({ assetId, findingId: 'V-1' }));

    it('is overdue as of the question, the longest first, until the owner has rectified it', async () => {
        await report({ findingId: 'V-2', severity: 'low', dueMs: grid.ledger.nowMs + 2 * hourMs });
        await report();
        await report({ findingId: 'V-3', severity: 'low', dueMs: grid.ledger.nowMs + 9 * hourMs });
        grid.ledger.nowMs += hourMs;
        expect(await overdue()).toEqual([]);
        grid.ledger.nowMs += 1;
        expect(await overdue()).toEqual(['V-1']);
        grid.ledger.nowMs += 2 * hourMs;
        expect(await overdue()).toEqual(['V-1', 'V-2']);
        await submit(findingCalls.rectify(ofFinding));
        expect(await overdue()).toEqual(['V-2']);
        expect(await finding()).toMatchObject({ state: 'rectified', late: true, note: 'patched' });
        await submit(findingCalls.reopen({ ...ofFinding, note: 'still there' }), supervisor);
        expect(await overdue()).toEqual(['V-1', 'V-2']);
        expect(await finding()).toMatchObject({ state: 'open', late: false, rectifiedMs: null });
    });

    it('is listed in pages, which end where the deadlines lie ahead', async () => {
        for (const index of [1, 2, 3]) {
            await report({ findingId: `V-${index}`, severity: 'low', dueMs: grid.ledger.nowMs + index * hourMs });
        }
        grid.ledger.nowMs += 2.5 * hourMs;
        const first = await ask<Page<DueEntry>>(findingCalls.listOverdue({ pageSize: 1, bookmark: '' }));
        expect(first).toMatchObject({ items: [{ findingId: 'V-1' }], bookmark: expect.stringContaining('V-2') });
        const rest = await ask<Page<DueEntry>>(findingCalls.listOverdue({ pageSize: 5, bookmark: first.bookmark }));
        expect(rest).toMatchObject({ items: [{ findingId: 'V-2' }], bookmark: '' });
    });

    it('goes from the supervisor to the owner and back, by the table', async () => {
        await report();
        await expectFault(submit(findingCalls.close(ofFinding), supervisor), 'FINDING_STATE_NOT_ALLOWED');
        await expectFault(submit(findingCalls.reopen(ofFinding), supervisor), 'FINDING_STATE_NOT_ALLOWED');
        await submit(findingCalls.rectify(ofFinding));
        await expectFault(submit(findingCalls.rectify(ofFinding)), 'FINDING_STATE_NOT_ALLOWED');
        await submit(findingCalls.close(ofFinding), supervisor);
        await expectFault(submit(findingCalls.reopen(ofFinding), supervisor), 'FINDING_STATE_NOT_ALLOWED');
        const { items } = await ask<Page<FindingRecord>>(findingCalls.list({ assetId, ...page }));
        expect(items).toMatchObject([{ findingId: 'V-1', state: 'closed', late: false }]);
    });

    it('is reported once, with a deadline that lies ahead', async () => {
        await report();
        await expectFault(report(), 'FINDING_EXISTS');
        await expectFault(report({ findingId: 'V-2', dueMs: grid.ledger.nowMs }), 'DEADLINE_PASSED');
        await expectFault(ask(findingCalls.query({ assetId, findingId: 'V-9' })), 'FINDING_UNKNOWN');
        await expectFault(submit(findingCalls.rectify({ ...ofFinding, findingId: 'V-9' })), 'FINDING_UNKNOWN');
    });

    it('is refused when so many critical ones are open that the record grows too large', async () => {
        for (let index = 0; index < supervisionLimits.criticalFindings; index += 1) {
            await report({ findingId: `V-${index}` });
        }
        await expectFault(report({ findingId: 'V-51' }), 'TOO_MANY_CRITICAL_FINDINGS');
        await report({ findingId: 'V-51', severity: 'high' });
    });
});
