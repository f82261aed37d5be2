import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { dockerBackend } from '../../../../network/backends/docker/docker-backend';
import { findRunningNetwork } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { upgradeNetwork } from '../../../../network/backends/upgrade-network';
import { connectGateway } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { submitCall } from '../../../../network/client/submit-call';
import { chaincodeImage, projectName } from '../../../../network/generate/compose-names';
import { findIdentity } from '../../../../network/identities/find-identity';
import { readIdentities } from '../../../../network/identities/identity-store';
import type { Medium, Organization, PeerNode } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';

const isWanted = process.env['FEEDER_TEST_DOCKER'] !== undefined;
const describeOnDocker = isWanted ? describe : describe.skip;
const skipped = isWanted ? '' : ' (skipped: FEEDER_TEST_DOCKER is not set)';
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

function docker(...args: readonly string[]): { status: number | null; lines: string[] } {
    const { status, stdout } = spawnSync('docker', args, { encoding: 'utf8' });
    return { status, lines: stdout.split('\n').filter((line) => line !== '') };
}

describeOnDocker(`the Docker back end${skipped}`, () => {
    let folder = '';
    let running: RunningNetwork;

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'docker-backend-'));
        const network = await aNetworkOnFreePorts({
            media: [epon],
            terminals: [aTerminal(terminalId, 'PrimaryMSP')],
        });
        running = await dockerBackend.start(network, {
            runDirectory: join(folder, 'run'),
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        });
    }, 600_000);
    afterAll(async () => {
        await dockerBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    }, 120_000);

    it('is up when start returns: six nodes of one height, each peer with its chaincode', async () => {
        const { nodes, stateIn, memoryMb } = await dockerBackend.status(running);
        expect(stateIn).toBe('volumes');
        expect(memoryMb).toBeGreaterThan(50);
        expect(nodes).toHaveLength(6);
        expect(new Set(nodes.map(({ height }) => height)).size).toBe(1);
        expect(nodes.filter(({ hasChaincode }) => hasChaincode)).toHaveLength(3);
        expect(await dockerBackend.whyEnded(running)).toBeUndefined();
    });

    /** Sets a voltage as the terminal does, and reads it back. */
    async function carry(value: number): Promise<unknown> {
        const identities = await readIdentities(running.identitiesDirectory);
        const gateway = await connectGateway(running, findIdentity(identities, terminalId));
        try {
            const reading = { terminalId, timeMs: Date.now(), type: 'voltage', value, unit: 'kV' } as const;
            await submitCall(gateway, measurementCalls.set({ ...reading, quality: 'valid' }));
            return await evaluateCall(gateway, measurementCalls.query(terminalId));
        } finally {
            gateway.close();
        }
    }

    it('carries a reading from a terminal to its reader', async () => {
        await provisionNetwork(running, await readIdentities(running.identitiesDirectory));
        expect(await carry(10.2)).toMatchObject({ newest: { value: 10.2 } });
    });

    it('carries on after an upgrade: the packages of the next sequence name services that peers can dial', async () => {
        const { definition, changed } = await upgradeNetwork(running, {
            version: '0.2.0',
            chaincodeDirectory: join(projectRoot, 'chaincode'),
        });
        expect([definition.sequence, changed]).toEqual([2, true]);
        expect(await carry(10.3)).toMatchObject({ newest: { value: 10.3 } });
    }, 300_000);

    it('refuses a container of the business plane at every operations and administration port', () => {
        const { network } = running;
        const dial =
            "const [host, port] = process.argv.slice(1); require('net').connect(port, host)" +
            ".once('connect', () => { console.log('open'); process.exit(0); })" +
            ".once('error', ({ code }) => { console.log(code); process.exit(0); })";
        const from = (plane: string, host: string, port: number): string | undefined => {
            const container = ['run', '--rm', '--network', `${projectName(network)}_${plane}`, chaincodeImage(network)];
            return docker(...container, 'node', '-e', dial, host, String(port)).lines[0];
        };
        const [{ orderer, peers }] = network.organizations as [Organization];
        const [peer] = peers as [PeerNode];
        expect(from('business', peer.name, peer.port)).toBe('open');
        expect(from('business', peer.name, peer.operationsPort)).toBe('ECONNREFUSED');
        expect(from('business', orderer.name, orderer.operationsPort)).toBe('ECONNREFUSED');
        expect(from('business', orderer.name, orderer.adminPort)).toBe('ECONNREFUSED');
        expect(from('management', `management.${peer.name}`, peer.operationsPort)).toBe('open');
    }, 120_000);

    it('tells a node that stands still, with its last lines (NODE_ENDED)', async () => {
        const name = `label=com.docker.compose.project=${projectName(running.network)}`;
        const [id = ''] = docker('ps', '-q', '--filter', name, '--filter', 'name=primary-peer0').lines;
        docker('kill', id);
        const fault = { code: 'NODE_ENDED', node: 'primary-peer0' };
        expect((await dockerBackend.whyEnded(running))?.fault).toMatchObject(fault);
        docker('start', id);
    });

    it('leaves no container, network or volume when it is stopped', async () => {
        const name = projectName(running.network);
        const label = ['--filter', `label=com.docker.compose.project=${name}`];
        expect(docker('volume', 'ls', '-q', ...label).lines).not.toEqual([]);
        await dockerBackend.stop(running);
        expect(docker('ps', '-aq', ...label).lines).toEqual([]);
        expect(docker('network', 'ls', '-q', ...label).lines).toEqual([]);
        expect(docker('volume', 'ls', '-q', ...label).lines).toEqual([]);
        expect(await findRunningNetwork(running.runDirectory)).toBeUndefined();
    }, 120_000);
});
