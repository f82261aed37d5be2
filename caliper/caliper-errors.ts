/** What can go wrong with a benchmark run. Anything before the first round is bad input or a run that cannot work. */
export type CaliperFault =
    | {
          readonly code: 'BENCH_ARGUMENT_INVALID';
          readonly argument: string;
          readonly value: string;
          readonly expected: string;
      }
    | {
          readonly code: 'TRANSACTIONS_NOT_DIVISIBLE';
          readonly transactions: number;
          readonly workers: number;
          readonly topology: string;
      }
    | { readonly code: 'ROUND_EXCEEDS_MEDIUM'; readonly round: string; readonly medium: string; readonly sum: string }
    | {
          readonly code: 'TOO_FEW_SWITCHES';
          readonly topology: string;
          readonly switches: number;
          readonly needed: number;
          readonly tps: number;
          readonly limitMs: number;
      }
    | {
          readonly code: 'ROUND_ARGUMENTS_INVALID';
          readonly findings: readonly { readonly path: string; readonly message: string }[];
      }
    | { readonly code: 'LOAD_PLAN_UNREADABLE'; readonly file: string; readonly why: string }
    | { readonly code: 'BENCH_ALREADY_RUNNING'; readonly pid: number; readonly lockFile: string }
    | {
          readonly code: 'TRANSACTION_NOT_PROVED';
          readonly operation: string;
          readonly topology: string;
          readonly why: string;
      }
    | { readonly code: 'GATEWAY_NOT_OPENED'; readonly identity: string; readonly medium: string; readonly why: string }
    | { readonly code: 'LINK_BYPASSED'; readonly node: string; readonly accepted: number; readonly carried: number }
    | { readonly code: 'TERMINALS_NOT_PLAYED'; readonly medium: string; readonly why: string }
    | { readonly code: 'CLIENT_NOT_MEASURED'; readonly client: string; readonly why: string }
    | { readonly code: 'DRILL_IMPOSSIBLE'; readonly topology: string; readonly why: string }
    | { readonly code: 'DRILL_STEP_FAILED'; readonly step: string; readonly why: string }
    | { readonly code: 'BENCH_INTERRUPTED' };

type Sentences = {
    readonly [Code in CaliperFault['code']]: (fault: Extract<CaliperFault, { readonly code: Code }>) => string;
};

const sentences: Sentences = {
    BENCH_ARGUMENT_INVALID: ({ argument, value, expected }) => `${argument}${isGiven(value)}: give ${expected}.`,
    TRANSACTIONS_NOT_DIVISIBLE: ({ transactions, workers, topology }) =>
        `${transactions} transactions cannot be split evenly over the ${workers} workers of ${topology}: give a multiple ` +
        `of ${workers}.`,
    ROUND_EXCEEDS_MEDIUM: ({ round, medium, sum }) =>
        `Round ${round} asks more of ${medium} than it carries: ${sum}. Lower the rate.`,
    TOO_FEW_SWITCHES: ({ topology, switches, needed, tps, limitMs }) =>
        `${topology} has ${switches} switches, and ${tps} remote controls a second need ${needed}: each is selected once ` +
        `at a time and may be held for ${limitMs} ms. Lower limits.remoteControl.rateTps of the topology, or give it ` +
        'more terminals.',
    ROUND_ARGUMENTS_INVALID: ({ findings }) => {
        const told = findings.map(({ path, message }) => `${path}: ${message}`);
        return `The round's workload arguments are wrong: ${told.join('; ')}.`;
    },
    LOAD_PLAN_UNREADABLE: ({ file, why }) =>
        `The load plan ${file} cannot be used (${why}): start the rounds by npm run bench.`,
    BENCH_ALREADY_RUNNING: ({ pid, lockFile }) =>
        `A benchmark is running already (process ${pid}): wait for it or stop it; if there is none, remove ${lockFile}.`,
    TRANSACTION_NOT_PROVED: ({ operation, topology, why }) =>
        `No round was started on ${topology}, since a single ${operation} does not work there: ${why}`,
    GATEWAY_NOT_OPENED: ({ identity, medium, why }) =>
        `The gateway of ${identity} over ${medium} did not come up: ${why}`,
    LINK_BYPASSED: ({ node, accepted, carried }) =>
        `${node} accepted ${accepted} connections of the load but the links carried ${carried}: some terminal did not ` +
        'cross its medium, so its figures would be loopback; look for proxy settings.',
    TERMINALS_NOT_PLAYED: ({ medium, why }) => `The terminals on ${medium} could not be played: ${why}`,
    CLIENT_NOT_MEASURED: ({ client, why }) => `The ${client} client could not be measured: ${why}`,
    DRILL_IMPOSSIBLE: ({ topology, why }) =>
        `${topology} cannot lose its main station in a drill: ${why} Choose another suite, topology or back end.`,
    DRILL_STEP_FAILED: ({ step, why }) => `The drill failed at ${step}: ${why}.`,
    BENCH_INTERRUPTED: () => 'Interrupted: the rounds were stopped and no report was written.',
};

/** One sentence a fault: what is wrong, where, what to do. */
export function describeCaliperFault(fault: CaliperFault): string {
    const says = sentences[fault.code] as (fault: CaliperFault) => string;
    return says(fault);
}

function isGiven(value: string): string {
    return value === '' ? '' : ` is '${value}'`;
}

export class CaliperError extends Error {
    readonly fault: CaliperFault;

    constructor(fault: CaliperFault, options?: ErrorOptions) {
        super(describeCaliperFault(fault), options);
        this.name = 'CaliperError';
        this.fault = fault;
    }
}
