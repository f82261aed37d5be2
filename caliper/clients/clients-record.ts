import { z } from 'zod';
import { runRecordSchema } from '../report/run-record';
import { comparedOperations } from './client-messages';

const figure = z.number().nonnegative();
const round = z.strictObject({ tps: figure, cpuMsPerTransaction: figure });

/** One client's rounds of one operation; the figures outside `rounds` are medians, the counts sums of all rounds. */
const measuredClient = round.extend({
    failed: z.int(),
    ellipticSignatures: z.int(),
    /** In the order in which they ran: the same place in both clients is one pair. */
    rounds: z.array(round),
});

/** `clients.json`: our client beside fabric-network as Caliper's stock connector uses it. */
export const clientsRecordSchema = z.strictObject({
    schemaVersion: z.literal(1),
    startedAt: z.iso.datetime(),
    conditions: z.strictObject({
        backend: z.string(),
        topology: z.string(),
        pairs: z.int(),
        gateways: z.int(),
        warmedWith: z.int(),
        relays: z.boolean(),
        own: z.string(),
        stock: z.string(),
        blockCutting: runRecordSchema.shape.topologies.element.shape.blockCutting,
        machine: runRecordSchema.shape.machine,
        versions: runRecordSchema.shape.versions,
    }),
    results: z.array(
        z.strictObject({
            operation: z.enum(comparedOperations),
            inFlight: z.int(),
            /** In each round. */
            transactions: z.int(),
            own: measuredClient,
            stock: measuredClient,
            /** Ours by stock's, the median of the pairs' ratios. */
            throughputRatio: figure,
            cpuRatio: figure,
        }),
    ),
});

export type ClientsRecord = z.infer<typeof clientsRecordSchema>;
export type ClientResult = ClientsRecord['results'][number];
export type MeasuredClient = z.infer<typeof measuredClient>;
