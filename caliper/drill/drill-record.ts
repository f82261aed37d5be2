import { z } from 'zod';

/** What the drill does after the loss, in this order. The first that fails ends it. */
export const drillSteps = [
    'select-refused',
    'authority-moved',
    'displacement-heard',
    'operation-freed',
    'control-completed',
    'dispatch-returned',
    'dispatch-refused',
    'authority-returned',
    'dispatch-selects',
] as const;

export type DrillStep = (typeof drillSteps)[number];

const milliseconds = z.number().nonnegative();

export const drillStepSchema = z.strictObject({
    step: z.enum(drillSteps),
    /** The act by itself: from its first message, or for a displacement from the terminal's stamp. */
    tookMs: milliseconds,
    /** From the moment of the loss until the act's end. */
    sinceLossMs: milliseconds,
    /** How it ended, where it may end in more than one way. */
    ended: z.enum(['cancelled', 'expired']).optional(),
});

/** What one loss of the dispatch centre showed. Times by the clock of the machine that ran it. */
export const drillSchema = z.strictObject({
    /** Name of one of the record's topologies. */
    topology: z.string(),
    /** The switch that was being operated, and its terminal. */
    terminalId: z.string(),
    deviceId: z.string(),
    medium: z.string(),
    /** The terminal's messages crossed its medium; otherwise they went over loopback. The people are on no medium. */
    crossesMedium: z.boolean(),
    /** Nodes of the dispatch centre that were killed at once; all of its clients were closed with them. */
    killed: z.array(z.string()),
    /** Its orderer led Raft, so that the others had to elect another first; not there where none runs Raft. */
    ledOrdering: z.boolean().optional(),
    /** Nodes of it that the back end could not kill. */
    left: z.array(z.strictObject({ node: z.string(), why: z.string() })),
    /** The organisation that was given dispatch authority, and the one whose operator approved. */
    takenOverBy: z.string(),
    approvedBy: z.string(),
    /** Those that succeeded, in order. */
    steps: z.array(drillStepSchema),
    /** A sentence when it did not come to its end. */
    problem: z.string().optional(),
});

export type DrillRecord = z.infer<typeof drillSchema>;
export type TimedStep = z.infer<typeof drillStepSchema>;
