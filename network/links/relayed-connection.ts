import type { Socket } from 'node:net';
import { LinkLane } from './link-lane';
import type { Direction, LinkClock } from './link-profile';
import type { LinkSchedule } from './link-schedule';

/** More than this on its way, and the sender is asked to wait. */
const fullBytes = 256 * 1024;

export interface RelayedConnectionOptions {
    readonly id: number;
    readonly clock: LinkClock;
    readonly schedules: Readonly<Record<Direction, LinkSchedule>>;
    readonly client: Socket;
    readonly dial: () => Socket;
    readonly onCarried: () => void;
    readonly onBytes: (direction: Direction, count: number) => void;
    readonly onClosed: () => void;
}

/** One CONNECT: a client's socket and a node's, and the two lanes between them. Bytes and ends keep their order. */
export class RelayedConnection {
    readonly #options: RelayedConnectionOptions;
    readonly #lanes: Readonly<Record<Direction, LinkLane>>;
    #node: Socket | undefined;
    #joined = false;
    #ended = 0;
    #closed = false;

    constructor(options: RelayedConnectionOptions) {
        this.#options = options;
        const lane = (direction: Direction): LinkLane =>
            new LinkLane({
                schedule: options.schedules[direction],
                clock: options.clock,
                connection: options.id,
                onDrained: () => {
                    this.#resumeSender(direction);
                },
            });
        this.#lanes = { up: lane('up'), down: lane('down') };
    }

    /** `head` is what the client sent behind its CONNECT. */
    start(head: Buffer): void {
        const { client } = this.#options;
        client.setNoDelay(true);
        client.on('error', () => {
            this.#break();
        });
        client.on('close', () => {
            if (!this.#joined) this.#break();
        });
        // The handshake: the request travels up, the answer down, before any byte may flow.
        this.#lanes.up.send(0, () => {
            this.#dial(head);
        });
    }

    /** Closes both sides; what is under way is lost. */
    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#lanes.up.close();
        this.#lanes.down.close();
        this.#options.client.destroy();
        this.#node?.destroy();
        this.#options.onClosed();
    }

    /** One side broke off, so the other is reset. */
    #break(): void {
        this.#options.client.resetAndDestroy();
        this.#node?.resetAndDestroy();
        this.close();
    }

    #dial(head: Buffer): void {
        const { client } = this.#options;
        const node = this.#options.dial();
        this.#node = node;
        node.setNoDelay(true);
        const refuse = (): void => {
            this.#lanes.down.send(0, () => {
                client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n', () => {
                    this.close();
                });
            });
        };
        node.once('error', refuse);
        node.once('connect', () => {
            node.off('error', refuse);
            node.on('error', () => {
                this.#break();
            });
            this.#options.onCarried();
            this.#lanes.down.send(0, () => {
                client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
            });
            this.#joined = true;
            this.#join('up', client, node);
            this.#join('down', node, client);
            if (head.length > 0) client.unshift(head);
        });
    }

    /** Everything that comes from `sender` goes through the lane to `receiver`, its end too. */
    #join(direction: Direction, sender: Socket, receiver: Socket): void {
        const lane = this.#lanes[direction];
        sender.on('data', (chunk: Buffer) => {
            this.#options.onBytes(direction, chunk.length);
            lane.sendChunk(chunk, (piece) => {
                if (!receiver.write(piece)) lane.hold();
            });
            if (lane.queuedBytes > fullBytes) sender.pause();
        });
        receiver.on('drain', () => {
            lane.release();
        });
        sender.once('end', () => {
            lane.send(0, () => {
                receiver.end();
                this.#ended += 1;
                if (this.#ended === 2)
                    receiver.once('close', () => {
                        this.close();
                    });
            });
        });
        sender.once('close', () => {
            if (!sender.readableEnded) this.#break();
        });
    }

    #resumeSender(direction: Direction): void {
        const sender = direction === 'up' ? this.#options.client : this.#node;
        if (sender?.isPaused() === true && this.#lanes[direction].queuedBytes < fullBytes / 2) sender.resume();
    }
}
