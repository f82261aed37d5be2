import { BackendError } from '../backend-errors';
import type { NodeAct, NodeChange } from '../network-backend';
import type { NodePlan } from './node-plan';
import { NodeProcess } from './node-process';

/** A node as it is to run, and how to see that it serves. */
export interface PlannedNode {
    readonly kind: 'orderer' | 'peer' | 'chaincode';
    readonly plan: NodePlan;
    readonly isServing: () => Promise<boolean>;
}

interface Place extends PlannedNode {
    process: NodeProcess | undefined;
    isStopped: boolean;
    /** Stopped as by a power failure. */
    isKilled: boolean;
}

/** How long a node may take from its start until it serves. */
const serveDeadlineMs = 30_000;

/** The processes of a native network: each can be stopped, killed and started while the others run on. */
export class NativeNodes {
    readonly #places: Map<string, Place>;
    readonly #runDirectory: string;
    readonly #onEnd: (error: BackendError) => void;

    /** `onEnd` hears NODE_ENDED of every process that ends without having been told to. */
    constructor(planned: readonly PlannedNode[], runDirectory: string, onEnd: (error: BackendError) => void) {
        this.#places = new Map(
            planned.map((node) => [node.plan.name, { ...node, process: undefined, isStopped: false, isKilled: false }]),
        );
        this.#runDirectory = runDirectory;
        this.#onEnd = onEnd;
    }

    /** Process ids of the nodes that run, or ended by themselves, by name. */
    get pids(): Readonly<Record<string, number>> {
        return this.#pidsOf(() => true);
    }

    get chaincodePids(): readonly number[] {
        return Object.values(this.#pidsOf(({ kind }) => kind === 'chaincode'));
    }

    /** Stopped or killed on purpose. */
    get stopped(): readonly string[] {
        return this.#namesOf(({ isStopped }) => isStopped);
    }

    get killed(): readonly string[] {
        return this.#namesOf(({ isKilled }) => isKilled);
    }

    /** Starts all processes. */
    async startAll(): Promise<void> {
        for (const place of this.#places.values()) await this.#start(place, 'new');
    }

    /** Waits until all of a kind serve. Throws WAITED_TOO_LONG. */
    async serving(kind: PlannedNode['kind']): Promise<void> {
        const places = [...this.#places.values()].filter((place) => place.kind === kind);
        await Promise.all(places.map(async ({ process, isServing }) => process?.serving(isServing, serveDeadlineMs)));
    }

    async stopAll(): Promise<void> {
        await Promise.all(
            [...this.#places.values()].map(async ({ process }) => {
                await process?.stop();
            }),
        );
    }

    /** Does something to one node, and waits until it is done. Throws NODE_UNKNOWN, NODE_ENDED, WAITED_TOO_LONG. */
    async change(act: NodeAct, name: string): Promise<NodeChange> {
        const place = this.#places.get(name);
        if (!place) throw new BackendError({ code: 'NODE_UNKNOWN', name, near: [...this.#places.keys()] });
        if (act === 'start') return this.#startOne(place);
        const changed = place.process?.isRunning ?? false;
        await (act === 'kill' ? place.process?.kill() : place.process?.stop());
        place.isStopped = true;
        place.isKilled = act === 'kill' && (changed || place.isKilled);
        return { node: name, changed };
    }

    /** Holds a node from now on, starts it as it is planned, and waits until it serves; its former process is ended first. */
    async replace(planned: PlannedNode): Promise<void> {
        const place = { ...planned, process: undefined, isStopped: false, isKilled: false };
        await this.drop(planned.plan.name);
        this.#places.set(planned.plan.name, place);
        await this.#startOne(place);
    }

    /** Ends a node's process, if it has one, and holds it no more. */
    async drop(name: string): Promise<void> {
        await this.#places.get(name)?.process?.stop();
        this.#places.delete(name);
    }

    async #startOne(place: Place): Promise<NodeChange> {
        const node = place.plan.name;
        if (place.process?.isRunning) return { node, changed: false, pid: place.process.pid };
        const process = await this.#start(place, 'continued');
        place.isStopped = false;
        place.isKilled = false;
        let end: BackendError | undefined;
        process.onUnexpectedEnd((error) => {
            end = error;
        });
        const isServing = async (): Promise<boolean> => {
            if (end) throw end;
            return place.isServing();
        };
        await process.serving(isServing, serveDeadlineMs);
        return { node, changed: true, pid: process.pid };
    }

    async #start(place: Place, log: 'new' | 'continued'): Promise<NodeProcess> {
        const process = await NodeProcess.start(place.plan, this.#runDirectory, log);
        process.onUnexpectedEnd(this.#onEnd);
        place.process = process;
        return process;
    }

    #namesOf(isWanted: (place: Place) => boolean): string[] {
        return [...this.#places.values()].filter(isWanted).map(({ plan }) => plan.name);
    }

    #pidsOf(isWanted: (place: Place) => boolean): Record<string, number> {
        const known = [...this.#places.values()].filter((place) => isWanted(place) && !place.isStopped);
        return Object.fromEntries(known.map(({ plan, process }) => [plan.name, process?.pid ?? 0]));
    }
}
