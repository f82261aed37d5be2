import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { AdminSession } from '../../../../network/admin/admin-session';
import { newChaincodePackage } from '../../../../network/wire/chaincode-package';
import { deployChaincode } from '../../../../network/admin/deploy-chaincode';
import { joinOrderer } from '../../../../network/admin/join-orderer';
import { joinPeer } from '../../../../network/admin/join-peer';
import { chaincodeAddress } from '../../../../network/backends/native/chaincode-server-process';
import { nativeBackend } from '../../../../network/backends/native/native-backend';
import type { StartOptions } from '../../../../network/backends/network-backend';
import { findRunningNetwork, isProcessAlive, runFiles } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { connectGateway } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { submitCall } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { readIdentities } from '../../../../network/identities/identity-store';
import type { Medium } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { aTerminal } from '../../../support/a-network';
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

describeOnFabric(`the native back end${skippedWithoutFabric}`, () => {
    let folder = '';
    const optionsFor = (name: string, more: Partial<StartOptions> = {}): StartOptions => ({
        runDirectory: join(folder, name),
        chaincodeDirectory: join(projectRoot, 'chaincode'),
        environment: process.env,
        now: new Date(),
        endsWithStarter: true,
        ...more,
    });
    const allPids = ({ networkPid, chaincodePids, nodePids = {} }: RunningNetwork): number[] => [
        networkPid,
        ...chaincodePids,
        ...Object.values(nodePids),
    ];
    const allGone = async (gone: RunningNetwork): Promise<boolean> =>
        waitUntil(() => !allPids(gone).some(isProcessAlive), {
            deadlineMs: 10_000,
            forWhat: 'all processes of the network to be gone',
        });
    const aSmallNetwork = async (): ReturnType<typeof aNetworkOnFreePorts> =>
        aNetworkOnFreePorts({ media: [epon], terminals: [aTerminal(terminalId, 'PrimaryMSP')] });
    let running: RunningNetwork;

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'native-backend-'));
        running = await nativeBackend.start(await aSmallNetwork(), optionsFor('first'));
    });
    afterAll(async () => {
        await nativeBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    it('is up when start returns: every node has the chaincode’s definition, every peer its chaincode', async () => {
        const status = await nativeBackend.status(running);
        expect(status.stateIn).toBe('disk');
        expect(status.memoryMb).toBeGreaterThan(100);
        expect(status.nodes).toHaveLength(6);
        expect(new Set(status.nodes.map(({ height }) => height)).size).toBe(1);
        expect(status.nodes[0]?.height).toBeGreaterThanOrEqual(3);
        expect(status.nodes.filter(({ hasChaincode }) => hasChaincode)).toHaveLength(3);
        expect(await findRunningNetwork(running.runDirectory)).toEqual(running);
        expect(await nativeBackend.whyEnded(running)).toBeUndefined();
    });

    it('carries a reading from a terminal to its reader', async () => {
        const identities = await readIdentities(running.identitiesDirectory);
        expect(await provisionNetwork(running, identities)).toMatchObject({ rolesAssigned: true, registered: 1 });
        const gateway = await connectGateway(running, findIdentity(identities, terminalId));
        try {
            const reading = { terminalId, timeMs: Date.now(), type: 'voltage', value: 10.2, unit: 'kV' } as const;
            await submitCall(gateway, measurementCalls.set({ ...reading, quality: 'valid' }));
            const answer = await evaluateCall(gateway, measurementCalls.query(terminalId));
            expect(answer).toMatchObject({ newest: { value: 10.2, reporter: terminalId } });
        } finally {
            gateway.close();
        }
    });

    it('finds what is there in a second run of the administrators’ steps, and takes the next sequence', async () => {
        const { network } = running;
        const session = new AdminSession({
            network,
            identities: await readIdentities(running.identitiesDirectory),
            waitUntil,
            nowMs: () => Date.now(),
            newNonce: () => randomBytes(24),
            deadlineMs: 10_000,
        });
        const genesisBlock = readFileSync(runFiles.genesisBlock(running.runDirectory));
        const packages = Object.fromEntries(
            network.organizations.map((organization) => [
                organization.mspId,
                newChaincodePackage(network.chaincode.label, { address: chaincodeAddress(organization) }),
            ]),
        );
        const deploy = async (version: string, sequence: number): Promise<boolean> =>
            deployChaincode(session, { ...network.chaincode, version, sequence }, packages);
        try {
            const joined = await Promise.all([
                ...network.organizations.map((organization) => joinOrderer(session, organization, genesisBlock)),
                ...session.peers.map((peer) => joinPeer(session, peer, genesisBlock)),
            ]);
            expect(joined).toEqual(Array(6).fill(false));
            expect(await deploy('1', 1)).toBe(false);
            await expect(deploy('2', 1)).rejects.toMatchObject({ fault: { code: 'CHAINCODE_DEFINITION_CONFLICT' } });
            expect(await deploy('2', 2)).toBe(true);
            await expect(deploy('2', 4)).rejects.toThrow('Give a changed definition sequence 3.');
        } finally {
            session.close();
        }
    });

    it('refuses a second start in the same run directory (NETWORK_ALREADY_UP)', async () => {
        const second = nativeBackend.start(running.network, optionsFor('first'));
        await expect(second).rejects.toMatchObject({ fault: { code: 'NETWORK_ALREADY_UP', pid: running.networkPid } });
    });

    it('names the port and the node when a port is in use (PORT_IN_USE)', async () => {
        const started = nativeBackend.start(running.network, optionsFor('second'));
        await expect(started).rejects.toMatchObject({
            fault: { code: 'NETWORK_NOT_STARTED', causeCode: 'PORT_IN_USE' },
        });
        await expect(started).rejects.toThrow(/Port \d+ is in use: .* where \w+\.\w+\.feeder\.example should/);
    });

    it('tells a node that does not start, with what it logged last (NODE_ENDED)', async () => {
        const folderOfBroken = join(folder, 'broken');
        mkdirSync(folderOfBroken);
        for (const name of ['orderer', 'peer']) {
            const say =
                `#!/bin/sh\nif [ "$1" = version ]; then printf '${name}:\\n Version: v2.5.16\\n'; exit; fi\n` +
                'echo "panic: out of order" >&2\nexit 3\n';
            writeFileSync(join(folderOfBroken, name), say, { mode: 0o755 });
        }
        const environment = { ...process.env, FABRIC_BIN: folderOfBroken };
        const started = nativeBackend.start(await aSmallNetwork(), optionsFor('third', { environment }));
        await expect(started).rejects.toMatchObject({ fault: { causeCode: 'NODE_ENDED' } });
        await expect(started).rejects.toThrow(/ended by itself \(status 3\); its log is .*\.log\.[^]*out of order/);
    });

    it('tells leaders from followers, and what each process uses of the machine', async () => {
        const { nodes, chaincodes = [] } = await nativeBackend.status(running);
        const orderers = nodes.filter(({ kind }) => kind === 'orderer');
        expect(orderers.map(({ raft }) => raft).sort()).toEqual(['follower', 'follower', 'leader']);
        expect(nodes.filter(({ kind }) => kind === 'peer').map(({ role }) => role)).toEqual(Array(3).fill('endorser'));
        expect(chaincodes).toHaveLength(3);
        for (const process of [...nodes, ...chaincodes]) {
            expect(process).toMatchObject({ state: 'up', pid: running.nodePids?.[process.name] });
            expect(process.memoryMb).toBeGreaterThan(10);
        }
    });

    it('stops, kills and starts single nodes; a stopped one is not taken for one that ended by itself', async () => {
        const [orderer = '', peer = ''] = running.network.organizations
            .slice(1)
            .flatMap((organization, index) =>
                index === 0 ? [organization.orderer.name] : organization.peers.map(({ name }) => name),
            );
        expect(await nativeBackend.change(running, 'kill', orderer)).toEqual({ node: orderer, changed: true });
        const shortName = peer.split('.').slice(0, 2).join('.');
        expect(await nativeBackend.change(running, 'stop', shortName)).toEqual({ node: peer, changed: true });
        expect(await nativeBackend.change(running, 'stop', peer)).toEqual({ node: peer, changed: false });
        const { nodes } = await nativeBackend.status(running);
        const stopped = nodes.filter(({ state }) => state === 'stopped');
        expect(stopped.map(({ name }) => name).sort()).toEqual([orderer, peer].sort());
        expect(await nativeBackend.whyEnded(running)).toBeUndefined();
        for (const name of [orderer, peer]) {
            const { changed, pid = 0 } = await nativeBackend.change(running, 'start', name);
            expect([changed, isProcessAlive(pid)]).toEqual([true, true]);
        }
        expect(nativeBackend.logOf(running, peer)).toBe(runFiles.nodeLog(running.runDirectory, peer));
        await expect(nativeBackend.change(running, 'stop', 'peer0.swiching')).rejects.toMatchObject({
            fault: { code: 'NODE_UNKNOWN', near: ['peer0.switching.feeder.example'] },
        });
    });

    it('tells which node ended by itself while the others go on', async () => {
        const { nodePids = {} } = (await findRunningNetwork(running.runDirectory)) ?? running;
        const [node = '', pid = 0] = Object.entries(nodePids).find(([name]) => name.startsWith('peer0.primary')) ?? [];
        process.kill(pid, 'SIGKILL');
        await waitUntil(() => !isProcessAlive(pid), { deadlineMs: 5_000, forWhat: `${node} to be gone` });
        expect((await nativeBackend.whyEnded(running))?.fault).toMatchObject({ code: 'NODE_ENDED', node });
        const { nodes } = await nativeBackend.status(running);
        expect(nodes.filter(({ height }) => height === undefined).map(({ name }) => name)).toEqual([node]);
    });

    it('leaves no process behind when its own is killed', async () => {
        process.kill(running.networkPid, 'SIGKILL');
        expect(await allGone(running)).toBe(true);
        expect((await nativeBackend.whyEnded(running))?.fault.code).toBe('NETWORK_ENDED');
        await expect(nativeBackend.status(running)).rejects.toMatchObject({ fault: { code: 'NETWORK_NOT_UP' } });
    });

    it('comes up again after that with its identities and its ledgers, where what was done is found', async () => {
        const again = await nativeBackend.start(running.network, optionsFor('first'));
        try {
            const identities = await readIdentities(again.identitiesDirectory);
            const found = await provisionNetwork(again, identities);
            expect(found).toEqual({ rolesAssigned: false, registered: 0, present: 1 });
            const gateway = await connectGateway(again, findIdentity(identities, terminalId));
            const answer = await evaluateCall(gateway, measurementCalls.query(terminalId));
            gateway.close();
            expect(answer).toMatchObject({ newest: { value: 10.2, reporter: terminalId } });
        } finally {
            await nativeBackend.stop(again);
        }
    });

    it('does not lay a network with other ports over the ledgers of the one that was there', async () => {
        const started = nativeBackend.start(await aSmallNetwork(), optionsFor('first'));
        await expect(started).rejects.toMatchObject({
            fault: { code: 'LEDGERS_OF_ANOTHER_NETWORK', differs: 'other ports' },
        });
    });

    it('begins anew when asked to, with a builder of its own where Fabric’s lies not beside, and goes down', async () => {
        const folderOfOthers = join(folder, 'wrapped');
        mkdirSync(folderOfOthers);
        for (const name of ['orderer', 'peer']) {
            const wrapper = `#!/bin/sh\nexec "${fabricBinaries ?? ''}/${name}" "$@"\n`;
            writeFileSync(join(folderOfOthers, name), wrapper, { mode: 0o755 });
        }
        const environment = { ...process.env, FABRIC_BIN: folderOfOthers };
        const again = await nativeBackend.start(running.network, optionsFor('first', { environment, fresh: true }));
        expect(await provisionNetwork(again, await readIdentities(again.identitiesDirectory))).toMatchObject({
            present: 0,
        });
        expect(existsSync(join(again.runDirectory, 'builders', 'ccaas', 'bin', 'detect'))).toBe(true);
        await nativeBackend.stop(again);
        expect(allPids(again).filter(isProcessAlive)).toEqual([]);
        expect(await findRunningNetwork(again.runDirectory)).toBeUndefined();
        await nativeBackend.stop(again);
    });
});
