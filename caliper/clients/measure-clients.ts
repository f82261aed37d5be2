import type { RunningNetwork } from '../../network/backends/running-network';
import { provisionNetwork } from '../../network/client/provision-network';
import { findIdentity } from '../../network/identities/find-identity';
import type { ClientIdentities } from '../../network/identities/identity';
import { medianOf } from '../capacity/median-of';
import { comparedOperations, type ComparedOperation } from './client-messages';
import { ClientProcess, type ClientName, type MeasuredRound } from './client-process';
import type { ClientResult, MeasuredClient } from './clients-record';

export interface ComparisonPlan {
    readonly pairs: number;
    readonly inFlight: number;
    /** Terminals, each with a gateway of its own. */
    readonly gateways: number;
    readonly transactions: Readonly<Record<ComparedOperation, number>>;
    /** Not measured: a new process runs several times slower. */
    readonly warmWith: number;
}

export const comparisonPlan: ComparisonPlan = {
    pairs: 5,
    inFlight: 100,
    gateways: 6,
    transactions: { set: 500, query: 1_500 },
    warmWith: 500,
};

type Rounds = Record<ComparedOperation, MeasuredRound[]>;

/**
 * Compares the two clients on a running network that carries nothing else. Each gets a new process in every pair, so
 * that no listener of the one burdens the other; the one that begins alternates. Throws CaliperError CLIENT_NOT_MEASURED.
 */
export async function measureClients(
    running: RunningNetwork,
    identities: ClientIdentities,
    plan: ComparisonPlan,
    { environment, progress }: { readonly environment: NodeJS.ProcessEnv; readonly progress: (line: string) => void },
): Promise<ClientResult[]> {
    await provisionNetwork(running, identities);
    const rounds: Record<ClientName, Rounds> = { own: { set: [], query: [] }, stock: { set: [], query: [] } };
    for (let pair = 0; pair < plan.pairs; pair++) {
        const order: readonly ClientName[] = pair % 2 === 0 ? ['stock', 'own'] : ['own', 'stock'];
        for (const name of order) {
            const measured = await measureOne(name, running, identities, plan, environment);
            for (const operation of comparedOperations) {
                const round = measured[operation];
                rounds[name][operation].push(round);
                const tps = plan.transactions[operation] / round.seconds;
                const cpu = round.cpuMs / plan.transactions[operation];
                const lost = round.failed === 0 ? '' : `, ${round.failed} FAILED (${round.firstFailure ?? ''})`;
                const what = `pair ${pair + 1} of ${plan.pairs}, ${name} ${operation}`;
                progress(`${what}: ${tps.toFixed(0)} TPS, ${cpu.toFixed(2)} ms${lost}`);
            }
        }
    }
    return comparedOperations.map((operation) => ({
        operation,
        inFlight: plan.inFlight,
        transactions: plan.transactions[operation],
        ...compare(
            summarize(rounds.own[operation], plan.transactions[operation]),
            summarize(rounds.stock[operation], plan.transactions[operation]),
        ),
    }));
}

async function measureOne(
    name: ClientName,
    running: RunningNetwork,
    identities: ClientIdentities,
    { gateways, inFlight, transactions, warmWith }: ComparisonPlan,
    environment: NodeJS.ProcessEnv,
): Promise<Record<ComparedOperation, MeasuredRound>> {
    const { network, connectionProfiles } = running;
    const own = network.terminals.filter(({ concentrators }) => concentrators.length === 0).slice(0, gateways);
    const terminals = own.map(({ id }) => findIdentity(identities, id));
    const client = await ClientProcess.start(name, { target: { network, connectionProfiles }, terminals }, environment);
    try {
        // One call a gateway first: the stock client loses the events of a burst while its streams open.
        await client.runRound({ operation: 'set', total: gateways, inFlight: gateways });
        for (const operation of comparedOperations) await client.runRound({ operation, total: warmWith, inFlight });
        const set = await client.runRound({ operation: 'set', total: transactions.set, inFlight });
        const query = await client.runRound({ operation: 'query', total: transactions.query, inFlight });
        return { set, query };
    } finally {
        await client.stop();
    }
}

function summarize(rounds: readonly MeasuredRound[], transactions: number): MeasuredClient {
    const sum = (of: (round: MeasuredRound) => number): number => rounds.reduce((all, round) => all + of(round), 0);
    return {
        tps: medianOf(rounds.map(({ seconds }) => transactions / seconds)),
        cpuMsPerTransaction: medianOf(rounds.map(({ cpuMs }) => cpuMs / transactions)),
        failed: sum(({ failed }) => failed),
        ellipticSignatures: sum(({ ellipticSignatures }) => ellipticSignatures),
        rounds: rounds.map(({ seconds, cpuMs }) => ({
            tps: transactions / seconds,
            cpuMsPerTransaction: cpuMs / transactions,
        })),
    };
}

/** Ratios pair by pair, and of them the median: what else the machine does meanwhile weighs on both of a pair. */
export function compare(
    own: MeasuredClient,
    stock: MeasuredClient,
): Pick<ClientResult, 'own' | 'stock' | 'throughputRatio' | 'cpuRatio'> {
    const ratios = (of: (round: MeasuredClient['rounds'][number]) => number): number[] =>
        own.rounds.map((round, pair) => of(round) / of(stock.rounds[pair] ?? round));
    return {
        own,
        stock,
        throughputRatio: medianOf(ratios(({ tps }) => tps)),
        cpuRatio: medianOf(ratios(({ cpuMsPerTransaction }) => cpuMsPerTransaction)),
    };
}
