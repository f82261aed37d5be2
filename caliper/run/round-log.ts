import type { RelayTraffic } from '../../network/links/relay';
import type { CaliperEvent, CaliperFigures } from './caliper-output';
import type { RoundTraffic } from './collect-round';

type Bytes = Pick<RelayTraffic, 'bytesUp' | 'bytesDown'>;
/** Bytes that each medium has carried so far, by its name. */
export type TrafficSnapshot = ReadonlyMap<string, Bytes>;

const none: Bytes = { bytesUp: 0, bytesDown: 0 };

/** Remembers, by round, what Caliper told of it and what crossed the links while it ran. */
export class RoundLog {
    readonly #snapshot: () => TrafficSnapshot;
    readonly #figures = new Map<string, CaliperFigures>();
    readonly #problems = new Map<string, string>();
    readonly #begun = new Map<string, TrafficSnapshot>();
    readonly #ended = new Map<string, TrafficSnapshot>();
    #running: string | undefined;

    constructor(snapshot: () => TrafficSnapshot) {
        this.#snapshot = snapshot;
    }

    /** True when it is news: Caliper tells each result twice, the second time at the end of all rounds. */
    note(event: CaliperEvent): boolean {
        switch (event.kind) {
            case 'round-started':
                this.#running = event.label;
                this.#begun.set(event.label, this.#snapshot());
                break;
            case 'result':
                if (this.#figures.has(event.label)) return false;
                this.#figures.set(event.label, event.figures);
                break;
            case 'round-failed':
                this.#problems.set(event.label, event.why);
                this.#ended.set(event.label, this.#snapshot());
                break;
            case 'round-finished':
                this.#ended.set(event.label, this.#snapshot());
                break;
            case 'progress':
                break;
        }
        return true;
    }

    /** The gateways stand now: what opening them cost is not the round's. */
    beginAnew(): void {
        if (this.#running !== undefined) this.#begun.set(this.#running, this.#snapshot());
    }

    figuresOf(label: string): CaliperFigures | undefined {
        return this.#figures.get(label);
    }

    problemOf(label: string): string | undefined {
        return this.#problems.get(label);
    }

    trafficOf(label: string): RoundTraffic {
        const begun = this.#begun.get(label);
        const ended = this.#ended.get(label);
        if (begun === undefined || ended === undefined) return new Map();
        return new Map(
            [...ended].map(([medium, after]) => {
                const before = begun.get(medium) ?? none;
                const bytesUp = after.bytesUp - before.bytesUp;
                return [medium, { bytesUp, bytesDown: after.bytesDown - before.bytesDown }];
            }),
        );
    }
}
