import { describe, expect, it } from '@jest/globals';
import { callForms, prepareCall, type CallOptions, type PreparedCall } from '../../../../network/client/call-forms';
import { ClientError } from '../../../../network/client/client-errors';
import { aNetwork, aTerminal } from '../../../support/a-network';

const network = aNetwork({ terminals: [aTerminal('DTU-B004', 'DispatchMSP'), aTerminal('TTU-B117', 'PrimaryMSP')] });
const nowMs = Date.parse('2026-11-23T08:00:00Z');
const prepare = (transaction: string, options: CallOptions = {}, json?: string): PreparedCall =>
    prepareCall({ transaction, options, json }, { network, nowMs });
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

    it('takes a time in ISO 8601 or in milliseconds', () => {
        const iso = prepare('Set', { terminal: 'T', value: '1', time: '2026-11-23T07:59:00Z' });
        const ms = prepare('Set', { terminal: 'T', value: '1', time: String(nowMs - 60_000) });
        expect(inputOf(iso)).toEqual(inputOf(ms));
    });

    it('takes kind and location of a terminal that asks for access from the topology', () => {
        expect(inputOf(prepare('RequestAccess', { terminal: 'DTU-B004' }))).toEqual({
            terminalId: 'DTU-B004',
            kind: 'DTU',
            location: { site: 'bus 4', feeder: '1', bus: '4', medium: 'epon' },
            concentrators: [],
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

    it('has a form for every transaction of the contracts', () => {
        expect(Object.keys(callForms).sort()).toEqual(
            [
                ...['Set', 'SetBatch', 'Query', 'QueryHistory', 'QueryFeeder'],
                ...['RequestAccess', 'Confirm', 'Suspend', 'Resume', 'Retire', 'RequestRenewal', 'Renew'],
                ...['ChangeConcentrators', 'QueryTerminal', 'ListTerminals', 'ListRenewals'],
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
            ].sort(),
        );
    });
});
