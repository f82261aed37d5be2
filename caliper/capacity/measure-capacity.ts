import '../../network/client/prepare-sdk';
import { type Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { RunningNetwork } from '../../network/backends/running-network';
import { connectGateway } from '../../network/client/connect-gateway';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import type { NetworkIdentities } from '../../network/identities/identity';
import { openStockClient } from '../clients/open-stock-client';
import type { LoadClient } from '../clients/run-client-process';
import { plainOperations, type CapacityResult, type PlainOperation, type StateCalls } from './capacity-record';
import { countStateCalls } from './count-state-calls';
import { emptyCall } from './empty-call';
import { measureVerification } from './measure-verification';
import { measureRound, type Round } from './measure-round';
import { medianOf } from './median-of';

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
    transactions: { empty: 1_000, set: 1_000, query: 1_000 },
    warmWith: 500,
};

export interface Capacity {
    readonly verifyMicros: number;
    readonly results: readonly CapacityResult[];
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
        terminals.slice(0, plan.gateways).map(({ id }) => {
            const identity = findIdentity(identities, id);
            // Without it the SDK makes a key for TLS, which the native crypto suite does not do; no server asks for one.
            const tlsInfo = { certificate: identity.certificatePem, key: identity.privateKeyPem };
            return openStockClient(running, identity, { tlsInfo });
        }),
    );
    try {
        await Promise.all(clients.map((client) => client.submit(setCall(client))));
        for (const operation of plainOperations) await runRound(running, clients, plan, operation, plan.warmWith);
        const rounds = new Map<PlainOperation, Round[]>(plainOperations.map((operation) => [operation, []]));
        const verifications: number[] = [];
        for (let pair = 0; pair < plan.pairs; pair++) {
            verifications.push(measureVerification());
            const order = pair % 2 === 0 ? plainOperations : [...plainOperations].reverse();
            for (const operation of order) {
                const round = await runRound(running, clients, plan, operation, plan.transactions[operation]);
                rounds.get(operation)?.push(round);
                progress(`pair ${pair + 1} of ${plan.pairs}, ${operation}: ${round.tps.toFixed(0)} TPS`);
            }
        }
        const counted = await countPlainCalls(running, identities, terminals[0]?.id ?? '');
        const results = plainOperations.map((operation) => ({
            ...summarize(operation, plan, rounds.get(operation) ?? []),
            stateCalls: counted[operation],
        }));
        return { verifyMicros: medianOf(verifications), results };
    } finally {
        for (const client of clients) client.close();
    }
}

async function runRound(
    running: RunningNetwork,
    clients: readonly LoadClient[],
    { inFlight }: CapacityPlan,
    operation: PlainOperation,
    total: number,
): Promise<Round> {
    return measureRound(running, { total, inFlight }, (index) => {
        const client = clients[index % clients.length];
        if (client === undefined) return Promise.resolve();
        const call = callOf(operation, client);
        return operation === 'query' ? client.evaluate(call) : client.submit(call);
    });
}

/** One more of each, submitted: a query that is ordered too leaves on the ledger what it read. */
async function countPlainCalls(
    running: RunningNetwork,
    identities: NetworkIdentities,
    terminalId: string,
): Promise<Record<PlainOperation, StateCalls>> {
    const connection = await connectGateway(running, findIdentity(identities, terminalId));
    try {
        const count = async (operation: PlainOperation): Promise<StateCalls> => {
            const { transactionId } = await submitCall(connection, callOf(operation, { terminalId }));
            return countStateCalls(connection, running.network.chaincode.name, transactionId);
        };
        return { empty: await count('empty'), set: await count('set'), query: await count('query') };
    } finally {
        connection.close();
    }
}

type Reporter = Pick<LoadClient, 'terminalId'>;

function callOf(operation: PlainOperation, reporter: Reporter): Call {
    switch (operation) {
        case 'empty':
            return emptyCall;
        case 'set':
            return setCall(reporter);
        case 'query':
            return measurementCalls.query(reporter.terminalId);
    }
}

function setCall({ terminalId }: Reporter): Call {
    return measurementCalls.set({
        terminalId,
        timeMs: Date.now(),
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
