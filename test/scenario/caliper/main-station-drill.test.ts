import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { expectRefusal } from '../../../caliper/drill/drill-acts';
import { drillSchema, drillSteps, type DrillRecord } from '../../../caliper/drill/drill-record';
import { DrillWatch } from '../../../caliper/drill/drill-watch';
import { planDrill, type DrillParts } from '../../../caliper/drill/plan-drill';
import { runDrill, type DrillOptions } from '../../../caliper/drill/run-drill';
import type { NetworkUnderTest } from '../../../caliper/run/network-under-test';
import { startOnBackend } from '../../../caliper/run/start-on-backend';
import { switchesOf } from '../../../caliper/terminals/switches';
import { BackendError } from '../../../network/backends/backend-errors';
import { cleanEnvironment } from '../../../network/backends/clean-environment';
import type { ChangeNode } from '../../../network/backends/kill-organization';
import { connectGateway } from '../../../network/client/connect-gateway';
import { provisionNetwork } from '../../../network/client/provision-network';
import { findIdentity } from '../../../network/identities/find-identity';
import { identityNames } from '../../../network/identities/identity';
import { aTerminal } from '../../support/a-network';
import { describeOnEachBackEnd } from '../../support/back-ends';
import { processesOf } from '../../support/bench-process';
import { aControlledNetwork, epon } from '../../support/scenario-network';

const latencyMs = 40;
const radio = { ...epon, name: 'radio', latencyMs, gatewayHolders: 'concentrators' } as const;
const byRadio = { medium: 'radio', bus: '7' };

describeOnEachBackEnd('the drill of a benchmark', (backEnd) => {
    let directory: string;
    let under: NetworkUnderTest;
    let parts: DrillParts;

    beforeAll(async () => {
        directory = mkdtempSync(join(tmpdir(), 'drill-'));
        const controlled = await aControlledNetwork();
        const network = {
            ...controlled,
            media: [epon, radio],
            terminals: [
                ...controlled.terminals,
                { ...aTerminal('DTU-B007', 'PrimaryMSP'), ...byRadio, kind: 'TTU' as const, isConcentrator: true },
                { ...aTerminal('FTU-S007', 'PrimaryMSP'), ...byRadio, concentrators: ['DTU-B007'] },
            ],
        };
        under = await startOnBackend(backEnd.backend, process.env)(network, join(directory, 'network'));
        await provisionNetwork(under, under.identities);
        const plan = planDrill({ network, suite: 'drill', connector: 'grid' });
        if ('why' in plan) throw new TypeError(plan.why);
        ({ parts } = plan);
    }, 180_000);

    afterAll(async () => {
        await under.stop();
        rmSync(directory, { recursive: true });
    });

    const changeNode: ChangeNode = async (act, node) => {
        if (under.changeNode === undefined) throw new TypeError('its nodes cannot be changed');
        return under.changeNode(act, node);
    };

    async function drill(changed: Partial<DrillOptions> = {}): Promise<DrillRecord> {
        const environment = cleanEnvironment(process.env);
        const { signal } = new AbortController();
        const folder = join(directory, 'drill');
        return runDrill({ parts, under, changeNode, directory: folder, environment, signal, ...changed });
    }

    /** Another switch: that of the drill before may still be selected. */
    function partsAt(terminalId: string): DrillParts {
        const place = switchesOf(under.network).find((one) => one.terminalId === terminalId);
        if (place === undefined) throw new TypeError(`${terminalId} has no switch`);
        return { ...parts, place };
    }

    it('notices that somebody was not refused who should have been: DRILL_STEP_FAILED', async () => {
        const dispatcher = await connectGateway(under, findIdentity(under.identities, identityNames.dispatcher));
        const watch = new DrillWatch(Date.now, new AbortController().signal);
        const selection = {
            terminalId: 'FTU-S002',
            deviceId: 'Q0',
            command: { type: 'double', value: 'off' },
        } as const;
        await expect(
            expectRefusal(watch, 'select-refused', dispatcher, { selection, holder: 'PrimaryMSP' }),
        ).rejects.toMatchObject({ fault: { code: 'DRILL_STEP_FAILED', step: 'select-refused' } });
        dispatcher.close();
    });

    it('loses the dispatch centre, has a substation carry on, and has the dispatch centre come back', async () => {
        const record = await drill();
        expect(record.problem).toBeUndefined();
        expect(drillSchema.parse(record)).toEqual(record);
        expect(record).toMatchObject({
            topology: 'small',
            terminalId: 'FTU-S007',
            medium: 'radio',
            crossesMedium: true,
            takenOverBy: 'primary',
            approvedBy: 'switching',
        });
        const nodes = ['orderer', 'peer0', 'chaincode'].map((node) => `${node}.dispatch.feeder.example`);
        const embedded = backEnd.name === 'embedded';
        expect(record.killed).toEqual(embedded ? nodes.slice(1) : nodes);
        expect(record.left.map(({ node }) => node)).toEqual(embedded ? nodes.slice(0, 1) : []);
        expect(typeof record.ledOrdering).toBe(embedded ? 'undefined' : 'boolean');
        expect(record.steps.map(({ step }) => step)).toEqual(drillSteps);
        const sinceLoss = record.steps.map(({ sinceLossMs }) => sinceLossMs);
        expect(sinceLoss).toEqual([...sinceLoss].sort((one, other) => one - other));
        const took = new Map(record.steps.map(({ step, tookMs }) => [step, tookMs]));
        // A report is endorsed, ordered and heard of; a control asks the terminal for two answers besides.
        expect(took.get('displacement-heard')).toBeGreaterThan(2 * latencyMs);
        expect(took.get('control-completed')).toBeGreaterThan(8 * latencyMs);
        expect(took.get('displacement-heard')).toBeLessThan(under.network.limits.displacementMs);
        expect(await under.whyEnded()).toBeUndefined();
        expect(processesOf(process.pid, 'terminal-process.ts')).toEqual([]);
    }, 120_000);

    it('ends at once when the run is interrupted in the middle, and leaves no terminal: BENCH_INTERRUPTED', async () => {
        const controller = new AbortController();
        const stuck: ChangeNode = async (act, node) => {
            if (act !== 'kill') return changeNode(act, node);
            controller.abort();
            return new Promise(() => undefined);
        };
        const interrupted = drill({
            parts: partsAt('DTU-B007'),
            changeNode: stuck,
            signal: controller.signal,
        });
        await expect(interrupted).rejects.toMatchObject({ fault: { code: 'BENCH_INTERRUPTED' } });
        expect(processesOf(process.pid, 'terminal-process.ts')).toEqual([]);
    }, 120_000);

    it('keeps what went well when it does not come to its end, and says why', async () => {
        const refusing: ChangeNode = async (act, node) => {
            if (act !== 'start' || !node.includes('.dispatch.')) return changeNode(act, node);
            throw new BackendError({ code: 'NODE_NOT_CHANGED', node, act, reason: 'the site is dark' });
        };
        const record = await drill({ parts: partsAt('FTU-S001'), changeNode: refusing });
        expect(record.steps.map(({ step }) => step)).toEqual(drillSteps.slice(0, 5));
        expect(record.killed.length).toBeGreaterThan(1);
        expect(record.problem).toMatch(/^Waiting for step dispatch-returned: .*the site is dark/);
    }, 120_000);

    it('is a problem, and no more, when it cannot even begin', async () => {
        // Of two orderers neither can be spared for an election.
        const leaderless = { ...under, raftLeader: () => Promise.resolve(undefined) };
        const record = await drill({ under: leaderless, parts: partsAt('FTU-S002') });
        expect(record).toMatchObject({ killed: [], left: [], steps: [] });
        expect(record.problem).toMatch(/^Waiting for /);
    }, 120_000);
});
