import { z } from 'zod';
import { runRecordSchema } from '../report/run-record';

const median = z.number().nonnegative();
const count = z.int().nonnegative();

/** What every run measures. */
export const plainOperations = ['empty', 'set', 'query'] as const;

/** Whole acts and batches, in the order in which a pair measures them: each control step finds what the one before left. */
export const actsInTurn = [
    ['displacement'],
    ['select', 'confirm', 'operate', 'outcome'],
    ['refuse'],
    ['cancel'],
    ['set-signed'],
    ['set-batch'],
    ['set-signed-batch'],
] as const;

export const actOperations = actsInTurn.flat();

/** `capacity.json`: what the network carries when nothing holds it back, and what a transaction costs. */
export const capacityRecordSchema = z.strictObject({
    schemaVersion: z.literal(1),
    startedAt: z.iso.datetime(),
    conditions: z.strictObject({
        backend: z.string(),
        topology: z.string(),
        peers: z.int(),
        endorsements: z.int(),
        tls: z.boolean(),
        /** Connections go from client to node without a medium in between. */
        relays: z.boolean(),
        client: z.string(),
        /** What sends the acts, and what they are measured beside. */
        actsClient: z.string().optional(),
        gateways: z.int(),
        chaincodeProcesses: z.int(),
        blockCutting: runRecordSchema.shape.topologies.element.shape.blockCutting,
        /** Rounds of each operation, alternating; every figure is their median. */
        pairs: z.int(),
        warmedWith: z.int(),
        /** CPU of one native ECDSA P-256 verification, µs, measured between the pairs. */
        verifyMicros: median,
        machine: runRecordSchema.shape.machine,
        versions: runRecordSchema.shape.versions,
    }),
    results: z.array(
        z.strictObject({
            operation: z.enum([...plainOperations, ...actOperations]),
            inFlight: z.int(),
            /** In each round; a control step's are sent in turns of a switch each. */
            transactions: z.int(),
            tps: median,
            /** Readings that one transaction carries. */
            readings: count,
            /** What one transaction asks of the state, from its read-write set on the ledger. */
            stateCalls: z.strictObject({ gets: count, puts: count, deletes: count, ranges: count }),
            /** An act only: beside what each of its rounds was measured, and its TPS in shares of that one's. */
            beside: z
                .strictObject({ operation: z.enum(['empty', 'set']), ratios: z.array(median), ratio: median })
                .optional(),
            /** CPU of the processes, ms for one transaction. */
            cpuMsPerTransaction: z.strictObject({ client: median, network: median, chaincode: median }),
            /** TPS of each round, in the order in which they ran. */
            rounds: z.array(median),
        }),
    ),
});

export type CapacityRecord = z.infer<typeof capacityRecordSchema>;
export type CapacityResult = CapacityRecord['results'][number];
export type CapacityOperation = CapacityResult['operation'];
export type PlainOperation = (typeof plainOperations)[number];
export type ActOperation = (typeof actOperations)[number];
export type StateCalls = CapacityResult['stateCalls'];
