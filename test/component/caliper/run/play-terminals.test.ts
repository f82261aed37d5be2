import '../../../../network/client/prepare-sdk';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigUtil } from '@hyperledger/caliper-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ControlRequest, MainStationConnector } from '../../../../caliper/connector/main-station-connector';
import { ConnectorFactory } from '../../../../caliper/connector/main-station-connector';
import type { ToldMore } from '../../../../caliper/connector/transaction-record';
import { statusKeys } from '../../../../caliper/connector/transaction-record';
import { newCaliperFiles } from '../../../../caliper/rounds/caliper-files';
import { planRounds } from '../../../../caliper/rounds/plan-rounds';
import { writeCaliperFiles } from '../../../../caliper/rounds/write-caliper-files';
import { LinkCheck } from '../../../../caliper/run/check-links';
import { openEar } from '../../../../caliper/run/hear-displacements';
import type { NetworkUnderTest } from '../../../../caliper/run/network-under-test';
import type { PlayOptions } from '../../../../caliper/run/play-terminals';
import { playTerminals } from '../../../../caliper/run/play-terminals';
import { proveActs } from '../../../../caliper/run/prove-acts';
import { startOnBackend } from '../../../../caliper/run/start-on-backend';
import { moveReport, readSwitches } from '../../../../caliper/terminals/switches';
import type { FleetSwitch } from '../../../../caliper/terminals/switches';
import type { TerminalGroup } from '../../../../caliper/terminals/terminal-group';
import { displacementCalls } from '../../../../chaincode/src/displacement/displacement-api';
import { cleanEnvironment } from '../../../../network/backends/clean-environment';
import { embeddedBackend } from '../../../../network/backends/embedded-backend';
import { isProcessAlive } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import type { GatewayConnection } from '../../../../network/client/connect-gateway';
import { connectGateway } from '../../../../network/client/connect-gateway';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { submitCall } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { identityNames } from '../../../../network/identities/identity';
import { machineClock } from '../../../../network/links/link-clock';
import type { Relay } from '../../../../network/links/relay';
import { startRelay } from '../../../../network/links/relay';
import { projectRoot } from '../../../../network/topology/project-root';
import { aTerminal } from '../../../support/a-network';
import { aControlledNetwork, epon } from '../../../support/scenario-network';

const latencyMs = 40;
const radio = { ...epon, name: 'radio', latencyMs, gatewayHolders: 'concentrators' } as const;
const byRadio = { medium: 'radio', bus: '7' };

describe('terminals in processes of their own', () => {
    let directory: string;
    let under: NetworkUnderTest;
    let dispatch: GatewayConnection;
    let switches: FleetSwitch[];
    let relays: Relay[];
    let links: LinkCheck;
    let groups: TerminalGroup[];
    let station: MainStationConnector;

    const connect = (name: string): Promise<GatewayConnection> =>
        connectGateway(under, findIdentity(under.identities, name), { clock: Date.now });
    const play = (changed: Partial<PlayOptions> = {}): Promise<TerminalGroup[]> => {
        const environment = cleanEnvironment(process.env);
        const signal = new AbortController().signal;
        return playTerminals({ under, switches, relays, directory, environment, signal, ...changed });
    };

    beforeAll(async () => {
        directory = mkdtempSync(join(tmpdir(), 'acts-'));
        const controlled = await aControlledNetwork();
        const network = {
            ...controlled,
            media: [epon, radio],
            terminals: [
                ...controlled.terminals,
                { ...aTerminal('DTU-B007', 'PrimaryMSP'), ...byRadio, isConcentrator: true },
                { ...aTerminal('FTU-S007', 'PrimaryMSP'), ...byRadio, concentrators: ['DTU-B007'] },
            ],
            workers: [{ medium: 'epon' }],
            limits: { ...controlled.limits, remoteControlRateTps: 0.8 },
        };
        under = await startOnBackend(embeddedBackend, process.env)(network, join(directory, 'network'));
        await provisionNetwork(under, under.identities);
        dispatch = await connect(identityNames.reader('dispatch'));
        await proveActs({ network, acts: new Set(['displacement', 'control']), connect });
        switches = await readSwitches(dispatch, network);
        relays = await Promise.all(
            network.media.map((medium) =>
                startRelay({ medium, clock: machineClock, random: () => 0.5, targets: under.nodes }),
            ),
        );
        links = new LinkCheck(under.observe, relays);
        await links.begin();
        groups = await play();
        await links.waitUntilCrossed();
        station = await openStation();
        await station.getContext();
        await links.begin();
    }, 180_000);
    afterAll(async () => {
        station.close();
        await Promise.all(groups.map((group) => group.stop()));
        await Promise.all(relays.map((relay) => relay.stop()));
        dispatch.close();
        await under.stop();
        rmSync(directory, { recursive: true });
    });

    /** As Caliper's worker does. */
    async function openStation(): Promise<MainStationConnector> {
        const plan = planRounds({ network: under.network, suite: 'default', connector: 'grid', transactions: 4 });
        const run = plan.runs.find(({ party }) => party === 'main-station');
        if (run === undefined) throw new TypeError('nothing planned');
        const files = newCaliperFiles({
            directory,
            projectRoot,
            run,
            plan: {
                network: { ...under.network, workers: [] },
                asLocalhost: false,
                recordsDirectory: directory,
                relayUrls: {},
                switches,
            },
            connector: 'grid',
            connectionProfiles: under.connectionProfiles,
            identities: [findIdentity(under.identities, identityNames.dispatcher)],
        });
        await writeCaliperFiles(files.files);
        ConfigUtil.set(ConfigUtil.keys.NetworkConfig, files.networkFile);
        return ConnectorFactory(0);
    }

    const control = async (terminalId: string, deviceId = 'Q0', value: 'on' | 'off' = 'off'): Promise<Told> => {
        const medium = switches.find((one) => one.terminalId === terminalId)?.medium ?? '';
        const request: ControlRequest = {
            medium,
            selection: { terminalId, deviceId, command: { type: 'double', value } },
        };
        const status = await station.sendRequests(request);
        const told = status.Get(statusKeys.told) as ToldMore;
        const [createdMs, finishedMs] = [status.GetTimeCreate(), status.GetTimeFinal()];
        return { ok: status.IsCommitted(), id: status.GetID(), createdMs, finishedMs, ...told };
    };

    it('begin where the ledger says that their switches stand, after one proof of each act', () => {
        const proved = switches.find(({ nextSoe }) => nextSoe > 1);
        expect(proved).toMatchObject({ nextSoe: 3, position: 'off' });
        expect(switches.filter(({ nextSoe }) => nextSoe === 1)).toHaveLength(3);
    });

    it('answer the main station over their medium, also behind a concentrator, and nothing bypasses it', async () => {
        const acts = await Promise.all(['FTU-S001', 'DTU-B007', 'FTU-S007'].map((id) => control(id)));
        for (const { ok, id, terminalId, medium, ...times } of acts) {
            expect({ ok, terminalId }).toMatchObject({ ok: true });
            expect(id).toMatch(/^[0-9a-f]{64}$/);
            const { createdMs, selectedMs = 0, answeredMs = 0, operatedMs = 0, finishedMs } = times;
            const points = [createdMs, selectedMs, answeredMs, operatedMs, finishedMs];
            expect(points).toEqual([...points].sort((one, other) => one - other));
            // The notice comes, the terminal asks and is answered, endorses and is answered, and orders.
            const least = medium === 'radio' ? 6 * latencyMs : 0;
            expect(answeredMs - selectedMs).toBeGreaterThan(least);
        }
        expect(await links.haveAllCrossed()).toBe(true);
        const carried = relays.map((relay) => [...relay.traffic().carried.values()].reduce((sum, one) => sum + one, 0));
        expect(Math.min(...carried)).toBeGreaterThan(0);
        // One gateway stands for both terminals of the radio.
        expect(groups.flatMap(({ failures }) => failures)).toEqual([]);
    });

    it('leave a failed act with the class of its failure', async () => {
        const { ok, code, terminalId } = await control('FTU-S001', 'Q9');
        expect({ ok, code, terminalId }).toEqual({ ok: false, code: 'DEVICE_UNKNOWN', terminalId: 'FTU-S001' });
    });

    it('are heard by the main station from the stamp of their report on, until it listens no longer', async () => {
        const ear = await openEar(() => connect(identityNames.reader('dispatch')));
        const terminal = await connect('FTU-S002');
        const own = switches.find(({ terminalId }) => terminalId === 'FTU-S002');
        const report = async (soe: number, timeMs: number): Promise<string> => {
            if (own === undefined) throw new TypeError('no such switch');
            const call = displacementCalls.reportDisplacement(moveReport({ ...own, nextSoe: soe }, 0, timeMs));
            return (await submitCall(terminal, call)).transactionId;
        };
        const heard = await report(500, Date.now() - 1_000);
        await waitUntil(() => ear.heard.has(heard), { deadlineMs: 10_000, forWhat: 'the displacement' });
        expect(ear.heard.get(heard)?.afterMs).toBeGreaterThanOrEqual(1_000);
        ear.close();
        ear.close();
        const unheard = await report(600, Date.now());
        expect(ear.heard.has(unheard)).toBe(false);
        terminal.close();
    });

    it('say why they cannot be played, and leave no process behind: TERMINALS_NOT_PLAYED', async () => {
        const nowhere = { ...under, connectionProfiles: {} };
        await expect(play({ under: nowhere })).rejects.toMatchObject({
            fault: { code: 'TERMINALS_NOT_PLAYED', why: expect.stringContaining('MSP') as unknown },
        });
    });

    it('are ended when the run is interrupted while they start: BENCH_INTERRUPTED', async () => {
        const controller = new AbortController();
        const started = play({ signal: controller.signal });
        controller.abort();
        await expect(started).rejects.toMatchObject({ fault: { code: 'BENCH_INTERRUPTED' } });
    });

    it('tell that their process ended by itself, with its last words', async () => {
        const [group] = groups;
        if (group === undefined) throw new TypeError('no terminals are played');
        writeFileSync(join(directory, 'terminals-epon.log'), 'out of memory\n');
        process.kill(group.pid, 'SIGKILL');
        await waitUntil(() => group.broken.aborted, { deadlineMs: 10_000, forWhat: 'the end to be told' });
        expect(group.broken.reason).toMatchObject({
            fault: {
                code: 'TERMINALS_NOT_PLAYED',
                medium: 'epon',
                why: expect.stringContaining('SIGKILL. out of') as unknown,
            },
        });
        expect(isProcessAlive(group.pid)).toBe(false);
    });
});

interface Told extends ToldMore {
    readonly ok: boolean;
    readonly id: string | undefined;
    readonly createdMs: number;
    readonly finishedMs: number;
}
