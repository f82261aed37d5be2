import type { RunningNetwork } from '../../network/backends/running-network';
import { submitCall } from '../../network/client/submit-call';
import type { NetworkIdentities } from '../../network/identities/identity';
import { openActsDesk, type ActsDesk } from './acts-desk';
import { actOperations, type ActOperation, type CapacityResult } from './capacity-record';
import { countStateCalls } from './count-state-calls';
import { hotActs, prepareBeside, type PreparedCall } from './hot-acts';
import { medianOf } from './median-of';
import { measureRound, type Round } from './measure-round';

export interface ActsPlan {
    readonly inFlight: number;
    readonly pairs: number;
    /** In each round. */
    readonly transactions: number;
}

export const actsPlan: ActsPlan = { inFlight: 100, pairs: 5, transactions: 200 };

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
        for (const operation of actOperations) await rounds.pair(operation, 0);
        const pairs = new Map<ActOperation, MeasuredPair[]>(actOperations.map((operation) => [operation, []]));
        for (let number = 0; number < plan.pairs; number++) {
            for (const operation of actOperations) {
                const pair = await rounds.pair(operation, number);
                pairs.get(operation)?.push(pair);
                const found = `${pair.act.tps.toFixed(0)} TPS beside ${pair.beside.tps.toFixed(0)}`;
                progress(`pair ${number + 1} of ${plan.pairs}, ${operation}: ${found}`);
            }
        }
        const results: CapacityResult[] = [];
        for (const operation of actOperations) {
            results.push(await rounds.summarize(operation, pairs.get(operation) ?? []));
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

    async pair(operation: ActOperation, number: number): Promise<MeasuredPair> {
        const measureAct = (): Promise<Round> =>
            this.#round(
                (index) => hotActs[operation].prepare(this.#desk, index),
                (id) => this.#samples.set(operation, id),
            );
        const measureBeside = (): Promise<Round> => this.#round((index) => prepareBeside(this.#desk, operation, index));
        if (number % 2 === 0) {
            const beside = await measureBeside();
            return { beside, act: await measureAct() };
        }
        const act = await measureAct();
        return { act, beside: await measureBeside() };
    }

    async summarize(operation: ActOperation, pairs: readonly MeasuredPair[]): Promise<CapacityResult> {
        const { inFlight, transactions } = this.#plan;
        const { beside, readings } = hotActs[operation];
        const median = (name: keyof Round): number => medianOf(pairs.map(({ act }) => act[name]));
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

    async #round(
        prepare: (index: number) => PreparedCall,
        committed: (transactionId: string) => void = () => undefined,
    ): Promise<Round> {
        const { transactions: total, inFlight } = this.#plan;
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
