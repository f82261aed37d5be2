import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector, WorkloadModuleBase } from '@hyperledger/caliper-core';
import { TxStatus } from '@hyperledger/caliper-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ControlRequest } from '../../../../caliper/connector/main-station-connector';
import { switchesOf } from '../../../../caliper/terminals/switches';
import { createWorkloadModule as createControls } from '../../../../caliper/workloads/control-switch';
import { createWorkloadModule as createQueries } from '../../../../caliper/workloads/query-newest';
import { createWorkloadModule as createDisplacements } from '../../../../caliper/workloads/report-displacement';
import { createWorkloadModule as createSets } from '../../../../caliper/workloads/set-reading';
import type { DisplacementInput } from '../../../../chaincode/src/displacement/displacement-api';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

interface Request {
    readonly contractFunction: string;
    readonly contractArguments: readonly string[];
    readonly readOnly: boolean;
    readonly invokerMspId: string;
    readonly invokerIdentity: string;
    readonly terminalId: string;
}

describe('workloads', () => {
    let network: Network;
    let directory: string;
    let loadPlan: string;

    beforeAll(async () => {
        network = await loadNetwork('wireless');
        directory = mkdtempSync(join(tmpdir(), 'workload-'));
        loadPlan = join(directory, 'load-plan.json');
        const switches = switchesOf(network).map((place) => ({ ...place, nextSoe: 11, position: 'on' }));
        const plan = { network, asLocalhost: false, recordsDirectory: directory, relayUrls: {}, switches };
        writeFileSync(loadPlan, JSON.stringify(plan));
    });
    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    async function requestsOf(workload: WorkloadModuleBase, worker: number, count: number): Promise<Request[]> {
        const requests: Request[] = [];
        const connector: Connector = {
            sendRequests: (request) => {
                requests.push(request as Request);
                return Promise.resolve(new TxStatus());
            },
            on: () => connector,
        };
        await workload.initializeWorkloadModule(worker, 5, 0, { loadPlan }, connector, undefined);
        for (let sent = 0; sent < count; sent += 1) await workload.submitTransaction();
        return requests;
    }
    const lte = (): Network['terminals'] => network.terminals.filter(({ medium }) => medium === 'lte-230');

    it('set a reading of each terminal in turn, by the concentrator where only it holds a gateway', async () => {
        const requests = await requestsOf(createSets(), 4, lte().length);
        expect(requests.map(({ terminalId }) => terminalId).sort()).toEqual(
            lte()
                .map(({ id }) => id)
                .sort(),
        );
        for (const request of requests) {
            expect(request).toMatchObject({ contractFunction: 'measurement:Set', readOnly: false });
            const terminal = lte().find(({ id }) => id === request.terminalId);
            const reporters = terminal?.isConcentrator ? [terminal.id] : (terminal?.concentrators ?? []);
            expect(reporters).toContain(request.invokerIdentity);
            const reading = JSON.parse(request.contractArguments[0] ?? '') as { terminalId: string; timeMs: number };
            expect(reading.terminalId).toBe(request.terminalId);
            expect(Math.abs(Date.now() - reading.timeMs)).toBeLessThan(5_000);
        }
    });

    it('set the same values again for the same seed', async () => {
        const values = async (): Promise<unknown[]> =>
            (await requestsOf(createSets(), 0, 20)).map(({ contractArguments: [text = ''] }) => {
                const { value, type } = JSON.parse(text) as { value: number; type: string };
                return [value, type];
            });
        expect(await values()).toEqual(await values());
    });

    it('query the newest reading of each terminal in turn', async () => {
        const requests = await requestsOf(createQueries(), 0, 3);
        for (const request of requests) {
            expect(request).toMatchObject({ contractFunction: 'measurement:Query', readOnly: true });
            expect(JSON.parse(request.contractArguments[0] ?? '')).toEqual({ terminalId: request.terminalId });
        }
        expect(new Set(requests.map(({ terminalId }) => terminalId)).size).toBe(3);
    });

    it('report a displacement of each terminal in turn, by itself: where only concentrators have gateways, by those', async () => {
        const holders = lte().filter(({ isConcentrator }) => isConcentrator);
        const requests = await requestsOf(createDisplacements(), 4, 3 * holders.length);
        const reports = requests.map(({ contractFunction, contractArguments, invokerIdentity, terminalId }) => {
            expect(contractFunction).toBe('displacement:ReportDisplacement');
            expect(invokerIdentity).toBe(terminalId);
            return JSON.parse(contractArguments[0] ?? '') as DisplacementInput;
        });
        for (const { id } of holders) {
            const own = reports.filter(({ terminalId }) => terminalId === id);
            expect(own.map(({ soe, position }) => [soe, position])).toEqual([
                [12, { type: 'double', state: 'off' }],
                [13, { type: 'double', state: 'on' }],
                [14, { type: 'double', state: 'off' }],
            ]);
        }
        expect(reports.every(({ timeMs }) => Math.abs(Date.now() - timeMs) < 5_000)).toBe(true);
    });

    it('control every switch in turn, never one again before all others, and each to where it does not stand', async () => {
        const count = switchesOf(network).length;
        const requests = (await requestsOf(createControls(), 0, 2 * count)) as unknown as ControlRequest[];
        const names = requests.map(({ selection }) => selection.terminalId);
        expect(new Set(names.slice(0, count)).size).toBe(count);
        expect(names.slice(count)).toEqual(names.slice(0, count));
        const values = requests.map(({ selection }) => selection.command.value);
        expect(new Set(values.slice(0, count))).toEqual(new Set(['off']));
        expect(new Set(values.slice(count))).toEqual(new Set(['on']));
        for (const { selection, medium } of requests) {
            expect(medium).toBe(network.terminals.find(({ id }) => id === selection.terminalId)?.medium);
        }
    });

    it.each([[undefined], [{}], [{ loadPlan: 3 }], [{ loadPlan: 'a', more: 1 }]])(
        'refuse %j before anything is sent: ROUND_ARGUMENTS_INVALID',
        async (roundArguments) => {
            const started = createSets().initializeWorkloadModule(0, 5, 0, roundArguments, {} as Connector, undefined);
            await expect(started).rejects.toMatchObject({ fault: { code: 'ROUND_ARGUMENTS_INVALID' } });
        },
    );
});
