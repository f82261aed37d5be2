import type { Page, PageRequest } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import type { ReportedReading } from './measurement-api';

/** What lay under one key, newest first. */
export interface History {
    /** Tells it from the other histories of the same page, the same on every page. */
    readonly name: string;
    readonly readings: AsyncGenerator<ReportedReading, void, undefined>;
}

/** Where a history goes on: the transaction and which of its readings; null at its end. */
type Position = readonly [transactionId: string, index: number] | null;

/**
 * One page over several histories, newest first. Each history keeps the ledger's order; between their heads the later
 * reading time goes first, and of equals the history listed first. The bookmark names the next reading of each, so
 * that what is written between two pages neither shifts nor repeats anything. To get there, each history is walked
 * from its newest entry again: a page costs in proportion to its depth.
 */
export async function mergeHistories(
    histories: readonly History[],
    request: PageRequest,
): Promise<Page<ReportedReading>> {
    const positions = request.bookmark === '' ? undefined : parseBookmark(request.bookmark, histories);
    const cursors = histories.map((history) => new Cursor(history));
    try {
        for (const cursor of cursors) {
            await cursor.begin(positions === undefined ? undefined : (positions.get(cursor.name) ?? null));
        }
        const items: ReportedReading[] = [];
        for (
            let next = latestOf(cursors);
            next !== undefined && items.length < request.pageSize;
            next = latestOf(cursors)
        ) {
            items.push(await next.take());
        }
        return { items, bookmark: newBookmark(cursors) };
    } finally {
        for (const cursor of cursors) {
            await cursor.close();
        }
    }
}

/** Walks one history and knows what comes next in it. */
class Cursor {
    readonly name: string;
    readonly #readings: History['readings'];
    #head: ReportedReading | undefined;
    #index = 0;

    constructor(history: History) {
        this.name = history.name;
        this.#readings = history.readings;
    }

    get head(): ReportedReading | undefined {
        return this.#head;
    }

    get position(): Position {
        return this.#head === undefined ? null : [this.#head.transactionId, this.#index];
    }

    /** Goes to the position; undefined is the newest entry, null the end. */
    async begin(position: Position | undefined): Promise<void> {
        if (position === null) {
            return;
        }
        await this.#advance();
        if (position === undefined) {
            return;
        }
        const [transactionId, index] = position;
        while (this.#head !== undefined && (this.#head.transactionId !== transactionId || this.#index !== index)) {
            await this.#advance();
        }
        if (this.#head === undefined) {
            throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
        }
    }

    async take(): Promise<ReportedReading> {
        const taken = this.#head;
        if (taken === undefined) {
            throw new RangeError(`the history of ${this.name} is at its end`);
        }
        await this.#advance();
        return taken;
    }

    async close(): Promise<void> {
        await this.#readings.return();
    }

    async #advance(): Promise<void> {
        const step = await this.#readings.next();
        const next = step.done === true ? undefined : step.value;
        this.#index = next !== undefined && next.transactionId === this.#head?.transactionId ? this.#index + 1 : 0;
        this.#head = next;
    }
}

function latestOf(cursors: readonly Cursor[]): Cursor | undefined {
    let latest: Cursor | undefined;
    for (const cursor of cursors) {
        if (cursor.head !== undefined && (latest?.head === undefined || cursor.head.timeMs > latest.head.timeMs)) {
            latest = cursor;
        }
    }
    return latest;
}

function newBookmark(cursors: readonly Cursor[]): string {
    const open = cursors.filter((cursor) => cursor.head !== undefined);
    return open.length === 0 ? '' : JSON.stringify(open.map((cursor) => [cursor.name, cursor.position]));
}

function parseBookmark(bookmark: string, histories: readonly History[]): Map<string, Position> {
    try {
        const entries = JSON.parse(bookmark) as unknown;
        const names = histories.map((history) => history.name);
        if (Array.isArray(entries) && entries.length > 0 && entries.every((entry) => isEntry(entry, names))) {
            return new Map(entries);
        }
    } catch {
        // Not JSON: refused below like everything else that no page ever answered.
    }
    throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
}

function isEntry(entry: unknown, names: readonly string[]): entry is [string, Position] {
    if (!Array.isArray(entry) || entry.length !== 2) {
        return false;
    }
    const [name, position] = entry as unknown[];
    return (
        typeof name === 'string' &&
        names.includes(name) &&
        Array.isArray(position) &&
        position.length === 2 &&
        isPosition(position)
    );
}

function isPosition(position: readonly unknown[]): boolean {
    return typeof position[0] === 'string' && Number.isSafeInteger(position[1]);
}
