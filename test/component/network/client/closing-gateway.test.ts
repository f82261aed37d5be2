import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanEnvironment } from '../../../../network/backends/clean-environment';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { findIdentity } from '../../../../network/identities/find-identity';
import { projectRoot } from '../../../../network/topology/project-root';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { aMedium } from '../../../support/a-medium';
import { startGrpcServer, unaryPath } from '../../../support/a-grpc-server';
import { describeOnEachBackEnd } from '../../../support/back-ends';
import type { ClosingOrder } from '../../../support/closing-client-process';
import { startTestNetwork, type TestNetwork } from '../../../support/start-test-network';

const terminalId = 'DTU-B001';
const environment = { ...cleanEnvironment(process.env), CORE_CHAINCODE_LOGGING_LEVEL: 'error' };

/** How a process ended: by itself with exit code 0, or not within the time. */
async function endOf(child: ChildProcess, deadlineMs: number): Promise<'by itself' | 'not' | number | null> {
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(timer);
    if (signal === 'SIGKILL') return 'not';
    return code === 0 ? 'by itself' : code;
}

describeOnEachBackEnd('a gateway that is closed with calls under way', (backEnd) => {
    let started: TestNetwork;

    beforeAll(async () => {
        const terminals = [aTerminal(terminalId, 'PrimaryMSP')];
        started = await startTestNetwork(
            await aNetworkOnFreePorts({ media: [aMedium({ name: 'epon', clockToleranceMs: 5_000 })], terminals }),
            { backEnd },
        );
        await provisionNetwork(started.running, started.identities);
    });
    afterAll(() => started.stop());

    it('ends them, begins none after, and lets its process end; no address is sent as a TLS server name', async () => {
        const file = join(projectRoot, 'test', 'support', 'closing-client-process.ts');
        const preload = join(projectRoot, 'network', 'client', 'preload.cjs');
        const child = fork(file, [], {
            env: environment,
            execArgv: ['--require', preload],
            stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        });
        let told = '';
        child.stderr?.on('data', (text) => (told += String(text)));
        const outcomes = once(child, 'message');
        const ended = endOf(child, 60_000);
        const { network, connectionProfiles } = started.running;
        const order: ClosingOrder = {
            target: { network, connectionProfiles },
            terminal: findIdentity(started.identities, terminalId),
        };
        child.send(order);
        expect(await ended).toBe('by itself');
        const lost = 'CLIENT_UNREACHABLE';
        expect(await outcomes).toEqual([['rejected', 'rejected', lost, lost, 'rejected', lost], undefined]);
        expect(told).not.toContain('DEP0123');
    });
});

describe('the SDK’s gRPC', () => {
    // When this fails, the SDK brings a grpc-js that is mended, and network/client/sdk-calls.ts can go.
    it.each([
        ['without end', 'client.close();', 'not'],
        [
            'to its end, when it is ended before and the channel is closed in the next turn',
            'call.cancel(); setImmediate(() => client.close());',
            'by itself',
        ],
    ])('keeps a call that gets its connection after its channel was closed going %s', async (_what, close, end) => {
        const server = await startGrpcServer({});
        const { host, port, tls } = server.target;
        const grpc = createRequire(__filename).resolve('fabric-protos/grpc');
        const program = `
            const grpc = require(${JSON.stringify(grpc)});
            const asIs = (bytes) => bytes;
            const credentials = grpc.credentials.createSsl(Buffer.from(${JSON.stringify(tls.rootsPem)}));
            const options = { 'grpc.ssl_target_name_override': ${JSON.stringify(tls.serverName)} };
            const client = new grpc.Client('${host}:${port}', credentials, options);
            client.waitForReady(Date.now() + 20_000, (error) => {
                if (error) throw error;
                setImmediate(() => {
                    const call = client.makeUnaryRequest('${unaryPath}', asIs, asIs, Buffer.from('a'), () => undefined);
                    ${close}
                    setImmediate(() => setImmediate(() => process.exit(0)));
                });
            });`;
        const child = spawn(process.execPath, ['-e', program], { env: environment, stdio: 'ignore' });
        const ended = await endOf(child, 10_000);
        server.stop();
        expect(ended).toBe(end);
    });
});
