import { promisify } from 'node:util';
import {
    Server,
    ServerCredentials,
    type ServerDuplexStream,
    type ServerUnaryCall,
    type sendUnaryData,
} from '@grpc/grpc-js';
import type { GrpcTarget } from '../../network/grpc/dial';
import { rawMethod } from '../../network/embedded/services/raw-method';
import { CertificateAuthority } from '../../network/identities/certificate-authority';
import type { Authority } from '../../network/identities/identity';

export const unaryPath = '/test.Node/Ask';
export const streamPath = '/test.Node/Talk';

export interface GrpcBehaviour {
    readonly ask?: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => void;
    readonly talk?: (stream: ServerDuplexStream<Buffer, Buffer>) => void;
}

export interface GrpcServerUnderTest {
    /** How a client reaches it, its certificate and all. */
    readonly target: GrpcTarget & { readonly tls: NonNullable<GrpcTarget['tls']> };
    /** Ends every connection. */
    stop(): void;
}

const day = 86_400_000;
const validity = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) };

export async function aTlsAuthority(): Promise<Authority> {
    return CertificateAuthority.create('tlsca.test', 'test', validity);
}

/** A TLS server of raw messages on 127.0.0.1, whose certificate names `peer0.test` and the address. */
export async function startGrpcServer(
    { ask, talk }: GrpcBehaviour,
    { port = 0, authority, path = streamPath }: { port?: number; authority?: Authority; path?: string } = {},
): Promise<GrpcServerUnderTest> {
    const signedBy = authority ?? (await aTlsAuthority());
    const hosts = ['peer0.test', '127.0.0.1'];
    const issued = await new CertificateAuthority(signedBy).issueTls({ commonName: 'peer0.test', hosts }, validity);
    const server = new Server({ 'grpc.max_receive_message_length': -1 });
    server.addService(
        { Ask: rawMethod(unaryPath, 'unary'), Talk: rawMethod(path, 'stream') },
        {
            Ask:
                ask ??
                (({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
                    answer(null, request);
                }),
            Talk:
                talk ??
                ((stream: ServerDuplexStream<Buffer, Buffer>) => {
                    stream
                        .on('data', (message: Buffer) => stream.write(message))
                        .on('end', () => {
                            stream.end();
                        });
                }),
        },
    );
    const pair = { cert_chain: Buffer.from(issued.certificatePem), private_key: Buffer.from(issued.privateKeyPem) };
    const bound = await promisify(server.bindAsync.bind(server))(
        `127.0.0.1:${port}`,
        ServerCredentials.createSsl(null, [pair]),
    );
    return {
        target: {
            host: '127.0.0.1',
            port: bound,
            tls: { rootsPem: signedBy.certificatePem, serverName: 'peer0.test' },
        },
        stop: () => {
            server.forceShutdown();
        },
    };
}
