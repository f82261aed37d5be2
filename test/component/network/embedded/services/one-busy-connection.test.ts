import { dirname } from 'node:path';
import type { Client, credentials, ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { NodeServer, type NodeServerOptions } from '../../../../../network/embedded/services/node-server';
import { rawMethod } from '../../../../../network/embedded/services/raw-method';
import { issueIdentities } from '../../../../../network/identities/issue-identities';
import { runInFlight } from '../../../../../caliper/capacity/run-in-flight';
import { aNetwork } from '../../../../support/a-network';
import { freePorts } from '../../../../support/free-ports';

interface GrpcOfTheSdk {
    readonly Client: typeof Client;
    readonly credentials: typeof credentials;
}

/** fabric-network's own gRPC client: it resets the stream of every call that has had its answer. */
const sdk = jest.requireActual<GrpcOfTheSdk>(
    require.resolve('@grpc/grpc-js', { paths: [dirname(require.resolve('fabric-protos'))] }),
);

const name = 'peer0.dispatch.feeder.example';
const host = '127.0.0.1';
const path = '/test.Echo/Echo';
const asIs = (bytes: Buffer): Buffer => bytes;

async function issueTls(): Promise<Pick<NodeServerOptions, 'tlsCertificatePem' | 'tlsPrivateKeyPem' | 'tlsRootPem'>> {
    const { organizations } = await issueIdentities(aNetwork(), { now: new Date() });
    const { peers, tlsCa } = organizations['DispatchMSP'] ?? {};
    const { tlsCertificatePem = '', tlsPrivateKeyPem = '' } = peers?.[name] ?? {};
    return { tlsCertificatePem, tlsPrivateKeyPem, tlsRootPem: tlsCa?.certificatePem ?? '' };
}

describe('one connection of fabric-network to an embedded node', () => {
    const closes: (() => Promise<void> | void)[] = [];
    afterEach(async () => {
        for (const close of closes.splice(0).reverse()) await close();
    });

    it('carries thousands of calls: more resets than Node accepts of a client', async () => {
        const tls = await issueTls();
        const [port = 0] = await freePorts(1);
        const server = new NodeServer({ name, host, port, ...tls });
        server.add(
            { Echo: rawMethod(path, 'unary') },
            {
                Echo: (call: { readonly request: Buffer }, answer: (error: null, bytes: Buffer) => void) => {
                    answer(null, call.request);
                },
            },
        );
        closes.push(() => server.stop());
        await server.start();
        const client = new sdk.Client(`${host}:${port}`, sdk.credentials.createSsl(Buffer.from(tls.tlsRootPem)), {
            'grpc.ssl_target_name_override': name,
        });
        closes.push(() => {
            client.close();
        });
        const echo = (index: number): Promise<number> =>
            new Promise((resolve, reject) => {
                const answered = (error: ServiceError | null, bytes?: Buffer): void => {
                    if (error) reject(error);
                    else resolve(bytes?.readUInt32BE() ?? -1);
                };
                const bytes = Buffer.alloc(4);
                bytes.writeUInt32BE(index);
                client.makeUnaryRequest(path, asIs, asIs, bytes, answered);
            });
        let equal = 0;
        await runInFlight({ total: 4000, inFlight: 100 }, async (index) => {
            if ((await echo(index)) === index) equal += 1;
        });
        expect(equal).toBe(4000);
        expect(server.acceptedConnections).toBe(1);
    });
});
