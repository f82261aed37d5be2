/** Why a source off the chain gave no answer. */
export type SourceFault =
    | { readonly code: 'SOURCE_ADDRESS_INVALID'; readonly source: string; readonly why: string }
    | { readonly code: 'SOURCE_UNREADABLE'; readonly source: string; readonly why: string }
    | { readonly code: 'SOURCE_UNREACHABLE'; readonly source: string; readonly why: string }
    | { readonly code: 'SOURCE_TIMED_OUT'; readonly source: string; readonly timeoutMs: number }
    | { readonly code: 'SOURCE_REFUSED'; readonly source: string; readonly status: number }
    | { readonly code: 'SOURCE_REDIRECTED'; readonly source: string; readonly to: string }
    | { readonly code: 'SOURCE_TOO_LARGE'; readonly source: string; readonly maxBytes: number }
    | {
          readonly code: 'SOURCE_OF_OTHER_TYPE';
          readonly source: string;
          readonly given: string;
          readonly wanted: string;
      }
    | { readonly code: 'SOURCE_MALFORMED'; readonly source: string; readonly why: string }
    | { readonly code: 'VALUE_NOT_FOUND'; readonly source: string; readonly why: string }
    | { readonly code: 'VALUE_NOT_A_NUMBER'; readonly source: string; readonly text: string };

/** One sentence a fault: what is wrong, where, what to do. */
export function describeSourceFault(fault: SourceFault): string {
    switch (fault.code) {
        case 'SOURCE_ADDRESS_INVALID':
            return `${fault.source} cannot be a source (${fault.why}): give http://… or https://… without a name or password.`;
        case 'SOURCE_UNREADABLE':
            return `The file ${fault.source} cannot be read (${fault.why}).`;
        case 'SOURCE_UNREACHABLE':
            return `${fault.source} does not answer (${fault.why}).`;
        case 'SOURCE_TIMED_OUT':
            return `${fault.source} gave no whole answer within ${fault.timeoutMs} ms.`;
        case 'SOURCE_REFUSED':
            return `${fault.source} answered with status ${fault.status}, not with data.`;
        case 'SOURCE_REDIRECTED':
            return `${fault.source} sends on to ${fault.to}, which is not followed: name the source that is meant.`;
        case 'SOURCE_TOO_LARGE':
            return `${fault.source} is larger than ${fault.maxBytes} bytes: allow more with --max-bytes, or name a smaller source.`;
        case 'SOURCE_OF_OTHER_TYPE':
            return `${fault.source} is ${fault.given}, not ${fault.wanted}.`;
        case 'SOURCE_MALFORMED':
            return `${fault.source} cannot be read as it is named: ${fault.why}.`;
        case 'VALUE_NOT_FOUND':
            return `${fault.source} does not hold the value: ${fault.why}.`;
        case 'VALUE_NOT_A_NUMBER':
            return `The value in ${fault.source} is “${fault.text}”, which is not a number.`;
    }
}

export class SourceError extends Error {
    readonly fault: SourceFault;

    constructor(fault: SourceFault, options?: ErrorOptions) {
        super(describeSourceFault(fault), options);
        this.name = 'SourceError';
        this.fault = fault;
    }
}
