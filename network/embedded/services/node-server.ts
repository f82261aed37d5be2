import { createServer } from 'node:net';
import type { Server as SocketServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { ServiceError } from './services-errors';
import { UnresetConnections } from './unreset-connections';

/** Where a node listens and what it shows to clients. */
export interface NodeServerOptions {
    /** DNS name of the node, for messages. */
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly tlsCertificatePem: string;
    readonly tlsPrivateKeyPem: string;
    /** Issuer of the certificate. Clients are not asked for theirs; without it the system's roots would be loaded. */
    readonly tlsRootPem: string;
}

/** Fabric v2.5.16: internal/pkg/comm/config.go, MaxRecvMsgSize. */
const maxMessageBytes = 100 * 1024 * 1024;

/**
 * The gRPC server of one node. It accepts the connections and ends TLS itself, so that they can be counted and freed of
 * needless resets.
 */
export class NodeServer {
    readonly #options: NodeServerOptions;
    readonly #grpc = new Server({
        'grpc.max_receive_message_length': maxMessageBytes,
        'grpc.max_send_message_length': maxMessageBytes,
        'grpc.enable_channelz': 0,
    });
    readonly #connections = new Set<Socket>();
    #listener: SocketServer | undefined;
    #unreset: UnresetConnections | undefined;
    #accepted = 0;

    constructor(options: NodeServerOptions) {
        this.#options = options;
    }

    add(methods: ServiceDefinition, implementation: UntypedServiceImplementation): void {
        this.#grpc.addService(methods, implementation);
    }

    /** Connections accepted since the start, open or closed. */
    get acceptedConnections(): number {
        return this.#accepted;
    }

    /** Listens; throws PORT_IN_USE or CANNOT_LISTEN. */
    async start(): Promise<void> {
        const { name, host, port, tlsCertificatePem, tlsPrivateKeyPem, tlsRootPem } = this.#options;
        const injector = this.#grpc.createConnectionInjector(ServerCredentials.createInsecure());
        const connections = new UnresetConnections((socket) => {
            injector.injectConnection(socket);
        });
        this.#unreset = connections;
        await connections.start();
        const listener = createTlsServer(
            { noDelay: true, ALPNProtocols: ['h2'], key: tlsPrivateKeyPem, cert: tlsCertificatePem, ca: tlsRootPem },
            (socket) => {
                connections.accept(socket);
            },
        );
        listener.on('connection', (socket: Socket) => {
            this.#accepted += 1;
            this.#connections.add(socket);
            socket.once('close', () => {
                this.#connections.delete(socket);
            });
        });
        this.#listener = listener;
        try {
            await listen(listener, { name, host, port });
        } catch (error) {
            await connections.stop();
            throw error;
        }
    }

    /** Closes at once whatever is open. */
    async stop(): Promise<void> {
        const listener = this.#listener;
        this.#listener = undefined;
        this.#grpc.forceShutdown();
        await this.#unreset?.stop();
        for (const socket of this.#connections) {
            socket.destroy();
        }
        if (listener?.listening) {
            await new Promise<void>((resolve) => {
                listener.close(() => {
                    resolve();
                });
            });
        }
    }
}

/** Listens on a port for a node; throws PORT_IN_USE or CANNOT_LISTEN. */
export async function listen(
    listener: Pick<SocketServer, 'once' | 'listen' | 'removeListener'>,
    { name, host, port }: Pick<NodeServerOptions, 'name' | 'host' | 'port'>,
): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        const failed = (cause: NodeJS.ErrnoException): void => {
            const fault =
                cause.code === 'EADDRINUSE'
                    ? ({ code: 'PORT_IN_USE', node: name, host, port } as const)
                    : ({ code: 'CANNOT_LISTEN', node: name, host, port, reason: cause.message } as const);
            reject(new ServiceError(fault, { cause }));
        };
        listener.once('error', failed);
        listener.listen(port, host, () => {
            listener.removeListener('error', failed);
            resolve();
        });
    });
}

/** Throws PORT_IN_USE or CANNOT_LISTEN when a program started next could not listen there. */
export async function requireFreePort(place: Pick<NodeServerOptions, 'name' | 'host' | 'port'>): Promise<void> {
    const probe = createServer();
    await listen(probe, place);
    await new Promise<void>((resolve) => {
        probe.close(() => {
            resolve();
        });
    });
}
