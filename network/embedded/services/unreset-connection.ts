import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { ResetFilter } from './reset-filter';

/**
 * A client's connection as gRPC's server reads it: without the resets of calls that are over (see ResetFilter). What the
 * server writes goes out unchanged.
 */
export class UnresetConnection extends Duplex {
    readonly #socket: TLSSocket;
    readonly #filter = new ResetFilter();

    constructor(socket: TLSSocket) {
        super();
        this.#socket = socket;
        socket.on('data', (chunk: Buffer) => {
            const passed = this.#filter.pass(chunk);
            if (passed.length > 0 && !this.push(passed)) socket.pause();
        });
        socket.once('end', () => this.push(null));
        socket.once('error', (error: Error) => this.destroy(error));
        socket.once('close', () => this.destroy());
    }

    /** Read by gRPC's server for messages. */
    get remoteAddress(): string | undefined {
        return this.#socket.remoteAddress;
    }

    get remotePort(): number | undefined {
        return this.#socket.remotePort;
    }

    override _read(): void {
        this.#socket.resume();
    }

    override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
        this.#socket.write(chunk, done);
    }

    override _writev(writes: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
        this.#socket.write(Buffer.concat(writes.map(({ chunk }) => chunk)), done);
    }

    override _final(done: () => void): void {
        this.#socket.end(done);
    }

    override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
        this.#socket.destroy();
        done(error);
    }
}
