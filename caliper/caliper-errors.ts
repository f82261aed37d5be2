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
    | { readonly code: 'CLIENT_NOT_MEASURED'; readonly client: string; readonly why: string }
    | { readonly code: 'BENCH_INTERRUPTED' };

/** One sentence a fault: what is wrong, where, what to do. */
export function describeCaliperFault(fault: CaliperFault): string {
    switch (fault.code) {
        case 'BENCH_ARGUMENT_INVALID':
            return `${fault.argument}${isGiven(fault.value)}: give ${fault.expected}.`;
        case 'TRANSACTIONS_NOT_DIVISIBLE':
            return (
                `${fault.transactions} transactions cannot be split evenly over the ${fault.workers} workers of ` +
                `${fault.topology}: give a multiple of ${fault.workers}.`
            );
        case 'ROUND_EXCEEDS_MEDIUM':
            return `Round ${fault.round} asks more of ${fault.medium} than it carries: ${fault.sum}. Lower the rate.`;
        case 'ROUND_ARGUMENTS_INVALID': {
            const findings = fault.findings.map(({ path, message }) => `${path}: ${message}`);
            return `The round's workload arguments are wrong: ${findings.join('; ')}.`;
        }
        case 'LOAD_PLAN_UNREADABLE':
            return `The load plan ${fault.file} cannot be used (${fault.why}): start the rounds by npm run bench.`;
        case 'BENCH_ALREADY_RUNNING':
            return (
                `A benchmark is running already (process ${fault.pid}): wait for it or stop it; ` +
                `if there is none, remove ${fault.lockFile}.`
            );
        case 'TRANSACTION_NOT_PROVED':
            return (
                `No round was started on ${fault.topology}, since a single ${fault.operation} does not work there: ` +
                fault.why
            );
        case 'GATEWAY_NOT_OPENED':
            return `The gateway of ${fault.identity} over ${fault.medium} did not come up: ${fault.why}`;
        case 'LINK_BYPASSED':
            return (
                `${fault.node} accepted ${fault.accepted} connections of the load but the links carried ${fault.carried}: ` +
                'some terminal did not cross its medium, so its figures would be loopback; look for proxy settings.'
            );
        case 'CLIENT_NOT_MEASURED':
            return `The ${fault.client} client could not be measured: ${fault.why}`;
        case 'BENCH_INTERRUPTED':
            return 'Interrupted: the rounds were stopped and no report was written.';
    }
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
