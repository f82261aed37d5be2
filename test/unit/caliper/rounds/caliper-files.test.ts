import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { CaliperFiles } from '../../../../caliper/rounds/caliper-files';
import { newCaliperFiles } from '../../../../caliper/rounds/caliper-files';
import { readLoadPlan, workerPlanOf } from '../../../../caliper/rounds/load-plan';
import { planRounds } from '../../../../caliper/rounds/plan-rounds';
import { writeCaliperFiles } from '../../../../caliper/rounds/write-caliper-files';
import { shareTerminals } from '../../../../caliper/terminals/share-terminals';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

describe('the files of a start of Caliper', () => {
    let network: Network;
    let directory: string;
    let files: CaliperFiles;
    const readYaml = (file: string): unknown => parse(readFileSync(file, 'utf8'));

    beforeAll(async () => {
        network = await loadNetwork('wireless');
        directory = mkdtempSync(join(tmpdir(), 'files-'));
        const [run] = planRounds({ network, suite: 'default', connector: 'grid', rates: [20], transactions: 20 }).runs;
        if (run === undefined) throw new TypeError('nothing planned');
        const holders = new Set(shareTerminals(network).flatMap(({ gateways }) => gateways));
        files = newCaliperFiles({
            directory,
            projectRoot: '/project',
            run,
            plan: {
                network,
                asLocalhost: false,
                recordsDirectory: join(directory, 'records'),
                relayUrls: { '4g': 'http://127.0.0.1:4000' },
                switches: [],
            },
            connector: 'grid',
            connectionProfiles: Object.fromEntries(network.organizations.map(({ mspId }) => [mspId, { name: mspId }])),
            identities: [...holders].map(({ id, mspId }) => ({
                name: id,
                mspId,
                certificatePem: `certificate of ${id}`,
                privateKeyPem: `key of ${id}`,
            })),
        });
        await writeCaliperFiles(files.files);
    });
    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('name rounds, rates, workload and recorder for Caliper', () => {
        expect(readYaml(files.benchmarkFile)).toMatchObject({
            test: {
                workers: { number: 5 },
                rounds: [
                    {
                        label: 'wireless-displacement-50',
                        rateControl: { opts: { tps: 50 } },
                        workload: { module: '/project/caliper/workloads/report-displacement.ts' },
                    },
                    {
                        label: 'wireless-set-20',
                        txNumber: 20,
                        rateControl: { type: 'fixed-rate', opts: { tps: 20 } },
                        workload: { module: '/project/caliper/workloads/set-reading.ts' },
                    },
                    { label: 'wireless-query-20', workload: { module: '/project/caliper/workloads/query-newest.ts' } },
                ],
            },
            monitors: { transaction: [{ module: '/project/caliper/connector/record-transactions.ts' }] },
        });
    });

    it('name our connector by its path, with every identity that holds a gateway', () => {
        const file = readYaml(files.networkFile) as {
            caliper: { blockchain: string };
            organizations: { mspid: string; identities: { certificates: { name: string }[] } }[];
        };
        expect(file.caliper.blockchain).toBe('/project/caliper/connector/connector.ts');
        const names = file.organizations.flatMap(({ identities }) => identities.certificates.map(({ name }) => name));
        const holders = network.terminals.filter(
            ({ medium, isConcentrator }) => medium !== 'lte-230' || isConcentrator,
        );
        expect(names.sort()).toEqual(holders.map(({ id }) => id).sort());
    });

    it("give Caliper's own connector only what the worker speaks for", () => {
        const file = files.networkFile.replace('.yaml', '-worker-4.yaml');
        const text = readFileSync(file, 'utf8');
        const concentrators = network.terminals.filter((one) => one.medium === 'lte-230' && one.isConcentrator);
        for (const { id } of concentrators) expect(text).toContain(`key of ${id}`);
        expect(text.match(/key of/g)).toHaveLength(concentrators.length);
    });

    it("start one worker for the main station, which is the dispatcher's desk", () => {
        const { runs } = planRounds({ network, suite: 'default', connector: 'grid', transactions: 20 });
        const run = runs.find(({ party }) => party === 'main-station');
        if (run === undefined) throw new TypeError('nothing planned');
        const plan = {
            network: { ...network, workers: [] },
            asLocalhost: false,
            recordsDirectory: '/r',
            relayUrls: {},
        };
        const { files: written, ...names } = newCaliperFiles({
            directory: '/d',
            projectRoot: '/project',
            run,
            plan: { ...plan, switches: [] },
            connector: 'grid',
            connectionProfiles: { DispatchMSP: {} },
            identities: [{ name: 'dispatcher', mspId: 'DispatchMSP', certificatePem: 'c', privateKeyPem: 'k' }],
        });
        const contentOf = (path: string): unknown => written.find((one) => one.path === path)?.content;
        expect(contentOf(names.benchmarkFile)).toMatchObject({
            test: {
                workers: { number: 1 },
                rounds: [
                    {
                        label: 'wireless-control-10',
                        txNumber: 20,
                        workload: { module: '/project/caliper/workloads/control-switch.ts' },
                    },
                ],
            },
        });
        expect(contentOf(names.networkFile)).toMatchObject({
            caliper: { blockchain: '/project/caliper/connector/main-station-connector.ts' },
            organizations: [{ mspid: 'DispatchMSP', identities: { certificates: [{ name: 'dispatcher' }] } }],
        });
    });

    it('keep private keys to their owner', () => {
        expect(statSync(files.networkFile).mode & 0o077).toBe(0);
        expect(statSync(files.networkFile.replace('.yaml', '-worker-0.yaml')).mode & 0o077).toBe(0);
    });

    it('tell each worker its medium, its relay and its terminals', () => {
        const file = join(directory, 'load-plan.json');
        const plan = readLoadPlan(file);
        expect(workerPlanOf(plan, file, 2)).toMatchObject({
            medium: { name: '4g', requestTimeoutMs: 10_000 },
            relayUrl: 'http://127.0.0.1:4000',
        });
        const spokenFor = network.workers.flatMap((_, worker) => workerPlanOf(plan, file, worker).share.terminals);
        expect(spokenFor.map(({ terminal }) => terminal.id).sort()).toEqual(
            network.terminals.map(({ id }) => id).sort(),
        );
    });

    it('are refused when they are no load plan, or have no such worker: LOAD_PLAN_UNREADABLE', () => {
        const file = join(directory, 'load-plan.json');
        expect(() => workerPlanOf(readLoadPlan(file), file, 5)).toThrow(/5 workers, and Caliper started number 6/);
        expect(() => readLoadPlan(files.benchmarkFile)).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'LOAD_PLAN_UNREADABLE' }) }),
        );
    });
});
