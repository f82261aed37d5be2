import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../../network/backends/wait-until';
import { NodeServer, requireFreePort } from '../../../../../network/embedded/services/node-server';
import { OperationsService } from '../../../../../network/embedded/services/operations-service';
import { issueIdentities } from '../../../../../network/identities/issue-identities';
import { aNetwork } from '../../../../support/a-network';
import { freePorts } from '../../../../support/free-ports';

const host = '127.0.0.1';
const name = 'peer0.dispatch.feeder.example';

describe('a node that listens', () => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
        for (const stop of stops.splice(0)) await stop();
    });

    it('counts the connections it accepted, open or closed', async () => {
        const { organizations } = await issueIdentities(aNetwork(), { now: new Date() });
        const peer = organizations['DispatchMSP']?.peers[name];
        const [port = 0] = await freePorts(1);
        const server = new NodeServer({
            name,
            host,
            port,
            tlsCertificatePem: peer?.tlsCertificatePem ?? '',
            tlsPrivateKeyPem: peer?.tlsPrivateKeyPem ?? '',
            tlsRootPem: organizations['DispatchMSP']?.tlsCa.certificatePem ?? '',
        });
        stops.push(() => server.stop());
        await server.start();
        for (let count = 1; count <= 3; count++) {
            const socket = connect(port, host);
            await waitUntil(() => server.acceptedConnections === count, { deadlineMs: 2000, forWhat: 'a connection' });
            socket.destroy();
        }
        expect(server.acceptedConnections).toBe(3);
    });

    it('says which node wanted which port, and why it cannot have it (PORT_IN_USE, CANNOT_LISTEN)', async () => {
        const [port = 0] = await freePorts(1);
        const other = createServer().listen(port, host);
        stops.push(async () => {
            await new Promise((resolve) => other.close(resolve));
        });
        await waitUntil(() => other.listening, { deadlineMs: 2000, forWhat: 'the other program' });
        await expect(requireFreePort({ name, host, port })).rejects.toMatchObject({
            fault: { code: 'PORT_IN_USE', node: name, host, port },
        });
        const elsewhere = '203.0.113.1'; // RFC 5737: nobody's address
        await expect(requireFreePort({ name, host: elsewhere, port })).rejects.toMatchObject({
            fault: { code: 'CANNOT_LISTEN', node: name, host: elsewhere },
        });
    });

    it('answers for its health and version, and with 404 for what it does not have', async () => {
        const [port = 0] = await freePorts(1);
        const clock = { nowMs: () => Date.parse('2026-05-01T12:00:00Z') };
        const reads = { '/status': () => ({ height: 3 }) };
        const operations = new OperationsService({ name, host, port, clock, version: '1.2.3', reads });
        stops.push(() => operations.stop());
        await operations.start();
        const read = async (path: string): Promise<unknown> => (await fetch(`http://${host}:${port}${path}`)).json();
        expect(await read('/healthz')).toEqual({ status: 'OK', time: '2026-05-01T12:00:00.000Z' });
        expect(await read('/version')).toMatchObject({ Version: 'embedded-1.2.3' });
        expect(await read('/status')).toEqual({ height: 3 });
        expect((await fetch(`http://${host}:${port}/metrics`)).status).toBe(404);
    });
});
