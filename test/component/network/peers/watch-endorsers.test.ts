import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { nativeBackend } from '../../../../network/backends/native/native-backend';
import { refreshRunningNetwork } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { ClientError } from '../../../../network/client/client-errors';
import { connectGateway, type GatewayConnection } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { trySubmit } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import { readIdentities } from '../../../../network/identities/identity-store';
import { watchEndorsers } from '../../../../network/peers/watch-endorsers';
import { readWatch } from '../../../../network/peers/watch-record';
import type { Medium, Network, PeerNode } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { anOrganization, aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { fabricBinaries, skippedWithoutFabric } from '../../../support/on-fabric';

const describeOnFabric = fabricBinaries ? describe : describe.skip;
const terminalId = 'DTU-B004';
const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};

/** Three organisations; primary has a backup, as its topology would declare it. */
async function aNetworkWithABackup(): Promise<Network> {
    const primary = anOrganization('primary', 7070);
    const [endorser] = primary.peers as [PeerNode];
    return aNetworkOnFreePorts({
        media: [epon],
        terminals: [aTerminal(terminalId, 'PrimaryMSP')],
        organizations: [
            anOrganization('dispatch', 7050),
            { ...primary, peers: [endorser, { ...endorser, role: 'backup', name: `peer1.${primary.domain}` }] },
            anOrganization('switching', 7090),
        ],
    });
}

describeOnFabric(`endorsers of a native network that is watched${skippedWithoutFabric}`, () => {
    let folder = '';
    let running: RunningNetwork;
    let identities: NetworkIdentities;
    let watching: Promise<void>;
    const lines: string[] = [];
    const announced: number[] = [];
    let value = 0;

    const told = async (line: RegExp, count = 1): Promise<string> =>
        waitUntil(() => lines.filter((each) => line.test(each))[count - 1], {
            deadlineMs: 90_000,
            forWhat: `${String(line)} in the watch's log`,
            lastLines: () => lines,
        });
    const peersOf = async (mspId: string): Promise<Record<string, string>> => {
        const { network } = await refreshRunningNetwork(running);
        const own = network.organizations.find((organization) => organization.mspId === mspId);
        return Object.fromEntries(own?.peers.map(({ name, role }) => [name, role]) ?? []);
    };
    const connect = async (): Promise<GatewayConnection> =>
        connectGateway(await refreshRunningNetwork(running), findIdentity(identities, terminalId));
    /** None while its organisation has no endorser that serves: a client's profile names its own organisation's. */
    const tryConnect = async (): Promise<GatewayConnection | undefined> =>
        connect().catch((error: unknown) => {
            if (error instanceof ClientError && error.fault.code === 'CLIENT_UNREACHABLE') return undefined;
            throw error;
        });
    /** Sets one after the other, as a client that looks the network up again when something fails. */
    const keepSettingUntil = async (isOver: () => boolean): Promise<void> => {
        while (!isOver()) {
            const gateway = await tryConnect();
            if (gateway === undefined) continue;
            try {
                for (let isWell = true; isWell && !isOver(); value += 1) {
                    const reading = { terminalId, type: 'voltage', unit: 'kV', quality: 'valid' } as const;
                    const call = measurementCalls.set({ ...reading, timeMs: Date.now(), value });
                    isWell = (await trySubmit(gateway, call)).committed;
                    if (isWell) announced.push(value);
                }
            } finally {
                gateway.close();
            }
        }
    };

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'watch-endorsers-'));
        running = await nativeBackend.start(await aNetworkWithABackup(), {
            runDirectory: join(folder, 'run'),
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        });
        identities = await readIdentities(running.identitiesDirectory);
        await provisionNetwork(running, identities);
        watching = watchEndorsers(running, {
            afterMs: 5_000,
            nowMs: () => performance.now(),
            log: (line) => lines.push(line),
        });
        await told(/is replaced by its backup/);
    });
    afterAll(async () => {
        await nativeBackend.stop(running);
        await watching;
        rmSync(folder, { recursive: true, force: true });
    });

    it('are watched by one at a time, whom the run directory names', async () => {
        expect(await readWatch(running.runDirectory)).toMatchObject({ pid: process.pid, afterMs: 5_000 });
        await expect(
            watchEndorsers(running, { afterMs: 1_000, nowMs: () => 0, log: () => undefined }),
        ).rejects.toMatchObject({ fault: { code: 'ALREADY_WATCHED' } });
    });

    it('are left alone when they are stopped on purpose, and replaced by their backup when they fail, while sets go on', async () => {
        await nativeBackend.change(running, 'stop', 'peer0.dispatch');
        let isOver = false;
        const setting = keepSettingUntil(() => isOver);
        try {
            await waitUntil(() => announced.length > 3, { deadlineMs: 30_000, forWhat: 'first sets' });
            await nativeBackend.change(running, 'start', 'peer0.dispatch');
            expect(lines).toHaveLength(1);
            await nativeBackend.change(running, 'kill', 'peer0.primary');
            expect(await told(/is the new backup/)).toMatch(
                /^peer2\.primary\.feeder\.example is the new .* \(\d+\.\d s\)$/,
            );
        } finally {
            isOver = true;
            await setting;
        }
        expect(lines.slice(1).map((line) => line.replace(/ \(.*/, ''))).toEqual([
            'peer0.primary.feeder.example is lost: its process ended',
            'peer0.primary.feeder.example is ended for certain',
            'peer1.primary.feeder.example, its backup, has every block and endorses in its place',
            'no peer names peer0.primary.feeder.example to clients any more',
            'peer2.primary.feeder.example is the new backup, with every block',
        ]);
        expect(await peersOf('PrimaryMSP')).toEqual({
            'peer1.primary.feeder.example': 'endorser',
            'peer2.primary.feeder.example': 'backup',
        });
        const gateway = await connect();
        try {
            const history: number[] = [];
            let bookmark = '';
            do {
                const call = measurementCalls.queryHistory({ terminalId, pageSize: 100, bookmark });
                const page = (await evaluateCall(gateway, call)) as Page<{ readonly value: number }>;
                history.push(...page.items.map((item) => item.value));
                bookmark = page.bookmark;
            } while (bookmark !== '');
            expect(history).toEqual(expect.arrayContaining(announced));
        } finally {
            gateway.close();
        }
    });

    it('are told once, and nothing is done, where no backup exists', async () => {
        const before = lines.length;
        await nativeBackend.change(running, 'kill', 'peer0.switching');
        expect(await told(/switching was not helped/)).toMatch(/switching has no backup that serves; make one/);
        // Meanwhile it goes on looking, and helps where it can: by the second loss switching was seen several times.
        await nativeBackend.change(running, 'kill', 'peer1.primary');
        await told(/^peer3\.primary.* is the new backup/);
        const ofSwitching = lines.slice(before).filter((line) => line.includes('switching'));
        expect(ofSwitching.filter((line) => line.includes('was not helped'))).toHaveLength(1);
        expect(await peersOf('SwitchingMSP')).toEqual({ 'peer0.switching.feeder.example': 'endorser' });
    });

    it('are watched no more when the network is down', async () => {
        await nativeBackend.stop(running);
        await watching;
        expect(lines.at(-1)).toBe('the network is down, and the watch has ended');
        expect(await readWatch(running.runDirectory)).toBeUndefined();
    });
});
