/** What can go wrong with measuring starts. */
export interface StartFault {
    readonly code: 'COMMAND_FAILED';
    readonly command: string;
    /** Exit status, or the signal's name. */
    readonly status: number | string;
    readonly lastLines: readonly string[];
}

/** One sentence: what is wrong, where, what to do. */
export function describeStartFault(fault: StartFault): string {
    return (
        `"${fault.command}" ended with ${fault.status}, so nothing was measured: try it by hand. Its last lines were:\n` +
        fault.lastLines.join('\n')
    );
}

export class StartError extends Error {
    readonly fault: StartFault;

    constructor(fault: StartFault) {
        super(describeStartFault(fault));
        this.name = StartError.name;
        this.fault = fault;
    }
}
