/** What a back end can tell of its nodes while they run. */
export interface NetworkObservation {
    /** Resident memory of the network's processes, MiB. */
    readonly memoryMb: number;
    /** Connections that each node has accepted since it started, by `host:port`; undefined where nodes do not tell. */
    readonly acceptedConnections: ReadonlyMap<string, number> | undefined;
}

/** Undefined where the back end cannot tell: somebody else's network. */
export type ObserveNetwork = () => Promise<NetworkObservation | undefined>;

export interface MemoryWatch {
    /** The highest seen; undefined when the back end never told. */
    readonly peakMb: () => number | undefined;
    stop(): void;
}

/** Looks at the network's memory every so often. */
export function watchMemory(observe: ObserveNetwork, intervalMs = 2_000): MemoryWatch {
    let peakMb: number | undefined;
    const look = (): void => {
        observe().then(
            (seen) => {
                if (seen !== undefined) peakMb = Math.max(peakMb ?? 0, seen.memoryMb);
            },
            () => undefined, // A network that does not answer right now has no figure; what matters fails elsewhere.
        );
    };
    look();
    const timer = setInterval(look, intervalMs);
    return {
        peakMb: () => peakMb,
        stop: () => {
            clearInterval(timer);
        },
    };
}

export interface LifeWatch {
    /** Aborted once the network has ended by itself: nothing more can be measured on it. */
    readonly ended: AbortSignal;
    stop(): void;
}

/** Looks every so often whether the network still runs, so that rounds do not go on against nothing. */
export function watchLife(whyEnded: () => Promise<Error | undefined>, intervalMs = 1_000): LifeWatch {
    const controller = new AbortController();
    const timer = setInterval(() => {
        void whyEnded().then((cause) => {
            if (cause !== undefined) controller.abort(cause);
        });
    }, intervalMs);
    return {
        ended: controller.signal,
        stop: () => {
            clearInterval(timer);
        },
    };
}
