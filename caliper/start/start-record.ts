import { z } from 'zod';
import { runRecordSchema } from '../report/run-record';

const milliseconds = z.number().nonnegative();

/** `start.json`: how long it takes from nothing to the first committed `Set`, as whoever types the commands sees it. */
export const startRecordSchema = z.strictObject({
    schemaVersion: z.literal(1),
    startedAt: z.iso.datetime(),
    conditions: z.strictObject({
        backend: z.string(),
        topology: z.string(),
        /** Registered by `up`, before the `Set` of one of them. */
        terminals: z.int(),
        limitMs: milliseconds,
        machine: runRecordSchema.shape.machine,
        versions: runRecordSchema.shape.versions,
    }),
    starts: z.array(
        z.strictObject({
            /** From typing `up` to its prompt: npm, the network, roles and registrations. */
            upMs: milliseconds,
            /** From typing `call` to the committed `Set` and the prompt. */
            setMs: milliseconds,
            totalMs: milliseconds,
            /** Of the machine before it, over one minute: above the number of cores others were working, too. */
            load: z.number().nonnegative(),
            kept: z.boolean(),
        }),
    ),
});

export type StartRecord = z.infer<typeof startRecordSchema>;
export type MeasuredStart = StartRecord['starts'][number];
