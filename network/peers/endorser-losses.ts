/** How one endorser looks at a moment. */
export interface EndorserLook {
    readonly name: string;
    readonly serves: boolean;
    /** Its process is gone. */
    readonly hasEnded: boolean;
    /** It was stopped in order by somebody who wanted that; one that was killed was not. */
    readonly isStopped: boolean;
}

export interface EndorserLoss {
    readonly name: string;
    /** In words. */
    readonly why: string;
}

/**
 * Tells which endorsers are lost. One whose process ended without having been stopped is lost at once; one that does not
 * serve, after it has not for a while without a break; one that was stopped never is.
 */
export class EndorserLosses {
    readonly #afterMs: number;
    readonly #silentSinceMs = new Map<string, number>();

    /** `afterMs`: how long an endorser that runs may not serve. */
    constructor(afterMs: number) {
        this.#afterMs = afterMs;
    }

    /** Takes in how all endorsers look now, and gives the lost ones. */
    judge(looks: readonly EndorserLook[], nowMs: number): EndorserLoss[] {
        return looks.flatMap(({ name, serves, hasEnded, isStopped }) => {
            if (serves || isStopped) {
                this.#silentSinceMs.delete(name);
                return [];
            }
            if (hasEnded) return [{ name, why: 'its process ended' }];
            const sinceMs = this.#silentSinceMs.get(name) ?? nowMs;
            this.#silentSinceMs.set(name, sinceMs);
            const silentMs = nowMs - sinceMs;
            return silentMs < this.#afterMs ? [] : [{ name, why: `it has not served for ${seconds(silentMs)}` }];
        });
    }
}

/** As it stands in sentences. */
export function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(1)} s`;
}
