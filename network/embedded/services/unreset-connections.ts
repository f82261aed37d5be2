import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { ResetFilter } from './reset-filter';

/**
 * Hands clients' connections to gRPC's server without the resets of calls that are over (see ResetFilter): over a second,
 * local socket, since Node's HTTP/2 is made for sockets of the system; over a stream in JavaScript it was seen to end the
 * process with an internal assertion (js_stream_socket). Whoever found the inner socket would talk to the node as any client
 * does, without TLS: nodes ask for no client's certificate, and believe signatures only.
 */
export class UnresetConnections {
    readonly #inner: Server;
    readonly #path = newLocalPath();
    readonly #open = new Set<Socket>();

    constructor(accept: (socket: Socket) => void) {
        this.#inner = createServer((socket) => {
            this.#keep(socket);
            accept(socket);
        });
    }

    async start(): Promise<void> {
        await new Promise<void>((resolve, reject) => {
            this.#inner.once('error', reject);
            this.#inner.listen(this.#path, resolve);
        });
    }

    /** Takes a client's connection over; it ends with the inner one, and the inner one with it. */
    accept(client: TLSSocket): void {
        const filter = new ResetFilter();
        const inner = connect(this.#path);
        this.#keep(inner);
        client.on('data', (chunk: Buffer) => {
            const passed = filter.pass(chunk);
            if (passed.length > 0 && !inner.write(passed)) client.pause();
        });
        inner.on('drain', () => client.resume());
        inner.on('data', (chunk: Buffer) => {
            if (!client.write(chunk)) inner.pause();
        });
        client.on('drain', () => inner.resume());
        endTogether(client, inner);
        endTogether(inner, client);
    }

    /** Closes at once whatever is open. */
    async stop(): Promise<void> {
        for (const socket of this.#open) socket.destroy();
        if (!this.#inner.listening) return;
        await new Promise<void>((resolve) => {
            this.#inner.close(() => {
                resolve();
            });
        });
    }

    #keep(socket: Socket): void {
        this.#open.add(socket);
        socket.once('close', () => {
            this.#open.delete(socket);
        });
    }
}

/** What the one end has still to send is sent; an end that broke breaks the other. */
function endTogether(from: Socket, to: Socket): void {
    from.once('end', () => to.end());
    from.once('error', () => to.destroy());
    from.once('close', () => {
        to.destroySoon();
    });
}

/** A local socket's address that nobody else has; on Linux it is no file. */
function newLocalPath(): string {
    const name = `feeder-node-${randomUUID()}`;
    if (process.platform === 'linux') return `\0${name}`;
    return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}
