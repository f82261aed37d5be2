import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rolesCalls } from '../../chaincode/src/roles/roles-api';
import { isListening } from '../../network/admin/read-operations';
import type { RunningNetwork } from '../../network/backends/running-network';
import { waitUntil } from '../../network/backends/wait-until';
import { projectRoot } from '../../network/topology/project-root';
import { newChaincodePackage } from '../../network/wire/chaincode-package';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { describeOn, embedded, native } from '../support/back-ends';
import { missingTools, OrganizationTools, runTool, type ToolResult } from '../support/fabric-tools';
import { freePorts } from '../support/free-ports';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const chaincodeDirectory = join(projectRoot, 'chaincode');
/** Beside the network's own chaincode, on the same channel. */
const byHand = 'by-hand';

/** Everything that a tool printed; what it says when all is well goes to either of its outputs. */
function said({ stdout, stderr }: ToolResult): string {
    return stdout + stderr;
}

const missing = missingTools('peer');
const skipped = missing.length > 0 ? { skipped: 'skipped: peer not found in FABRIC_BIN or on PATH' } : {};

for (const backEnd of [embedded, native].map((each) => ({ ...each, ...skipped }))) {
    describeOn(backEnd, `Fabric’s own peer, on ${backEnd.title},`, () => {
        const folder = mkdtempSync(join(tmpdir(), 'peer-cli-'));
        const services: ChildProcess[] = [];
        let started: TestNetwork;
        let running: RunningNetwork;
        let organizations: OrganizationTools[] = [];
        let first: OrganizationTools;

        beforeAll(async () => {
            started = await startTestNetwork(await aNetworkOnFreePorts(), { backEnd });
            running = started.running;
            organizations = running.network.organizations.map((each) => new OrganizationTools(running, each));
            [first] = organizations as [OrganizationTools];
        });
        afterAll(async () => {
            for (const service of services) service.kill('SIGKILL');
            await started.stop();
            rmSync(folder, { recursive: true, force: true });
        });

        it('tells channels, heights, packages and definitions to our administrators', async () => {
            const { channel, chaincode } = running.network;
            expect(said(await first.peer('channel', 'list'))).toContain(channel.name);
            const info = said(await first.peer('channel', 'getinfo', '-c', channel.name));
            expect(info).toMatch(/Blockchain info: \{"height":\d+,/);
            const installed = said(await first.peer('lifecycle', 'chaincode', 'queryinstalled'));
            const { host, port } = first.organization.chaincodeService;
            expect(installed).toContain(newChaincodePackage(chaincode.label, { address: `${host}:${port}` }).id);
            const committed = await first.peer('lifecycle', 'chaincode', 'querycommitted', '-C', channel.name);
            expect(said(committed)).toContain(
                `Name: ${chaincode.name}, Version: ${chaincode.version}, Sequence: ${chaincode.sequence}`,
            );
            const approved = await first.peer(
                ...['lifecycle', 'chaincode', 'queryapproved', '-C', channel.name, '--name', chaincode.name],
            );
            expect(said(approved)).toContain(`sequence: ${chaincode.sequence}, version: ${chaincode.version}`);
        });

        it('installs a package made here under the id that was told in advance, and gives it back', async () => {
            const made = newChaincodePackage('made_here', { address: '127.0.0.1:9' });
            const file = join(folder, 'made-here.tar.gz');
            writeFileSync(file, made.bytes);
            const installed = await first.peer('lifecycle', 'chaincode', 'install', file);
            expect(said(installed)).toContain(`Chaincode code package identifier: ${made.id}`);
            const id = await first.peer('lifecycle', 'chaincode', 'calculatepackageid', file);
            expect(id.stdout.trim()).toBe(made.id);
            const again = await first.peer('lifecycle', 'chaincode', 'install', file);
            expect(again.status).toBe(1);
            expect(said(again)).toContain('chaincode already successfully installed');
            const back = await first.peer(
                ...['lifecycle', 'chaincode', 'getinstalledpackage', '--package-id', made.id],
                ...['--output-directory', folder],
            );
            expect(said(back)).toBe('');
        });

        it('deploys chaincode/ a second time, step by step as deployCC of fabric-samples does', async () => {
            const { name } = running.network.channel;
            const definition = ['--channelID', name, '--name', byHand, '--version', '1.0', '--sequence', '1'];
            const ports = await freePorts(organizations.length);
            for (const [index, organization] of organizations.entries()) {
                const address = `127.0.0.1:${ports[index] ?? 0}`;
                const file = await packageByHand(address, String(index));
                const installed = said(await organization.peer('lifecycle', 'chaincode', 'install', file));
                const id = /Chaincode code package identifier: (\S+)/.exec(installed)?.[1] ?? installed;
                expect(said(await organization.peer('lifecycle', 'chaincode', 'queryinstalled'))).toContain(id);
                services.push(startService(address, id));
                await waitUntil(() => isListening('127.0.0.1', ports[index] ?? 0), {
                    deadlineMs: 15_000,
                    forWhat: 'the chaincode to listen',
                });
                const approved = await organization.peer(
                    ...['lifecycle', 'chaincode', 'approveformyorg', ...organization.throughOrderer],
                    ...[...definition, '--package-id', id],
                );
                expect(said(approved)).toContain('committed with status (VALID)');
                const readiness = await organization.peer(
                    ...['lifecycle', 'chaincode', 'checkcommitreadiness', ...definition, '--output', 'json'],
                );
                const { approvals } = JSON.parse(readiness.stdout) as { approvals: Record<string, boolean> };
                expect(Object.values(approvals).filter(Boolean)).toHaveLength(index + 1);
            }
            const everyPeer = organizations.flatMap(({ peerAddress, tlsRootFile }) => [
                ...['--peerAddresses', peerAddress, '--tlsRootCertFiles', tlsRootFile],
            ]);
            const committed = await first.peer(
                ...['lifecycle', 'chaincode', 'commit', ...first.throughOrderer, ...definition, ...everyPeer],
            );
            expect(said(committed).match(/committed with status \(VALID\)/g)).toHaveLength(organizations.length);
            const queried = await first.peer(
                ...['lifecycle', 'chaincode', 'querycommitted', '-C', name, '--name', byHand],
            );
            expect(said(queried)).toContain('Approvals: [DispatchMSP: true, PrimaryMSP: true, SwitchingMSP: true]');

            const holders = rolesCalls.assignRoles(running.network.roleHolders);
            const target = ['-C', name, '-n', byHand];
            const invoked = await first.peer(
                ...['chaincode', 'invoke', ...first.throughOrderer, ...target, ...everyPeer],
                ...['--waitForEvent', '-c', newInput(holders)],
            );
            expect(said(invoked)).toContain('Chaincode invoke successful. result: status:200');
            const asked = await organizations[1]?.peer(
                ...['chaincode', 'query', ...target, '-c', newInput(rolesCalls.queryRoles())],
            );
            expect(JSON.parse(asked?.stdout ?? '')).toMatchObject({ assignedByMspId: 'DispatchMSP', schemaVersion: 1 });
        });

        /** As deployCCAAS does it: connection.json within code.tar.gz, beside metadata.json. */
        async function packageByHand(address: string, name: string): Promise<string> {
            const place = join(folder, `package-${name}`);
            mkdirSync(place);
            writeFileSync(
                join(place, 'connection.json'),
                JSON.stringify({ address, dial_timeout: '10s', tls_required: false }),
            );
            writeFileSync(join(place, 'metadata.json'), JSON.stringify({ type: 'ccaas', label: `feeder_${name}` }));
            const file = join(place, 'feeder.tar.gz');
            for (const args of [
                ['-C', place, '-czf', join(place, 'code.tar.gz'), 'connection.json'],
                ['-C', place, '-czf', file, 'metadata.json', 'code.tar.gz'],
            ]) {
                expect(await runTool('tar', args)).toMatchObject({ status: 0 });
            }
            return file;
        }
    });
}

/** What `npm run start:server` runs. */
function startService(address: string, id: string): ChildProcess {
    const { resolve } = createRequire(join(chaincodeDirectory, 'package.json'));
    const shim = join(dirname(resolve('fabric-shim/package.json')), 'cli.js');
    const args = [shim, 'server', '--chaincode-address', address, '--chaincode-id', id];
    return spawn(process.execPath, args, { cwd: chaincodeDirectory, stdio: 'ignore' });
}

/** The input of `peer chaincode`, which knows functions of contracts by `contract:transaction`. */
function newInput({ contract, transaction, args }: ReturnType<typeof rolesCalls.queryRoles>): string {
    return JSON.stringify({ Args: [`${contract}:${transaction}`, ...args] });
}
