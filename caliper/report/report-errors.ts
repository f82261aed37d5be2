/** What can go wrong with a report's own files. */
export type ReportFault =
    | { readonly code: 'REPORT_UNREADABLE'; readonly file: string; readonly why: string }
    | {
          readonly code: 'REPORT_INVALID';
          readonly file: string;
          readonly findings: readonly { readonly path: string; readonly message: string }[];
      }
    | { readonly code: 'NOTHING_TO_SUMMARIZE' };

/** One sentence a fault: what is wrong, where, what to do. */
export function describeReportFault(fault: ReportFault): string {
    switch (fault.code) {
        case 'REPORT_UNREADABLE':
            return `${fault.file} cannot be read (${fault.why}): run a benchmark first, or name another report.json.`;
        case 'REPORT_INVALID': {
            const findings = fault.findings.map(
                ({ path, message }) => `${path === '' ? '(whole file)' : path}: ${message}`,
            );
            return `${fault.file} is not a run report of this version: ${findings.join('; ')}.`;
        }
        case 'NOTHING_TO_SUMMARIZE':
            return 'No latencies were given: a round without a successful transaction has no percentiles.';
    }
}

export class ReportError extends Error {
    readonly fault: ReportFault;

    constructor(fault: ReportFault, options?: ErrorOptions) {
        super(describeReportFault(fault), options);
        this.name = 'ReportError';
        this.fault = fault;
    }
}
