import '../../network/client/prepare-sdk';
import { type Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { RunningNetwork } from '../../network/backends/running-network';
import { provisionNetwork } from '../../network/client/provision-network';
import { findIdentity } from '../../network/identities/find-identity';
import type { NetworkIdentities } from '../../network/identities/identity';
import { openStockClient } from '../clients/open-stock-client';
import type { LoadClient } from '../clients/run-client-process';
import type { CapacityOperation, CapacityResult } from './capacity-record';
import { measureVerification } from './measure-verification';
import { processCpuMs } from './process-cpu';
import { runInFlight } from './run-in-flight';

export interface CapacityPlan {
    readonly inFlight: number;
    readonly gateways: number;
    readonly pairs: number;
    readonly transactions: Readonly<Record<CapacityOperation, number>>;
    /** A cold JIT costs 1.7 times. */
    readonly warmWith: number;
}

/** What the architecture's figures were taken with. */
export const capacityPlan: CapacityPlan = {
    inFlight: 100,
    gateways: 4,
    pairs: 5,
    transactions: { empty: 500, set: 500, query: 1_000 },
    warmWith: 500,
};

export interface Capacity {
    readonly verifyMicros: number;
    readonly results: readonly CapacityResult[];
}

const operations: readonly CapacityOperation[] = ['empty', 'set', 'query'];
const emptyCall: Call = { contract: 'empty', transaction: 'Nothing', args: [], readOnly: false };

interface Round {
    readonly tps: number;
    readonly client: number;
    readonly network: number;
    readonly chaincode: number;
}

/**
 * Measures a running network that carries nothing else, by fabric-network as it is shipped but for its signatures, which
 * OpenSSL makes: what an unmodified client gets out of the network. Rejects with the SDK's own error when a single
 * transaction is lost.
 */
export async function measureCapacity(
    running: RunningNetwork,
    identities: NetworkIdentities,
    plan: CapacityPlan,
    progress: (line: string) => void,
): Promise<Capacity> {
    await provisionNetwork(running, identities);
    const terminals = running.network.terminals.filter(({ concentrators }) => concentrators.length === 0);
    const clients = await Promise.all(
        terminals.slice(0, plan.gateways).map(({ id }) => openStockClient(running, findIdentity(identities, id))),
    );
    try {
        await Promise.all(clients.map((client) => client.submit(setCall(client))));
        for (const operation of operations) await runRound(running, clients, plan, operation, plan.warmWith);
        const rounds = new Map<CapacityOperation, Round[]>(operations.map((operation) => [operation, []]));
        const verifications: number[] = [];
        for (let pair = 0; pair < plan.pairs; pair++) {
            verifications.push(measureVerification());
            const order = pair % 2 === 0 ? operations : [...operations].reverse();
            for (const operation of order) {
                const round = await runRound(running, clients, plan, operation, plan.transactions[operation]);
                rounds.get(operation)?.push(round);
                progress(`pair ${pair + 1} of ${plan.pairs}, ${operation}: ${round.tps.toFixed(0)} TPS`);
            }
        }
        const results = operations.map((operation) => summarize(operation, plan, rounds.get(operation) ?? []));
        return { verifyMicros: medianOf(verifications), results };
    } finally {
        for (const client of clients) client.close();
    }
}

async function runRound(
    running: RunningNetwork,
    clients: readonly LoadClient[],
    { inFlight }: CapacityPlan,
    operation: CapacityOperation,
    total: number,
): Promise<Round> {
    const before = readCpu(running);
    const startedMs = performance.now();
    await runInFlight({ total, inFlight }, (index) => {
        const client = clients[index % clients.length];
        if (client === undefined) return Promise.resolve();
        if (operation === 'query') return client.evaluate(measurementCalls.query(client.terminalId));
        return client.submit(operation === 'set' ? setCall(client) : emptyCall);
    });
    const seconds = (performance.now() - startedMs) / 1000;
    const after = readCpu(running);
    const each = (name: keyof typeof after): number => (after[name] - before[name]) / total;
    return { tps: total / seconds, client: each('client'), network: each('network'), chaincode: each('chaincode') };
}

function readCpu({ networkPid, chaincodePids }: RunningNetwork): Record<'client' | 'network' | 'chaincode', number> {
    const { user, system } = process.cpuUsage();
    return {
        client: (user + system) / 1000,
        network: processCpuMs(networkPid),
        chaincode: chaincodePids.reduce((sum, pid) => sum + processCpuMs(pid), 0),
    };
}

function setCall({ terminalId }: LoadClient): Call {
    return measurementCalls.set({
        terminalId,
        timeMs: Date.now(),
        type: 'voltage',
        value: 10.2,
        unit: 'kV',
        quality: 'valid',
    });
}

function summarize(operation: CapacityOperation, plan: CapacityPlan, rounds: readonly Round[]): CapacityResult {
    const median = (name: keyof Round): number => medianOf(rounds.map((round) => round[name]));
    return {
        operation,
        inFlight: plan.inFlight,
        transactions: plan.transactions[operation],
        tps: median('tps'),
        cpuMsPerTransaction: { client: median('client'), network: median('network'), chaincode: median('chaincode') },
        rounds: rounds.map(({ tps }) => tps),
    };
}

/** The middle value, or the mean of the two middle ones; 0 for none. */
export function medianOf(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return (low + high) / 2;
}
