import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '@hyperledger/caliper-core';
import { TxStatus } from '@hyperledger/caliper-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorkloadModule as createQueries } from '../../../../caliper/workloads/query-newest';
import { createWorkloadModule as createSets } from '../../../../caliper/workloads/set-reading';
import type { TerminalWorkload } from '../../../../caliper/workloads/terminal-workload';
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
        const plan = { network, asLocalhost: false, recordsDirectory: directory, relayUrls: {} };
        writeFileSync(loadPlan, JSON.stringify(plan));
    });
    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    async function requestsOf(workload: TerminalWorkload, worker: number, count: number): Promise<Request[]> {
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

    it.each([[undefined], [{}], [{ loadPlan: 3 }], [{ loadPlan: 'a', more: 1 }]])(
        'refuse %j before anything is sent: ROUND_ARGUMENTS_INVALID',
        async (roundArguments) => {
            const started = createSets().initializeWorkloadModule(0, 5, 0, roundArguments, {} as Connector, undefined);
            await expect(started).rejects.toMatchObject({ fault: { code: 'ROUND_ARGUMENTS_INVALID' } });
        },
    );
});
