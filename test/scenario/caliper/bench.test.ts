import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { drillSteps } from '../../../caliper/drill/drill-record';
import type { RunReport } from '../../../caliper/report/run-record';
import { readReport } from '../../../caliper/report/write-report';
import { isProcessAlive } from '../../../network/backends/running-network';
import { waitUntil } from '../../../network/backends/wait-until';
import { writeSmallTopology } from '../../support/a-small-topology';
import { describeOnEachBackEnd } from '../../support/back-ends';
import { processesOf, processTree, startBench } from '../../support/bench-process';

/** An office's settings: the one would take every connection past its link, the others lead nowhere. */
const officeProxies = {
    no_proxy: 'localhost,127.0.0.1',
    NO_PROXY: 'localhost',
    https_proxy: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
};

describeOnEachBackEnd('npm run bench', (backEnd) => {
    let folder: string;
    let short: string[];
    let where: string[];

    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'bench-'));
        // Below the ports that the system gives away, and seldom those of another test run on this machine.
        const topology = writeSmallTopology(folder, 20_000 + (process.pid % 100) * 100);
        where = ['--backend', backEnd.name, '--topology', topology];
        short = [...where, '--rates', '20', '--transactions', '20', '--output', join(folder, 'out')];
    });
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    /** A limit may be missed on a busy machine; nothing may be lost, and the rounds must have run. */
    function expectMeasured(code: number | string, text: string): void {
        if (code !== 0 && code !== 3) expect(`exit ${code}: ${text}`).toBe('exit 0 or 3');
    }

    /** A killed process is gone once the system has noticed. */
    async function expectGone(pids: readonly number[]): Promise<void> {
        const alive = (): number[] => pids.filter(isProcessAlive);
        const settled = { deadlineMs: 5_000, forWhat: 'all processes to be gone' };
        await waitUntil(() => alive().length === 0, settled).catch(() => undefined);
        expect(alive()).toEqual([]);
    }

    function expectWholeRounds(report: RunReport, labels: readonly string[]): void {
        expect(report.rounds.map(({ label }) => label)).toEqual(labels);
        for (const round of report.rounds) {
            expect(round).toMatchObject({
                medium: 'mixed',
                planned: 20,
                succeeded: 20,
                failed: 0,
                errors: [],
                lost: [],
            });
            expect(round.problem).toBeUndefined();
            expect(round.caliper).toMatchObject({ Succ: 20, Fail: 0 });
            const ofMedia = [...(round.byMedium ?? [])].sort((one, other) => (one.medium < other.medium ? -1 : 1));
            expect(ofMedia.map(({ medium, planned, succeeded }) => [medium, planned === succeeded])).toEqual([
                ['epon', true],
                ['fibre-ethernet', true],
            ]);
            // What crossed the links: nothing would, had the proxies of the office been obeyed.
            for (const { upPerTransaction, downPerTransaction } of round.bytes ?? []) {
                expect(upPerTransaction).toBeGreaterThan(800);
                expect(downPerTransaction).toBeGreaterThan(800);
            }
            expect(round.bytes).toHaveLength(2);
        }
    }

    function expectWholeDrill({ drills = [] }: RunReport): void {
        expect(drills.map(({ problem }) => problem)).toEqual([undefined]);
        expect(drills.flatMap(({ steps }) => steps.map(({ step }) => step))).toEqual(drillSteps);
    }

    const transactions = ['wired-set-20', 'wired-query-20'];
    const all = ['wired-displacement-50', ...transactions, 'wired-control-4'];

    it('measures rounds over the links, whatever proxies an office has set, and leaves nothing running', async () => {
        const bench = startBench(short, officeProxies);
        const pid = bench.child.pid ?? 0;
        const seen = new Set<number>();
        const watch = setInterval(() => {
            for (const one of processTree(pid)) seen.add(one);
        }, 500);
        const code = await bench.ended;
        clearInterval(watch);
        expectMeasured(code, bench.text());
        const report = await readReport(join(folder, 'out', 'latest', 'report.json'));
        expectWholeRounds(report, all);
        expect(report).toMatchObject({ backend: backEnd.name, connector: 'grid', suite: 'default' });
        const [displacement, set, , control] = report.rounds;
        expect(set?.worst?.phases).toMatchObject({ endorseMs: expect.any(Number), commitMs: expect.any(Number) });
        expect(displacement).toMatchObject({ heard: 20, worst: { phases: { hearMs: expect.any(Number) } } });
        expect(Object.keys(control?.worst?.phases ?? {})).toEqual(['selectMs', 'answerMs', 'operateMs', 'outcomeMs']);
        // Measured on whole acts; a busy machine may have been too slow to send as fast as asked.
        expect(report.verdicts.map(({ id, evidence, rateTps }) => [id, evidence, rateTps])).toEqual([
            ['switch-displacement', 'measured', 50],
            ['remote-control', 'measured', 4],
            ['displacement-after-loss', 'measured', undefined],
            ['control-after-loss', 'measured', undefined],
        ]);
        expectWholeDrill(report);
        expect(set?.worst?.terminalId).toMatch(/^(DTU|TTU)-/);
        const roomMb = backEnd.name === 'embedded' ? 600 : 1_500;
        expect(report.topologies[0]?.networkPeakMemoryMb).toBeLessThan(roomMb);
        expect(seen.size).toBeGreaterThan(6);
        await expectGone([...seen]);
    }, 180_000);

    it("measures with Caliper's own connector as well", async () => {
        const bench = startBench([...short, '--connector', 'stock'], officeProxies);
        expectMeasured(await bench.ended, bench.text());
        const report = await readReport(join(folder, 'out', 'latest', 'report.json'));
        expect(report.connector).toBe('stock');
        expectWholeRounds(report, transactions);
        expect(report.topologies[0]?.leftOut?.map(({ label }) => label)).toEqual([
            'wired-displacement-50',
            'wired-control-4',
            'wired-drill',
        ]);
        expect(report.drills).toEqual([]);
    }, 180_000);

    it('leaves nothing running after Ctrl-C, and refuses a second start until then', async () => {
        const bench = startBench(short);
        const pid = bench.child.pid ?? 0;
        await waitUntil(() => bench.child.exitCode !== null || bench.text().includes('opening the gateways'), {
            deadlineMs: 90_000,
            forWhat: 'the rounds to begin',
            lastLines: () => bench.text().split('\n'),
        });
        const second = startBench(short);
        expect(await second.ended).toBe(2);
        expect(second.text()).toMatch(/A benchmark is running already \(process \d+\)/);
        // Manager and workers of Caliper, network and chaincodes.
        const tree = await waitUntil(() => [processTree(pid)].find(({ length }) => length >= 8), {
            deadlineMs: 60_000,
            forWhat: "Caliper's workers",
        });
        bench.child.kill('SIGINT');
        expect(await bench.ended).toBe(1);
        expect(bench.text()).toMatch(/Interrupted: the rounds were stopped/);
        await expectGone(tree);
    }, 180_000);

    it('leaves no terminal running after Ctrl-C while the acts are under way', async () => {
        const bench = startBench(short);
        const pid = bench.child.pid ?? 0;
        const terminals = await waitUntil(
            () => [processesOf(pid, 'terminal-process.ts')].find((it) => it.length === 2),
            {
                deadlineMs: 150_000,
                forWhat: 'the terminals of both media',
                lastLines: () => bench.text().split('\n'),
            },
        );
        const tree = processTree(pid);
        expect(tree).toEqual(expect.arrayContaining(terminals));
        bench.child.kill('SIGINT');
        expect(await bench.ended).toBe(1);
        expect(bench.text()).toMatch(/Interrupted: the rounds were stopped/);
        await expectGone(tree);
    }, 240_000);

    it('leaves nothing running after Ctrl-C while the main station is lost', async () => {
        const bench = startBench([...where, '--suite', 'drill', '--output', join(folder, 'out')]);
        const pid = bench.child.pid ?? 0;
        await waitUntil(() => bench.child.exitCode !== null || bench.text().includes('losing the main station'), {
            deadlineMs: 90_000,
            forWhat: 'the drill to begin',
            lastLines: () => bench.text().split('\n'),
        });
        await waitUntil(() => processesOf(pid, 'terminal-process.ts').length === 1, {
            deadlineMs: 30_000,
            forWhat: 'the terminal of the drill',
        });
        const tree = processTree(pid);
        bench.child.kill('SIGINT');
        expect(await bench.ended).toBe(1);
        expect(bench.text()).toMatch(/Interrupted: the rounds were stopped/);
        await expectGone(tree);
    }, 180_000);

    it('refuses a drill that cannot be played, in one sentence', async () => {
        const bench = startBench([...where, '--suite', 'drill', '--connector', 'stock']);
        expect(await bench.ended).toBe(2);
        expect(bench.text()).toBe("--connector is 'stock': give grid with --suite drill.\n");
    });
});
