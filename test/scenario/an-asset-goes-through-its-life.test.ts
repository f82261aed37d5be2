import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { assetsCalls, type AssetRecord, type TransferRecord } from '../../chaincode/src/assets/assets-api';
import type { Call, Page } from '../../chaincode/src/calls/call-api';
import { findingCalls, type FindingRecord } from '../../chaincode/src/supervision/finding-api';
import {
    supervisionCalls,
    type ConfigurationRecord,
    type InformationAssetRecord,
} from '../../chaincode/src/supervision/supervision-api';
import { evaluateCall } from '../../network/client/evaluate-call';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall, trySubmit } from '../../network/client/submit-call';
import { identityNames } from '../../network/identities/identity';
import { describeOnEachBackEnd } from '../support/back-ends';
import { anAsset } from '../support/chaincode/an-asset';
import { aConfiguration, aFinding, anEnrolment, aSecurityTest } from '../support/chaincode/an-information-asset';
import { aControlledNetwork, peersInStep } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const { assetId } = anEnrolment();
const breaker = anAsset().assetId;
const page = { pageSize: 10, bookmark: '' };
/** A network takes seconds to start; on a machine that is busy with other tests, a minute and more. */
const startDeadlineMs = 180_000;

describeOnEachBackEnd('an asset', (backEnd) => {
    let started: TestNetwork;
    let dispatch: OrganizationDesk;
    let primary: OrganizationDesk;

    beforeAll(async () => {
        started = await startTestNetwork(await aControlledNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        dispatch = await OrganizationDesk.open(started.running, started.identities, identityNames.reader('dispatch'));
        primary = await OrganizationDesk.open(started.running, started.identities, identityNames.reader('primary'));
    }, startDeadlineMs);

    afterAll(async () => {
        primary.close();
        dispatch.close();
        await started.stop();
    });

    const owner = identityNames.operator('primary');
    const supervisor = identityNames.supervisor;
    const buyer = identityNames.operator('dispatch');

    /** Gives the transaction's id, once every peer has it. */
    async function act(name: string, call: Call): Promise<string> {
        const desk = name === owner ? primary : dispatch;
        const { transactionId } = await submitCall(await desk.as(name), call);
        await peersInStep(backEnd, started.running);
        return transactionId;
    }

    async function expectRefusal(name: string, call: Call, code: string): Promise<void> {
        const desk = name === owner ? primary : dispatch;
        expect(await trySubmit(await desk.as(name), call)).toMatchObject({ fault: { fault: { code } } });
    }

    async function ask<Answer>(call: Call): Promise<Answer> {
        return (await evaluateCall(dispatch.gate, call)) as Answer;
    }

    const informationAsset = (): Promise<InformationAssetRecord> => ask(supervisionCalls.queryAsset(assetId));

    it('of information is enrolled by its owner, and not put on line untested or with a failed test', async () => {
        await act(owner, supervisionCalls.enrol(anEnrolment()));
        await expectRefusal(owner, supervisionCalls.putOnline(assetId), 'NO_PASSED_TEST');
        await act(supervisor, supervisionCalls.recordTest(aSecurityTest({ verdict: 'failed' })));
        await expectRefusal(owner, supervisionCalls.putOnline(assetId), 'NO_PASSED_TEST');
        expect(await informationAsset()).toMatchObject({ stage: 'testing', ownerMspId: 'PrimaryMSP' });
    });

    it('of information is corrected, tested anew and put on line', async () => {
        const configuration = aConfiguration({ software: [{ name: 'OpenSSL', version: '3.0.15' }] });
        await act(owner, supervisionCalls.update({ assetId, change: 'patched', configuration }));
        await act(supervisor, supervisionCalls.recordTest(aSecurityTest({ testId: 'T-2', revision: 2 })));
        await act(owner, supervisionCalls.putOnline(assetId));
        const version = { name: 'OpenSSL', version: '3.0.15', ...page };
        const { items } = await ask<Page<{ assetId: string }>>(supervisionCalls.listWithVersion(version));
        expect(items.map((item) => item.assetId)).toEqual([assetId]);
        expect(await informationAsset()).toMatchObject({ stage: 'running', revision: 2 });
    });

    it('of information is not retired while a critical finding is open, and its owner cannot close it', async () => {
        const finding = aFinding({ dueMs: Date.now() + 3_600_000 });
        const { findingId } = finding;
        await act(supervisor, findingCalls.report(finding));
        await expectRefusal(owner, supervisionCalls.retire(assetId), 'CRITICAL_FINDINGS_OPEN');
        await act(owner, findingCalls.rectify({ assetId, findingId, note: 'cipher switched off' }));
        await expectRefusal(owner, findingCalls.close({ assetId, findingId, note: 'done' }), 'ROLE_REQUIRED');
        await expectRefusal(owner, supervisionCalls.retire(assetId), 'CRITICAL_FINDINGS_OPEN');
        await act(supervisor, findingCalls.close({ assetId, findingId, note: 'looked at again' }));
        const { items } = await ask<Page<FindingRecord>>(findingCalls.list({ assetId, ...page }));
        expect(items).toMatchObject([{ findingId, state: 'closed' }]);
    });

    it('of information is retired for good, and every configuration that it had is still told', async () => {
        await act(owner, supervisionCalls.retire(assetId));
        expect(await informationAsset()).toMatchObject({ stage: 'retired' });
        await expectRefusal(owner, supervisionCalls.putOnline(assetId), 'STAGE_NOT_ALLOWED');
        const { items } = await ask<Page<ConfigurationRecord>>(supervisionCalls.listUpdates({ assetId, ...page }));
        expect(items.map(({ revision, change }) => [revision, change])).toEqual([
            [1, 'enrolled'],
            [2, 'patched'],
        ]);
    });

    it('of the grid is planned, put in service and changes hands by both owners’ consent', async () => {
        await act(owner, assetsCalls.registerAsset(anAsset()));
        await act(owner, assetsCalls.changeAssetState({ assetId: breaker, state: 'in-service', reason: 'built' }));
        const offer = assetsCalls.offerTransfer({ assetId: breaker, toMspId: 'DispatchMSP' });
        const offerTransactionId = await act(owner, offer);
        await act(buyer, assetsCalls.acceptTransfer({ assetId: breaker, offerTransactionId }));
        const { items } = await ask<Page<TransferRecord>>(assetsCalls.listTransfers({ assetId: breaker, ...page }));
        expect(items).toMatchObject([{ number: 1, fromMspId: 'PrimaryMSP', toMspId: 'DispatchMSP' }]);
    });

    it('of the grid is decommissioned by its new owner and by nobody else, for good', async () => {
        const out = { assetId: breaker, state: 'out-of-service', reason: 'worn' } as const;
        await expectRefusal(owner, assetsCalls.changeAssetState(out), 'FOREIGN_ASSET');
        await act(buyer, assetsCalls.changeAssetState(out));
        await act(buyer, assetsCalls.changeAssetState({ ...out, state: 'decommissioned' }));
        const again = assetsCalls.changeAssetState({ ...out, state: 'in-service' });
        await expectRefusal(buyer, again, 'ASSET_DECOMMISSIONED');
        const record = await ask<AssetRecord>(assetsCalls.queryAsset(breaker));
        expect(record).toMatchObject({
            dynamic: { state: 'decommissioned' },
            accounting: { ownerMspId: 'DispatchMSP' },
        });
    });
});
