import type { Socket } from 'node:net';
import type { LinkStage } from './link-lane';
import { LinkPath } from './link-path';
import type { Direction, LinkClock } from './link-profile';

/** More than this on its way, and the sender is asked to wait. */
const fullBytes = 256 * 1024;

export interface RelayedConnectionOptions {
    readonly id: number;
    readonly clock: LinkClock;
    /** What bytes cross on the way to the node (up), and on the way back. */
    readonly stages: Readonly<Record<Direction, readonly LinkStage[]>>;
    readonly client: Socket;
    readonly dial: () => Socket;
    readonly onCarried: () => void;
    readonly onBytes: (direction: Direction, count: number) => void;
    readonly onClosed: () => void;
}

/**
 * One CONNECT: a client's socket and a node's, and the two paths between them. Bytes and ends keep their order. While a
 * line on the way is cut, nothing crosses, not even the news that the other side is gone.
 */
export class RelayedConnection {
    readonly #options: RelayedConnectionOptions;
    readonly #paths: Readonly<Record<Direction, LinkPath>>;
    #node: Socket | undefined;
    #joined = false;
    #ended = 0;
    #closed = false;

    constructor(options: RelayedConnectionOptions) {
        this.#options = options;
        const path = (direction: Direction): LinkPath =>
            new LinkPath({
                stages: options.stages[direction],
                clock: options.clock,
                connection: options.id,
                onDrained: () => {
                    this.#resumeSender(direction);
                },
            });
        this.#paths = { up: path('up'), down: path('down') };
    }

    /** `head` is what the client sent behind its CONNECT. */
    start(head: Buffer): void {
        const { client } = this.#options;
        client.setNoDelay(true);
        client.on('error', () => undefined);
        client.on('close', () => {
            if (!this.#joined) this.close();
        });
        // The handshake: the request travels up, the answer down, before any byte may flow.
        this.#paths.up.send(0, () => {
            this.#dial(head);
        });
    }

    /** Closes both sides; what is under way is lost. */
    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#paths.up.close();
        this.#paths.down.close();
        this.#options.client.destroy();
        this.#node?.destroy();
        this.#options.onClosed();
    }

    #dial(head: Buffer): void {
        const { client } = this.#options;
        const node = this.#options.dial();
        this.#node = node;
        node.setNoDelay(true);
        const refuse = (): void => {
            this.#paths.down.send(0, () => {
                client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n', () => {
                    this.close();
                });
            });
        };
        node.once('error', refuse);
        node.once('connect', () => {
            node.off('error', refuse);
            node.on('error', () => undefined);
            this.#options.onCarried();
            this.#paths.down.send(0, () => {
                client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
            });
            this.#joined = true;
            this.#join('up', client, node);
            this.#join('down', node, client);
            if (head.length > 0) client.unshift(head);
        });
    }

    /** Everything that comes from `sender` takes the path to `receiver`, its end or its breaking off, too. */
    #join(direction: Direction, sender: Socket, receiver: Socket): void {
        const path = this.#paths[direction];
        sender.on('data', (chunk: Buffer) => {
            this.#options.onBytes(direction, chunk.length);
            path.sendChunk(chunk, (piece) => {
                if (!receiver.write(piece)) path.hold();
            });
            if (path.queuedBytes > fullBytes || receiver.writableNeedDrain) sender.pause();
        });
        receiver.on('drain', () => {
            path.release();
            this.#resumeSender(direction);
        });
        sender.once('end', () => {
            path.send(0, () => {
                receiver.end();
                this.#ended += 1;
                if (this.#ended === 2)
                    receiver.once('close', () => {
                        this.close();
                    });
            });
        });
        sender.once('close', () => {
            if (sender.readableEnded) return;
            path.release(); // A receiver that is full must hear of it all the same.
            path.send(0, () => {
                receiver.resetAndDestroy();
                this.close();
            });
        });
    }

    #resumeSender(direction: Direction): void {
        const { client } = this.#options;
        const [sender, receiver] = direction === 'up' ? [client, this.#node] : [this.#node, client];
        const isFree = this.#paths[direction].queuedBytes < fullBytes / 2 && receiver?.writableNeedDrain !== true;
        if (sender?.isPaused() === true && isFree) sender.resume();
    }
}
