import { type Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { RunningNetwork } from '../../network/backends/running-network';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import type { NetworkIdentities } from '../../network/identities/identity';
import { plainOperations, type CapacityResult, type PlainOperation } from './capacity-record';
import { countStateCalls } from './count-state-calls';
import { emptyCall } from './empty-call';
import { measureVerification } from './measure-verification';
import { measureRound, type Round } from './measure-round';

export interface CapacityPlan {
    readonly inFlight: number;
    readonly gateways: number;
    readonly pairs: number;
    readonly transactions: Readonly<Record<PlainOperation, number>>;
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

/** Measures a running network that carries nothing else. Throws ClientError when a single transaction is lost. */
export async function measureCapacity(
    running: RunningNetwork,
    identities: NetworkIdentities,
    plan: CapacityPlan,
    progress: (line: string) => void,
): Promise<Capacity> {
    await provisionNetwork(running, identities);
    const terminals = running.network.terminals.filter(({ concentrators }) => concentrators.length === 0);
    const connections = (await Promise.all(
        terminals.slice(0, plan.gateways).map(({ id }) => connectGateway(running, findIdentity(identities, id))),
    )) as [GatewayConnection, ...GatewayConnection[]];
    try {
        await Promise.all(connections.map((connection) => submitCall(connection, setCall(connection))));
        for (const operation of plainOperations) await runRound(running, connections, plan, operation, plan.warmWith);
        const rounds = new Map<PlainOperation, Round[]>(plainOperations.map((operation) => [operation, []]));
        const verifications: number[] = [];
        for (let pair = 0; pair < plan.pairs; pair++) {
            verifications.push(measureVerification());
            const order = pair % 2 === 0 ? plainOperations : [...plainOperations].reverse();
            for (const operation of order) {
                const round = await runRound(running, connections, plan, operation, plan.transactions[operation]);
                rounds.get(operation)?.push(round);
                progress(`pair ${pair + 1} of ${plan.pairs}, ${operation}: ${round.tps.toFixed(0)} TPS`);
            }
        }
        const results: CapacityResult[] = [];
        for (const operation of plainOperations) {
            // One more of each, submitted: a query that is ordered too leaves on the ledger what it read.
            const { transactionId } = await submitCall(connections[0], callOf(operation, connections[0]));
            const stateCalls = await countStateCalls(connections[0], running.network.chaincode.name, transactionId);
            results.push({ ...summarize(operation, plan, rounds.get(operation) ?? []), stateCalls });
        }
        return { verifyMicros: medianOf(verifications), results };
    } finally {
        for (const connection of connections) connection.close();
    }
}

async function runRound(
    running: RunningNetwork,
    connections: readonly GatewayConnection[],
    { inFlight }: CapacityPlan,
    operation: PlainOperation,
    total: number,
): Promise<Round> {
    return measureRound(running, { total, inFlight }, (index) => {
        const connection = connections[index % connections.length];
        if (connection === undefined) return Promise.resolve();
        const call = callOf(operation, connection);
        return operation === 'query' ? evaluateCall(connection, call) : submitCall(connection, call);
    });
}

function callOf(operation: PlainOperation, connection: GatewayConnection): Call {
    switch (operation) {
        case 'empty':
            return emptyCall;
        case 'set':
            return setCall(connection);
        case 'query':
            return measurementCalls.query(connection.identity.name);
    }
}

function setCall({ identity, clock }: GatewayConnection): Call {
    return measurementCalls.set({
        terminalId: identity.name,
        timeMs: Math.floor(clock()),
        type: 'voltage',
        value: 10.2,
        unit: 'kV',
        quality: 'valid',
    });
}

function summarize(
    operation: PlainOperation,
    plan: CapacityPlan,
    rounds: readonly Round[],
): Omit<CapacityResult, 'stateCalls'> {
    const median = (name: keyof Round): number => medianOf(rounds.map((round) => round[name]));
    return {
        operation,
        inFlight: plan.inFlight,
        transactions: plan.transactions[operation],
        tps: median('tps'),
        readings: operation === 'set' ? 1 : 0,
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
