import type { ActOperation, CapacityRecord, CapacityResult } from './capacity-record';
import { medianOf } from './median-of';

/** What the project asks of the embedded network on two cores, and of its CPU on any machine. */
export const capacityTargets = {
    setTps: 200,
    queryTps: 600,
    /** A Set's share of an empty transaction's TPS. */
    setOfEmpty: 0.7,
    /** Network process, in verifications. */
    setVerifications: 30,
    queryVerifications: 10,
} as const;

/**
 * An act's share of an empty transaction's TPS; a batch's readings a second, in those of `Set`. A signed reading has no
 * target: it is told.
 */
export const actTargets: Readonly<Record<Exclude<ActOperation, 'set-signed'>, number>> = {
    displacement: 0.65,
    select: 0.5,
    confirm: 0.5,
    operate: 0.5,
    outcome: 0.5,
    refuse: 0.5,
    cancel: 0.5,
    'set-batch': 50,
    'set-signed-batch': 50,
};

/** The capacity run on a terminal: a line an operation, and each target with what was found. */
export function renderCapacity({ conditions, results }: CapacityRecord): string {
    const rows = results.map(({ operation, tps, cpuMsPerTransaction: cpu, stateCalls, beside }) =>
        [
            operation.padEnd(16),
            tps.toFixed(0).padStart(6),
            String(stateCalls.gets).padStart(5),
            String(stateCalls.puts).padStart(5),
            ...[cpu.client, cpu.network, cpu.chaincode].map((ms) => ms.toFixed(2).padStart(10)),
            inVerifications(cpu.network, conditions.verifyMicros).toFixed(1).padStart(14),
            ...(beside ? [`  ${beside.ratio.toFixed(2)} of ${beside.operation}`] : []),
        ].join(' '),
    );
    return [
        `Embedded network, not Hyperledger Fabric; ${results[0]?.inFlight ?? 0} in flight, median of ${conditions.pairs} rounds.`,
        `One ECDSA P-256 verification: ${conditions.verifyMicros.toFixed(0)} µs of CPU.`,
        '',
        'operation           TPS  gets  puts  client ms network ms chaincode ms network/verify',
        ...rows,
        '',
        ...checkTargets({ conditions, results }).map(
            ({ name, found, wanted, kept }) => `${kept ? 'kept  ' : 'MISSED'}  ${name}: ${found} (wanted ${wanted})`,
        ),
    ].join('\n');
}

export interface CheckedTarget {
    readonly name: string;
    readonly found: string;
    readonly wanted: string;
    readonly kept: boolean;
}

/** Every target with what was found. The ones in verifications do not depend on how fast the machine is. */
export function checkTargets({ conditions, results }: Pick<CapacityRecord, 'conditions' | 'results'>): CheckedTarget[] {
    const of = (operation: CapacityResult['operation']): CapacityResult | undefined =>
        results.find((result) => result.operation === operation);
    const tps = (operation: CapacityResult['operation']): number => of(operation)?.tps ?? 0;
    const verifications = (operation: CapacityResult['operation']): number =>
        inVerifications(of(operation)?.cpuMsPerTransaction.network ?? Infinity, conditions.verifyMicros);
    const { setTps, queryTps, setOfEmpty, setVerifications, queryVerifications } = capacityTargets;
    return [
        atLeast('Set, TPS', tps('set'), setTps),
        atLeast('Query, TPS', tps('query'), queryTps),
        atLeast('Set of empty, TPS', medianRatio(of('set'), of('empty')), setOfEmpty),
        atMost('Set, network CPU in verifications', verifications('set'), setVerifications),
        atMost('Query, network CPU in verifications', verifications('query'), queryVerifications),
        ...checkActs(results),
    ];
}

/** Pair by pair, and of them the median: what else the machine does meanwhile weighs on both of a pair. */
function medianRatio(one: CapacityResult | undefined, other: CapacityResult | undefined): number {
    return medianOf((one?.rounds ?? []).map((tps, pair) => tps / (other?.rounds[pair] ?? Infinity)));
}

/** The targets of the acts that were measured. */
function checkActs(results: readonly CapacityResult[]): CheckedTarget[] {
    return results.flatMap(({ operation, beside, readings }) => {
        const wanted = Object.entries(actTargets).find(([act]) => act === operation)?.[1];
        if (beside === undefined || wanted === undefined) return [];
        return beside.operation === 'set'
            ? [atLeast(`${operation}, readings a second of Set's`, beside.ratio * readings, wanted)]
            : [atLeast(`${operation} of empty, TPS`, beside.ratio, wanted)];
    });
}

function inVerifications(ms: number, verifyMicros: number): number {
    return (ms * 1000) / verifyMicros;
}

function atLeast(name: string, found: number, wanted: number): CheckedTarget {
    return { name, found: short(found), wanted: `at least ${wanted}`, kept: found >= wanted };
}

function atMost(name: string, found: number, wanted: number): CheckedTarget {
    return { name, found: short(found), wanted: `at most ${wanted}`, kept: found <= wanted };
}

function short(value: number): string {
    return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
