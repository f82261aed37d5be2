import type { RunningNetwork } from '../../network/backends/running-network';
import { submitCall } from '../../network/client/submit-call';
import type { NetworkIdentities } from '../../network/identities/identity';
import { openActsDesk, type ActsDesk } from './acts-desk';
import { actOperations, actsInTurn, type ActOperation, type CapacityResult } from './capacity-record';
import { countStateCalls } from './count-state-calls';
import { hotActs, prepareBeside, type PreparedCall } from './hot-acts';
import { medianOf } from './median-of';
import { asOneRound, measureRound, type CpuOf, type Round } from './measure-round';

export interface ActsPlan {
    readonly inFlight: number;
    readonly pairs: number;
    /** Of each act in each pair, and as many of what it is measured beside. */
    readonly transactions: number;
}

export const actsPlan: ActsPlan = { inFlight: 100, pairs: 5, transactions: 1_000 };

interface MeasuredPair {
    readonly act: Round;
    readonly beside: Round;
}

/**
 * Measures every act beside an empty transaction, or a batch beside a `Set`, in pairs whose order alternates, on a
 * network that is provisioned and carries nothing else. Throws ClientError when a single transaction is lost.
 */
export async function measureActs(
    running: RunningNetwork,
    identities: NetworkIdentities,
    plan: ActsPlan,
    progress: (line: string) => void,
): Promise<CapacityResult[]> {
    const desk = await openActsDesk(running, identities);
    try {
        const rounds = new ActRounds(running, desk, plan);
        // A cold JIT costs 1.7 times: the first pair is not counted.
        for (const acts of actsInTurn) await rounds.pairs(acts, 0);
        const measured = new Map<ActOperation, MeasuredPair[]>(actOperations.map((operation) => [operation, []]));
        for (let number = 0; number < plan.pairs; number++) {
            for (const acts of actsInTurn) {
                for (const [operation, pair] of await rounds.pairs(acts, number)) {
                    measured.get(operation)?.push(pair);
                    const found = `${pair.act.tps.toFixed(0)} TPS beside ${pair.beside.tps.toFixed(0)}`;
                    progress(`pair ${number + 1} of ${plan.pairs}, ${operation}: ${found}`);
                }
            }
        }
        const results: CapacityResult[] = [];
        for (const operation of actOperations) {
            results.push(await rounds.summarize(operation, measured.get(operation) ?? []));
        }
        return results;
    } finally {
        desk.close();
    }
}

class ActRounds {
    readonly #running: RunningNetwork;
    readonly #desk: ActsDesk;
    readonly #plan: ActsPlan;
    /** By operation, a transaction that it committed. */
    readonly #samples = new Map<ActOperation, string>();

    constructor(running: RunningNetwork, desk: ActsDesk, plan: ActsPlan) {
        this.#running = running;
        this.#desk = desk;
        this.#plan = plan;
    }

    /** One pair of each of these acts, which take turns until each has sent what the plan says. */
    async pairs(acts: readonly ActOperation[], number: number): Promise<Map<ActOperation, MeasuredPair>> {
        const { switches } = this.#desk;
        const { transactions } = this.#plan;
        // The steps of a remote control need a switch for each transaction of a round.
        const isOnSwitches = acts.some((operation) => hotActs[operation].after !== undefined);
        const turns = isOnSwitches ? Math.ceil(transactions / switches.length) : 1;
        const taken = acts.map((operation) => ({ operation, turns: [] as MeasuredPair[] }));
        for (let turn = 0; turn < turns; turn++) {
            for (const act of taken) {
                const total = Math.round(transactions / turns);
                act.turns.push(await this.#pair(act.operation, { total, actFirst: (number + turn) % 2 === 1 }));
            }
        }
        return new Map(taken.map(({ operation, turns: pairs }) => [operation, inOne(pairs)]));
    }

    async summarize(operation: ActOperation, pairs: readonly MeasuredPair[]): Promise<CapacityResult> {
        const { inFlight, transactions } = this.#plan;
        const { beside, readings } = hotActs[operation];
        const median = (name: CpuOf | 'tps'): number => medianOf(pairs.map(({ act }) => act[name]));
        const ratios = pairs.map((pair) => pair.act.tps / pair.beside.tps);
        const sample = this.#samples.get(operation) ?? '';
        return {
            operation,
            inFlight,
            transactions,
            tps: median('tps'),
            readings,
            stateCalls: await countStateCalls(this.#desk.dispatcher, this.#running.network.chaincode.name, sample),
            beside: { operation: beside, ratios, ratio: medianOf(ratios) },
            cpuMsPerTransaction: {
                client: median('client'),
                network: median('network'),
                chaincode: median('chaincode'),
            },
            rounds: pairs.map(({ act }) => act.tps),
        };
    }

    async #pair(
        operation: ActOperation,
        { total, actFirst }: { readonly total: number; readonly actFirst: boolean },
    ): Promise<MeasuredPair> {
        const { after = [] } = hotActs[operation];
        for (const step of after) await this.#act(step, total);
        const measureAct = (): Promise<Round> => this.#act(operation, total);
        const measureBeside = (): Promise<Round> =>
            this.#round(total, (index) => prepareBeside(this.#desk, operation, index));
        if (actFirst) {
            const act = await measureAct();
            return { act, beside: await measureBeside() };
        }
        const beside = await measureBeside();
        return { beside, act: await measureAct() };
    }

    async #act(operation: ActOperation, total: number): Promise<Round> {
        return this.#round(
            total,
            (index) => hotActs[operation].prepare(this.#desk, index),
            (id) => this.#samples.set(operation, id),
        );
    }

    async #round(
        total: number,
        prepare: (index: number) => PreparedCall,
        committed: (transactionId: string) => void = () => undefined,
    ): Promise<Round> {
        const { inFlight } = this.#plan;
        const prepared = Array.from({ length: total }, (_, index) => prepare(index));
        return measureRound(this.#running, { total, inFlight }, async (index) => {
            const one = prepared[index];
            if (one === undefined) return;
            const { transactionId } = await submitCall(one.by, one.call);
            one.committed?.(transactionId);
            committed(transactionId);
        });
    }
}

/** The rounds of several turns as one pair. */
function inOne(turns: readonly MeasuredPair[]): MeasuredPair {
    return { act: asOneRound(turns.map(({ act }) => act)), beside: asOneRound(turns.map(({ beside }) => beside)) };
}
