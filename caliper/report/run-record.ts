/**
 * The record of one benchmark run: what the runner measured, before anything is judged or drawn.
 * Times are milliseconds, rates transactions (or acts) a second. `report.json` is this record with its verdicts.
 */
import { z } from 'zod';
import { drillSchema } from '../drill/drill-record';
import { operations } from '../rounds/operations';

const count = z.int().nonnegative();
const milliseconds = z.number().nonnegative();
const perSecond = z.number().nonnegative();

/** Latencies of the successful transactions only; percentiles by nearest rank (see summarize-latencies.ts). */
export const latencySchema = z.strictObject({
    min: milliseconds,
    avg: milliseconds,
    p50: milliseconds,
    p95: milliseconds,
    p99: milliseconds,
    max: milliseconds,
});

/** Where one transaction's time went, each part following the one before it. A part that was not seen is left out. */
export const phasesSchema = z.strictObject({
    /** Displacements: from the terminal's stamp until its client sent the report. */
    sendMs: milliseconds.optional(),
    /** From the client's send until all endorsements were in. */
    endorseMs: milliseconds.optional(),
    /** From then until the orderer had taken the transaction. */
    orderMs: milliseconds.optional(),
    /** From then until the client heard that it is committed. */
    commitMs: milliseconds.optional(),
    /** Displacements: from the orderer's yes until the main station received the committed event. */
    hearMs: milliseconds.optional(),
    /** Remote controls: from the dispatcher's first message until the selection was committed. */
    selectMs: milliseconds.optional(),
    /** From then until the main station received the terminal's committed answer. */
    answerMs: milliseconds.optional(),
    /** From then until the operation was committed. */
    operateMs: milliseconds.optional(),
    /** From then until the main station received the committed new position. */
    outcomeMs: milliseconds.optional(),
});

export type Phases = z.infer<typeof phasesSchema>;
/** In the order in which they follow each other. */
export const phaseNames = Object.keys(phasesSchema.shape) as readonly (keyof Phases)[];

const worstTransactionSchema = z.strictObject({
    transactionId: z.string(),
    latencyMs: milliseconds,
    terminalId: z.string().optional(),
    medium: z.string().optional(),
    phases: phasesSchema.optional(),
});

const mediumShareSchema = z.strictObject({
    medium: z.string(),
    planned: count,
    succeeded: count,
    failed: count,
    /** null when no transaction succeeded. */
    latencyMs: latencySchema.nullable(),
    /** Where the time goes on this medium, on average. */
    averagePhases: phasesSchema.optional(),
});

export const roundSchema = z.strictObject({
    label: z.string().min(1),
    /** Displacement and control are whole acts of several messages; set and query single transactions. */
    operation: z.enum(operations),
    /** Name of one of the record's topologies. */
    topology: z.string(),
    /** `mixed`, or the one medium that carried the round. */
    medium: z.string(),
    byMedium: z.array(mediumShareSchema).optional(),
    plannedTps: z.number().positive(),
    planned: count,
    succeeded: count,
    failed: count,
    sendRateTps: perSecond,
    /** Successful transactions only, from the first send to the last finish. Caliper counts failures in. */
    successTps: perSecond,
    /** The load did not reach 95 % of the asked rate: shown, not judged. */
    saturated: z.boolean(),
    /**
     * Set and query: from the client's send until it knew the outcome. Displacement: from the terminal's stamp until the
     * main station received the committed event. Control: from the dispatcher's first message until the main station
     * received the committed new position. null when no transaction succeeded.
     */
    latencyMs: latencySchema.nullable(),
    /** Caliper's own figures, under Caliper's own names. */
    caliper: z.record(z.string(), z.union([z.number(), z.string()])),
    errors: z.array(z.strictObject({ code: z.string(), count })),
    /** Transactions the client could not account for; a commit timeout is lost even when the ledger holds it. */
    lost: z.array(
        z.strictObject({
            transactionId: z.string(),
            code: z.string(),
            inLedger: z.union([z.boolean(), z.literal('unknown')]),
        }),
    ),
    /** Displacement rounds: how many of the committed ones the main station heard of. */
    heard: count.optional(),
    worst: worstTransactionSchema.nullable(),
    /** What one transaction of a medium's own terminals sent over it, TLS included, as the relays counted. */
    bytes: z
        .array(
            z.strictObject({
                medium: z.string(),
                upPerTransaction: z.number().nonnegative(),
                downPerTransaction: z.number().nonnegative(),
            }),
        )
        .optional(),
    /** A sentence when the round did not run or was cut short. */
    problem: z.string().optional(),
});

/** The record keeps what the report shows of a medium; further fields of the topology's media are dropped. */
const mediumSchema = z.object({
    name: z.string(),
    latencyMs: milliseconds,
    jitterMs: milliseconds,
    /** Told as retransmissions; a record without it was made without loss. */
    lossRate: z.number().min(0).max(1).optional(),
    uplinkKbps: z.number().positive(),
    downlinkKbps: z.number().positive(),
    gatewayHolders: z.string().optional(),
    origin: z.string(),
});

const topologySchema = z.strictObject({
    name: z.string(),
    title: z.string(),
    topologyHash: z.string(),
    blockCutting: z.strictObject({
        timeoutMs: milliseconds,
        maxMessageCount: z.int().positive(),
        preferredMaxBytes: z.int().positive(),
        absoluteMaxBytes: z.int().positive(),
    }),
    endorsementPolicy: z.string(),
    media: z.array(mediumSchema),
    /** How many terminals the topology holds. */
    terminals: count,
    /** Acts a second in the rounds that the limits are judged on. */
    actRates: z.strictObject({ displacement: perSecond, control: perSecond }),
    /** Rounds of the suite that a medium is too narrow for, each with the sum that says so, and acts that could not be run. */
    leftOut: z.array(z.strictObject({ label: z.string(), why: z.string() })).optional(),
    /** Highest resident memory of the network's process seen during the run. */
    networkPeakMemoryMb: z.number().nonnegative().optional(),
});

export const runRecordSchema = z.strictObject({
    schemaVersion: z.literal(1),
    /** ISO 8601, UTC. */
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    /** embedded, native, docker or profile: only the last three are Hyperledger Fabric. */
    backend: z.enum(['embedded', 'native', 'docker', 'profile']),
    seed: z.int(),
    suite: z.enum(['default', 'full', 'thesis', 'drill']),
    /** Caliper connector the rounds went through: ours, or the one Caliper ships. */
    connector: z.string().optional(),
    versions: z.record(z.string(), z.string()),
    machine: z.strictObject({
        cpuModel: z.string(),
        cores: z.int().positive(),
        memoryMb: z.number().positive(),
        node: z.string(),
    }),
    topologies: z.array(topologySchema).min(1),
    limits: z.strictObject({ displacementMs: milliseconds, remoteControlMs: milliseconds }),
    /** None of a run of the drill alone. */
    rounds: z.array(roundSchema),
    /** The loss of the main station, once for each topology where it could be played; a record without was made before it. */
    drills: z.array(drillSchema).optional(),
});

export const verdictSchema = z.strictObject({
    id: z.enum(['switch-displacement', 'remote-control', 'displacement-after-loss', 'control-after-loss']),
    topology: z.string(),
    boundMs: milliseconds,
    /** null when not measured. */
    worstMs: milliseconds.nullable(),
    /** What the figure stands on, in one sentence. */
    basis: z.string(),
    status: z.enum(['met', 'missed', 'not-measured']),
    evidence: z.enum(['measured', 'estimated']),
    /** Acts a second in the rounds that it is judged on; the drill has a single act. */
    rateTps: perSecond.optional(),
    /** The highest asked rate whose round kept the limit, unsaturated and without loss; null when none did. */
    highestRateTps: perSecond.nullable().optional(),
    /** The round and the transaction of `worstMs`. */
    round: z.string().optional(),
    worst: worstTransactionSchema.optional(),
    /** When missed or not measured: one sentence that says why. */
    reason: z.string().optional(),
});

/** What `report.json` holds. */
export const runReportSchema = z.strictObject({ ...runRecordSchema.shape, verdicts: z.array(verdictSchema) });

export type LatencySummary = z.infer<typeof latencySchema>;
export type WorstTransaction = z.infer<typeof worstTransactionSchema>;
export type MediumShare = z.infer<typeof mediumShareSchema>;
export type RoundRecord = z.infer<typeof roundSchema>;
export type RecordedTopology = z.infer<typeof topologySchema>;
export type RunRecord = z.infer<typeof runRecordSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type RunReport = z.infer<typeof runReportSchema>;
