import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isListening } from '../../../../network/admin/read-operations';
import { askForPeer } from '../../../../network/backends/ask-control';
import { BackendError } from '../../../../network/backends/backend-errors';
import { embeddedBackend } from '../../../../network/backends/embedded-backend';
import type { StartOptions } from '../../../../network/backends/network-backend';
import { findRunningNetwork, isProcessAlive } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { projectRoot } from '../../../../network/topology/project-root';
import type { Network } from '../../../../network/topology/network-model';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';

const support = join(projectRoot, 'test', 'support');
const crud = join(projectRoot, 'test', 'conformance', 'chaincodes', 'crud');

describe('the embedded back end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'embedded-backend-'));
    const optionsFor = (name: string, more: Partial<StartOptions> = {}): StartOptions => ({
        runDirectory: join(folder, name),
        chaincodeDirectory: crud,
        environment: process.env,
        now: new Date(),
        endsWithStarter: true,
        ...more,
    });
    const allGone = async (running: RunningNetwork): Promise<boolean> =>
        waitUntil(() => ![running.networkPid, ...running.chaincodePids].some(isProcessAlive), {
            deadlineMs: 10_000,
            forWhat: 'all processes of the network to be gone',
        });
    let network: Network;
    let running: RunningNetwork;

    beforeAll(async () => {
        network = await aNetworkOnFreePorts();
        // A dead office proxy, which must not be asked for the way to the loopback.
        const environment = { ...process.env, https_proxy: 'http://127.0.0.1:1', no_proxy: 'localhost' };
        running = await embeddedBackend.start(network, optionsFor('first', { environment }));
    });
    afterAll(async () => {
        await embeddedBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    it('is up when start returns: every node answers, every peer has its chaincode', async () => {
        const status = await embeddedBackend.status(running);
        expect(status.stateIn).toBe('memory');
        expect(status.nodes).toHaveLength(6);
        // The genesis block, the organisations' approvals of the chaincode, and its definition.
        expect(status.nodes.map(({ height }) => height)).toEqual([3, 3, 3, 3, 3, 3]);
        expect(status.nodes.every(({ hasChaincode }) => hasChaincode)).toBe(true);
        expect(running.chaincodePids).toHaveLength(3);
        expect(await findRunningNetwork(running.runDirectory)).toEqual(running);
    });

    it('stops a peer, whose listener closes, and starts it; a stop, a kill or a start is not done twice', async () => {
        const { name, host, port } = network.organizations[1]?.peers[0] ?? { name: '', host: '', port: 0 };
        expect(await isListening(host, port)).toBe(true);
        expect(await embeddedBackend.change(running, 'stop', 'peer0.primary')).toEqual({ node: name, changed: true });
        expect(await embeddedBackend.change(running, 'kill', name)).toEqual({ node: name, changed: false });
        expect(await isListening(host, port)).toBe(false);
        const stopped = (await embeddedBackend.status(running)).nodes.filter(({ state }) => state === 'stopped');
        expect(stopped.map((node) => node.name)).toEqual([name]);
        expect((await findRunningNetwork(running.runDirectory))?.stoppedNodes).toEqual([name]);
        expect(await embeddedBackend.change(running, 'start', name)).toEqual({ node: name, changed: true });
        expect(await embeddedBackend.change(running, 'start', name)).toEqual({ node: name, changed: false });
        expect(await isListening(host, port)).toBe(true);
        const { nodes } = await embeddedBackend.status(running);
        expect(nodes.every(({ state, hasChaincode }) => state === 'up' && hasChaincode)).toBe(true);
    });

    it('stops a chaincode service, which its organisation’s peer alone misses, and starts it', async () => {
        const name = network.organizations[1]?.chaincodeService.name ?? '';
        const without = async (): Promise<string[]> =>
            (await embeddedBackend.status(running)).nodes.filter((each) => !each.hasChaincode).map((each) => each.name);
        expect(await embeddedBackend.change(running, 'stop', 'chaincode.primary')).toEqual({
            node: name,
            changed: true,
        });
        expect(await embeddedBackend.change(running, 'kill', name)).toEqual({ node: name, changed: false });
        expect(await without()).toEqual(['peer0.primary.feeder.example']);
        const stopped = await findRunningNetwork(running.runDirectory);
        expect([stopped?.stoppedNodes, stopped?.chaincodePids.length]).toEqual([[name], 2]);
        expect(await embeddedBackend.change(running, 'start', name)).toEqual({ node: name, changed: true });
        expect(await embeddedBackend.change(running, 'start', name)).toEqual({ node: name, changed: false });
        expect(await without()).toEqual([]);
        running = (await findRunningNetwork(running.runDirectory)) ?? running;
        expect(running.chaincodePids).toHaveLength(3);
    });

    it('names the step that it lacks: an orderer of its own, a log of one node (NOT_ON_EMBEDDED)', async () => {
        await expect(embeddedBackend.change(running, 'stop', 'orderer.primary')).rejects.toMatchObject({
            fault: { code: 'NOT_ON_EMBEDDED', step: 'stop orderer.primary.feeder.example alone' },
        });
        expect(() => embeddedBackend.logOf(running, 'peer0.primary')).toThrow('all its nodes write one log');
        await expect(embeddedBackend.change(running, 'stop', 'peer0.nowhere')).rejects.toMatchObject({
            fault: { code: 'NODE_UNKNOWN', name: 'peer0.nowhere' },
        });
    });

    it('keeps its peers, whoever asks its process for others (NODE_NOT_CHANGED)', async () => {
        const name = network.organizations[1]?.peers[0]?.name ?? '';
        const fault = { code: 'NODE_NOT_CHANGED', node: name, act: 'drop' };
        await expect(askForPeer(running, { act: 'drop', name })).rejects.toMatchObject({ fault });
    });

    it('does nothing for who does not know its token (NETWORK_NOT_UP, NODE_NOT_CHANGED)', async () => {
        const { port = 0 } = running.control ?? {};
        const forged = { ...running, control: { port, token: 'guessed' } };
        await expect(embeddedBackend.change(forged, 'stop', 'peer0.primary')).rejects.toMatchObject({
            fault: { code: 'NODE_NOT_CHANGED', reason: 'the token is missing or wrong' },
        });
        await expect(embeddedBackend.status(forged)).rejects.toMatchObject({ fault: { code: 'NETWORK_NOT_UP' } });
    });

    it('refuses a second start in the same run directory (NETWORK_ALREADY_UP)', async () => {
        const second = embeddedBackend.start(network, optionsFor('first'));
        await expect(second).rejects.toMatchObject({ fault: { code: 'NETWORK_ALREADY_UP', pid: running.networkPid } });
        expect(await findRunningNetwork(running.runDirectory)).toBeDefined();
    });

    it('names the port and the node when a port is in use, and leaves nothing behind (PORT_IN_USE)', async () => {
        const options = optionsFor('second');
        const started = embeddedBackend.start(network, options);
        await expect(started).rejects.toBeInstanceOf(BackendError);
        await expect(started).rejects.toMatchObject({
            fault: { code: 'NETWORK_NOT_STARTED', causeCode: 'PORT_IN_USE' },
        });
        await expect(started).rejects.toThrow(
            /Port \d+ is in use: .* where (chaincode|orderer|peer0)\.\w+\.feeder\.example should/,
        );
        expect(await findRunningNetwork(options.runDirectory)).toBeUndefined();
        await embeddedBackend.status(running);
    });

    it('tells that nothing can be written where its files should go (RUN_DIRECTORY_UNUSABLE)', async () => {
        writeFileSync(join(folder, 'a-file'), '');
        const started = embeddedBackend.start(await aNetworkOnFreePorts(), optionsFor(join('a-file', 'run')));
        await expect(started).rejects.toMatchObject({ fault: { code: 'RUN_DIRECTORY_UNUSABLE' } });
        await expect(started).rejects.toThrow('make room or give access, and try again');
    });

    it('says so, too, when nothing but the port of one peer is taken', async () => {
        const other = await aNetworkOnFreePorts();
        const taken = network.organizations[0]?.peers[0]?.port ?? 0;
        const organizations = other.organizations.map((organization, index) => ({
            ...organization,
            peers: organization.peers.map((peer) => (index === 1 ? { ...peer, port: taken } : peer)),
        }));
        const started = embeddedBackend.start({ ...other, organizations }, optionsFor('second'));
        await expect(started).rejects.toThrow(
            `Port ${taken} is in use: another program listens on 127.0.0.1:${taken}, ` +
                'where peer0.primary.feeder.example should listen.',
        );
    });

    it('shows why a chaincode does not start (CHAINCODE_NOT_STARTED)', async () => {
        const options = optionsFor('third', { chaincodeDirectory: join(support, 'broken-chaincode') });
        const started = embeddedBackend.start(await aNetworkOnFreePorts(), options);
        await expect(started).rejects.toMatchObject({ fault: { causeCode: 'CHAINCODE_NOT_STARTED' } });
        await expect(started).rejects.toThrow(/The chaincode process chaincode\.\w+\.feeder\.example did not start/);
        await expect(started).rejects.toThrow('this chaincode cannot be loaded');
        expect(await findRunningNetwork(options.runDirectory)).toBeUndefined();
    });

    it('shows why the topology’s chaincode cannot be defined (DEFINITION_NOT_COMMITTED)', async () => {
        const other = await aNetworkOnFreePorts();
        const chaincode = { ...other.chaincode, name: 'bad name' };
        const started = embeddedBackend.start({ ...other, chaincode }, optionsFor('undefined'));
        await expect(started).rejects.toMatchObject({ fault: { causeCode: 'DEFINITION_NOT_COMMITTED' } });
        await expect(started).rejects.toThrow("invalid chaincode name 'bad name'");
    });

    it('ends with its starter, however that ends, when it was asked to', async () => {
        const starter = fork(join(support, 'start-and-wait.ts'), [], {
            cwd: projectRoot,
            execArgv: ['--require', 'ts-node/register/transpile-only'],
        });
        starter.send({ network: await aNetworkOnFreePorts(), options: optionsFor('fourth') });
        const started = await new Promise<RunningNetwork>((resolve) => {
            starter.once('message', (message) => {
                resolve(message as RunningNetwork);
            });
        });
        expect(isProcessAlive(started.networkPid)).toBe(true);
        starter.kill('SIGKILL');
        expect(await allGone(started)).toBe(true);
    });

    it('takes its chaincodes with it when it is killed', async () => {
        expect(await embeddedBackend.whyEnded(running)).toBeUndefined();
        process.kill(running.networkPid, 'SIGKILL');
        expect(await allGone(running)).toBe(true);
        expect((await embeddedBackend.whyEnded(running))?.fault).toMatchObject({
            code: 'NETWORK_ENDED',
            pid: running.networkPid,
        });
        expect(await findRunningNetwork(running.runDirectory)).toBeUndefined();
        await expect(embeddedBackend.status(running)).rejects.toMatchObject({ fault: { code: 'NETWORK_NOT_UP' } });
    });

    it('comes up again where a killed one lay, and goes down without a trace', async () => {
        const again = await embeddedBackend.start(network, optionsFor('first'));
        await embeddedBackend.stop(again);
        expect([again.networkPid, ...again.chaincodePids].filter(isProcessAlive)).toEqual([]);
        expect(await findRunningNetwork(again.runDirectory)).toBeUndefined();
        await embeddedBackend.stop(again);
    });
});
