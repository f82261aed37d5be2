import { expect, it } from '@jest/globals';
import { Client } from 'fabric-common';
import { tellRefusedNodes } from '../../../../network/client/tell-refused-nodes';
import { startGrpcServer } from '../../../support/a-grpc-server';
import { freePorts } from '../../../support/free-ports';

/** Far longer than a test may take: whoever waits it out fails. */
const longMs = 600_000;

function endpointAt(client: Client, url: string, more: object = {}): ReturnType<Client['newEndpoint']> {
    return client.newEndpoint({ url, 'grpc-wait-for-ready-timeout': longMs, ...more });
}

it('gives up a node of the SDK’s that refuses the connection, also when it is asked again', async () => {
    const client = new Client('refused');
    const [port = 0] = await freePorts(1);
    const orderer = tellRefusedNodes(client.newCommitter('orderer.primary'));
    const refused = { message: 'orderer.primary refuses the connection', connectFailed: true };
    await expect(orderer.connect(endpointAt(client, `grpc://127.0.0.1:${port}`))).rejects.toMatchObject(refused);
    expect(await orderer.checkConnection()).toBe(false);
    expect(orderer).toMatchObject({ connected: false, service: null });
});

it('connects one that takes the connection', async () => {
    const server = await startGrpcServer({});
    const { port, tls } = server.target;
    const named = { pem: tls.rootsPem, 'ssl-target-name-override': 'peer0.test' };
    try {
        const client = new Client('connected');
        const peer = tellRefusedNodes(client.newEndorser('peer0.primary'));
        await peer.connect(endpointAt(client, `grpcs://127.0.0.1:${port}`, named));
        expect(peer).toMatchObject({ connected: true });
        peer.disconnect();
    } finally {
        server.stop();
    }
});
