import { describe, expect, it } from '@jest/globals';
import { callForms, prepareCall, type CallOptions, type PreparedCall } from '../../../../network/client/call-forms';
import { ClientError } from '../../../../network/client/client-errors';
import { aNetwork, aTerminal } from '../../../support/a-network';

const network = aNetwork({ terminals: [aTerminal('DTU-B004', 'DispatchMSP'), aTerminal('TTU-B117', 'PrimaryMSP')] });
const nowMs = Date.parse('2026-11-23T08:00:00Z');
const prepare = (transaction: string, options: CallOptions = {}, json?: string): PreparedCall =>
    prepareCall({ transaction, options, json }, { network, nowMs, newSalt: () => 'ab'.repeat(32) });
const inputOf = ({ call }: PreparedCall): unknown => JSON.parse(call.args[0] ?? '');

describe('prepareCall', () => {
    it('fills a Set in: now, valid, the first unit of its type, signed by the terminal itself', () => {
        const prepared = prepare('Set', { terminal: 'TTU-B117', type: 'current', value: '10.2' });
        expect(inputOf(prepared)).toEqual({
            terminalId: 'TTU-B117',
            timeMs: nowMs,
            type: 'current',
            value: 10.2,
            unit: 'A',
            quality: 'valid',
        });
        expect(prepared).toMatchObject({ defaultIdentity: 'TTU-B117', call: { readOnly: false, transaction: 'Set' } });
    });

    it.each<[string, CallOptions, object]>([
        ['DepositDetails', { finding: 'V' }, { assetId: 'A', findingId: 'V' }],
        ['DepositTestDetails', { test: 'T' }, { assetId: 'A', testId: 'T' }],
    ])('has what %s deposits travel beside the argument, with a salt of its own', (transaction, options, subject) => {
        const { call, defaultIdentity } = prepare(transaction, { asset: 'A', text: 'weak', ...options });
        expect(defaultIdentity).toBe('supervisor');
        expect(call).toMatchObject({ transaction, args: [JSON.stringify(subject)] });
        expect(JSON.parse(call.privately?.transient['details'] ?? '')).toEqual({ salt: 'ab'.repeat(32), text: 'weak' });
    });

    it.each(['ReadDetails', 'ReadTestDetails'])(
        'has the supervisor evaluate %s, and nobody submit it',
        (transaction) => {
            const prepared = prepare(transaction, { asset: 'A', finding: 'V', test: 'T' });
            expect(prepared).toMatchObject({ defaultIdentity: 'supervisor', call: { transaction, readOnly: true } });
            expect(callForms[transaction]?.readOnly).toBe(true);
        },
    );

    it('takes a time in ISO 8601 or in milliseconds', () => {
        const iso = prepare('Set', { terminal: 'T', value: '1', time: '2026-11-23T07:59:00Z' });
        const ms = prepare('Set', { terminal: 'T', value: '1', time: String(nowMs - 60_000) });
        expect(inputOf(iso)).toEqual(inputOf(ms));
    });

    it('takes kind, location and devices of a terminal that asks for access from the topology', () => {
        expect(inputOf(prepare('RequestAccess', { terminal: 'DTU-B004' }))).toEqual({
            terminalId: 'DTU-B004',
            kind: 'DTU',
            location: { site: 'bus 4', feeder: '1', bus: '4', medium: 'epon' },
            concentrators: [],
            devices: [{ deviceId: 'Q0', command: 'double', sections: ['bus-4', 'feeder-DTU-B004'] }],
        });
    });

    it('fills the steps of a remote control in: the device Q0, each by whose step it is', () => {
        const device = { terminal: 'TTU-B117' };
        const select = prepare('Select', { ...device, command: 'off' });
        expect(select.defaultIdentity).toBe('dispatcher');
        expect(inputOf(select)).toEqual({
            terminalId: 'TTU-B117',
            deviceId: 'Q0',
            command: { type: 'double', value: 'off' },
        });
        const confirm = prepare('ConfirmSelection', { ...device, operation: 'ab' });
        expect(confirm.defaultIdentity).toBe('TTU-B117');
        expect(inputOf(confirm)).toEqual({ terminalId: 'TTU-B117', deviceId: 'Q0', operationId: 'ab' });
        const outcome = {
            ...device,
            operation: 'ab',
            type: 'step',
            device: 'T1',
            position: '3',
            soe: '9',
            reached: 'no',
        };
        expect(inputOf(prepare('ReportOutcome', outcome))).toEqual({
            terminalId: 'TTU-B117',
            deviceId: 'T1',
            operationId: 'ab',
            position: { type: 'step', step: 3 },
            timeMs: nowMs,
            soe: 9,
            reached: false,
        });
        expect(prepare('Tag', { ...device, reason: 'men at work' }).defaultIdentity).toBe('primary-operator');
    });

    it('fills a displacement in: now, spontaneous, valid', () => {
        const options = { terminal: 'DTU-B004', position: 'on', soe: '1' };
        expect(inputOf(prepare('ReportDisplacement', options))).toEqual({
            terminalId: 'DTU-B004',
            deviceId: 'Q0',
            position: { type: 'double', state: 'on' },
            timeMs: nowMs,
            cause: 'spontaneous',
            quality: 'valid',
            soe: 1,
        });
    });

    it("lets the operator of the terminal's own organisation act, and the dispatch centre read", () => {
        const act = { terminal: 'TTU-B117', reason: 'maintenance' };
        expect(prepare('Suspend', act).defaultIdentity).toBe('primary-operator');
        expect(prepare('Query', act).defaultIdentity).toBe('dispatch-reader');
        expect(prepare('AssignRoles').defaultIdentity).toBe('dispatch-admin');
    });

    it('lets the dispatcher open and seal rounds, and a terminal report for them now', () => {
        const round = { task: 'A', tick: '2026-11-23T08:00:00Z' };
        expect(prepare('Seal', round)).toMatchObject({ defaultIdentity: 'dispatcher' });
        expect(inputOf(prepare('OpenRound', round))).toEqual({ taskId: 'A', tickMs: nowMs });
        const value = { value: 1, quality: 'valid', timeMs: nowMs };
        expect(inputOf(prepare('ReportForTask', { ...round, value: '1' }))).toEqual({
            taskId: 'A',
            tickMs: nowMs,
            ...value,
        });
        expect(inputOf(prepare('TriggerRound', { task: 'A' }))).toEqual({ taskId: 'A', timeMs: nowMs });
    });

    it('hands a JSON argument on as it is', () => {
        const json = '{"terminalId":"DTU-B004","value":"not a number"}';
        expect(prepare('Set', {}, json)).toEqual({
            call: { contract: 'measurement', transaction: 'Set', args: [json], readOnly: false },
            defaultIdentity: 'DTU-B004',
        });
    });

    it.each<[string, CallOptions, string | undefined, string]>([
        ['Sett', {}, undefined, 'There is no transaction Sett'],
        ['toString', {}, undefined, 'There is no transaction toString'],
        ['Set', { terminal: 'T' }, undefined, '--value is missing'],
        ['Set', { terminal: 'T', value: 'ten' }, undefined, '--value ten is not a number'],
        ['Set', { terminal: 'T', value: '' }, undefined, '--value  is not a number'],
        ['Set', { terminal: 'T', value: '1', time: 'noon' }, undefined, '--time noon'],
        ['Set', {}, '[1]', 'not a JSON object'],
        ['Set', {}, '{', 'not a JSON object'],
        ['Set', { value: '1' }, '{}', 'either the JSON argument or --value'],
        ['SetBatch', {}, undefined, 'as JSON'],
        ['Confirm', { terminal: 'X' }, undefined, 'has no terminal X'],
    ])('refuses %s %j %s with one sentence', (transaction, options, json, sentence) => {
        const attempt = (): PreparedCall => prepare(transaction, options, json);
        expect(attempt).toThrow(ClientError);
        expect(attempt).toThrow(sentence);
    });

    it('lets the dispatcher conclude rounds of feeds, the oracle answer itself, and an operator suspend it', () => {
        const conclude = prepare('Conclude', { feed: 'F', tick: '2026-11-23T08:00:00Z' });
        expect(conclude.defaultIdentity).toBe('dispatcher');
        expect(inputOf(conclude)).toEqual({ feedId: 'F', tickMs: nowMs });
        expect(prepare('SubmitToFeed', {}, '{"oracleId":"primary-oracle"}').defaultIdentity).toBe('primary-oracle');
        const suspend = prepare('SuspendOracle', { oracle: 'dispatch-oracle', reason: 'r' });
        expect(suspend.defaultIdentity).toBe('dispatch-operator');
    });

    it('signs what a supervisor records as the supervisor', () => {
        const options = { asset: 'FES-1', finding: 'V-1', note: 'gone' };
        expect(prepare('CloseFinding', options).defaultIdentity).toBe('supervisor');
    });

    it('has a form for every transaction of the contracts', () => {
        expect(Object.keys(callForms).sort()).toEqual(
            [
                ...['Set', 'SetBatch', 'Query', 'QueryHistory', 'QueryFeeder'],
                ...['RequestAccess', 'Confirm', 'Suspend', 'Resume', 'Retire', 'RequestRenewal', 'Renew'],
                ...['ChangeConcentrators', 'QueryTerminal', 'ListTerminals', 'ListRenewals'],
                ...['ChangeDevices'],
                ...['ReportDisplacement', 'QueryDisplacements'],
                ...['Select', 'ConfirmSelection', 'RefuseSelection', 'Operate', 'Cancel', 'ReportOutcome'],
                ...['Tag', 'Untag', 'PlaceEarth', 'RemoveEarth'],
                ...['QueryOperation', 'QueryDevice', 'QueryOperationHistory', 'QueryTagHistory', 'QueryEarthHistory'],
                ...['ProposeAuthority', 'ApproveAuthority'],
                ...['QueryAuthority', 'QueryAuthorityHistory', 'ListAuthorityProposals'],
                ...['AssignRoles', 'QueryRoles', 'SetSigned', 'SetSignedBatch', 'QuerySigned'],
                ...[
                    'DefineTask',
                    'EndTask',
                    'OpenRound',
                    'Seal',
                    'TriggerRound',
                    'ReportForTask',
                    'ReportBatchForTask',
                ],
                ...['QueryTask', 'ListTasks', 'QueryRound', 'ListOpenRounds', 'QueryDataBlock', 'QueryProof'],
                ...['RegisterAsset', 'ChangeAssetState', 'BindMeasurements', 'OfferTransfer', 'WithdrawTransfer'],
                ...['AcceptTransfer', 'ChargeDataUse', 'SettleDataUse', 'DisputeDataUse', 'CancelDataUse'],
                ...['QueryAsset', 'FindAssets', 'ListTransfers', 'QueryDataUse', 'ListDataUses'],
                ...['EnrolInformationAsset', 'UpdateConfiguration', 'RecordTest', 'PutOnline', 'ReportFinding'],
                ...[
                    'RetireInformationAsset',
                    'DepositDetails',
                    'AnnounceDetails',
                    'ReadDetails',
                    'QueryDetails',
                    'CheckDetails',
                    'DepositTestDetails',
                    'AnnounceTestDetails',
                    'ReadTestDetails',
                    'QueryTestDetails',
                    'CheckTestDetails',
                ],
                ...['RectifyFinding', 'CloseFinding', 'ReopenFinding', 'QueryFinding'],
                ...['QueryInformationAsset', 'ListInformationAssets', 'ListWithVersion', 'ListWithPort'],
                ...['RegisterOracle', 'SuspendOracle', 'ResumeOracle', 'RetireOracle', 'QueryOracle', 'ListOracles'],
                ...['DefineFeed', 'EndFeed', 'SubmitToFeed', 'Conclude', 'QueryFeed', 'ListFeeds', 'QueryFeedRound'],
                'ListConclusions',
                ...['AnchorDocument', 'QueryAnchor', 'ListAnchorsOfDigest'],
                ...['ListUpdates', 'ListTests', 'ListFindings', 'ListOverdue'],
            ].sort(),
        );
    });
});
