import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { AdminError } from './admin-errors';

/** A peer or an orderer as an administrator dials it. */
export interface NodeAddress {
    /** DNS name in its TLS certificate. */
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly tlsRootPem: string;
}

const asIs = (bytes: Buffer): Buffer => bytes;
const defaultDeadlineMs = 30_000;

/** One gRPC connection for each node; messages go in and come out as bytes. */
export class NodeConnections {
    readonly #clients = new Map<string, Client>();

    /** One request, one answer. Throws AdminError NODE_UNREACHABLE with gRPC's own words. */
    async call(node: NodeAddress, path: string, request: Buffer, deadlineMs = defaultDeadlineMs): Promise<Buffer> {
        const options = { deadline: Date.now() + deadlineMs, waitForReady: true };
        return new Promise((resolve, reject) => {
            this.#client(node).makeUnaryRequest(path, asIs, asIs, request, new Metadata(), options, (error, answer) => {
                if (error) reject(unreachable(node, error));
                else resolve(answer ?? Buffer.alloc(0));
            });
        });
    }

    /** Opens a stream, sends one message, and gives the first answer. Throws AdminError NODE_UNREACHABLE. */
    async exchange(node: NodeAddress, path: string, request: Buffer, deadlineMs = defaultDeadlineMs): Promise<Buffer> {
        const options = { deadline: Date.now() + deadlineMs, waitForReady: true };
        return new Promise((resolve, reject) => {
            const stream = this.#client(node).makeBidiStreamRequest(path, asIs, asIs, new Metadata(), options);
            stream.once('data', (answer: Buffer) => {
                resolve(answer);
                stream.end();
            });
            stream.on('error', (error: ServiceError) => {
                reject(unreachable(node, error));
            });
            stream.once('end', () => {
                reject(unreachable(node, { details: 'it ended the stream without an answer' }));
            });
            stream.write(request);
        });
    }

    /**
     * Opens a stream, sends one message, and gives every answer until the node ends the stream or the caller takes no
     * more. Throws AdminError NODE_UNREACHABLE, also when nothing comes for `idleMs`.
     */
    async *receive(
        node: NodeAddress,
        path: string,
        request: Buffer,
        idleMs = defaultDeadlineMs,
    ): AsyncGenerator<Buffer> {
        const stream = this.#client(node).makeBidiStreamRequest(path, asIs, asIs, new Metadata(), {});
        const stop = (): void => {
            stream.cancel();
        };
        // A stream that is given up ends with an error that nobody waits for any more.
        stream.on('error', () => undefined);
        let idle = setTimeout(stop, idleMs);
        try {
            stream.write(request);
            for await (const answer of stream as AsyncIterable<Buffer>) {
                clearTimeout(idle);
                yield answer;
                idle = setTimeout(stop, idleMs);
            }
        } catch (error) {
            throw unreachable(node, error as ServiceError);
        } finally {
            clearTimeout(idle);
            stop();
        }
    }

    close(): void {
        for (const client of this.#clients.values()) client.close();
        this.#clients.clear();
    }

    #client({ name, host, port, tlsRootPem }: NodeAddress): Client {
        const address = `${host}:${port}`;
        const present = this.#clients.get(address);
        if (present) return present;
        const client = new Client(address, credentials.createSsl(Buffer.from(tlsRootPem)), {
            'grpc.ssl_target_name_override': name,
            'grpc.max_receive_message_length': -1,
            'grpc.max_send_message_length': -1,
            // A node that was not up yet is tried again soon.
            'grpc.initial_reconnect_backoff_ms': 100,
            'grpc.max_reconnect_backoff_ms': 1000,
        });
        this.#clients.set(address, client);
        return client;
    }
}

function unreachable(node: NodeAddress, cause: Pick<ServiceError, 'details'>): AdminError {
    const address = `${node.host}:${node.port}`;
    return new AdminError({ code: 'NODE_UNREACHABLE', node: node.name, address, why: cause.details }, { cause });
}
