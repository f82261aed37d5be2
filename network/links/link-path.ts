import { LinkLane } from './link-lane';
import type { LinkStage } from './link-lane';
import type { LinkClock } from './link-profile';

export interface LinkPathOptions {
    /** The media in the order in which bytes cross them; none: bytes arrive at once. */
    readonly stages: readonly LinkStage[];
    readonly clock: LinkClock;
    readonly connection: number;
    /** Called whenever something has left a stage, so that a paused sender can go on. */
    readonly onDrained: () => void;
}

/** One connection in one direction over one medium behind the other, such as out of one site and into another. */
export class LinkPath {
    readonly #lanes: readonly LinkLane[];
    readonly #pieceBytes: number;

    constructor({ stages, ...lane }: LinkPathOptions) {
        this.#lanes = stages.map((stage) => new LinkLane({ ...stage, ...lane }));
        this.#pieceBytes = Math.min(...this.#lanes.map(({ pieceBytes }) => pieceBytes));
    }

    /** Bytes that are on their way. */
    get queuedBytes(): number {
        return this.#lanes.reduce((sum, { queuedBytes }) => sum + queuedBytes, 0);
    }

    /** Sends `byteCount` bytes now; `action` is what happens when they arrive at the far end. */
    send(byteCount: number, action: () => void): void {
        this.#sendOver(0, byteCount, action);
    }

    /** Sends a chunk in pieces that the media can mix with other connections' pieces. */
    sendChunk(chunk: Buffer, deliver: (piece: Buffer) => void): void {
        const size = Math.min(this.#pieceBytes, chunk.length);
        for (let start = 0; start < chunk.length; start += size) {
            const piece = chunk.subarray(start, start + size);
            this.send(piece.length, () => {
                deliver(piece);
            });
        }
    }

    /** The receiver is full: nothing arrives until `release`. Over no medium it is the sender's part to wait. */
    hold(): void {
        this.#lanes.at(-1)?.hold();
    }

    release(): void {
        this.#lanes.at(-1)?.release();
    }

    /** Whatever is under way is lost. */
    close(): void {
        for (const lane of this.#lanes) lane.close();
    }

    #sendOver(index: number, byteCount: number, action: () => void): void {
        const lane = this.#lanes[index];
        if (lane === undefined) {
            action();
            return;
        }
        lane.send(byteCount, () => {
            this.#sendOver(index + 1, byteCount, action);
        });
    }
}
