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
    /** Https was asked for, and what came was no TLS. */
    | { readonly code: 'SOURCE_OF_OTHER_SCHEME'; readonly source: string }
    | { readonly code: 'SOURCE_CA_UNKNOWN'; readonly source: string }
    | { readonly code: 'SOURCE_CA_UNUSABLE'; readonly source: string; readonly why: string }
    | {
          readonly code: 'SOURCE_OF_OTHER_NAME';
          readonly source: string;
          readonly host: string;
          /** As the certificate has them: `DNS:a.example, IP Address:127.0.0.1`. */
          readonly names: string;
      }
    | { readonly code: 'SOURCE_CERTIFICATE_OUTDATED'; readonly source: string; readonly why: string }
    | { readonly code: 'SOURCE_MALFORMED'; readonly source: string; readonly why: string }
    | { readonly code: 'VALUE_NOT_FOUND'; readonly source: string; readonly why: string }
    | { readonly code: 'VALUE_NOT_A_NUMBER'; readonly source: string; readonly text: string };

/** A fault that does not say yet which source it is of. */
export type FaultOfSource<Fault = SourceFault> = Fault extends SourceFault ? Omit<Fault, 'source'> : never;

type Sentences = {
    readonly [Code in SourceFault['code']]: (fault: Extract<SourceFault, { readonly code: Code }>) => string;
};

const sentences: Sentences = {
    SOURCE_ADDRESS_INVALID: ({ source, why }) =>
        `${source} cannot be a source (${why}): give http://… or https://… without a name or password.`,
    SOURCE_UNREADABLE: ({ source, why }) => `The file ${source} cannot be read (${why}).`,
    SOURCE_UNREACHABLE: ({ source, why }) => `${source} does not answer (${why}).`,
    SOURCE_TIMED_OUT: ({ source, timeoutMs }) => `${source} gave no whole answer within ${timeoutMs} ms.`,
    SOURCE_REFUSED: ({ source, status }) => `${source} answered with status ${status}, not with data.`,
    SOURCE_REDIRECTED: ({ source, to }) =>
        `${source} sends on to ${to}, which is not followed: name the source that is meant.`,
    SOURCE_TOO_LARGE: ({ source, maxBytes }) =>
        `${source} is larger than ${maxBytes} bytes: allow more with --max-bytes, or name a smaller source.`,
    SOURCE_OF_OTHER_TYPE: ({ source, given, wanted }) => `${source} is ${given}, not ${wanted}.`,
    SOURCE_OF_OTHER_SCHEME: ({ source }) => `${source} does not speak TLS: is it an http:// address?`,
    SOURCE_CA_UNKNOWN: ({ source }) =>
        `${source} shows a certificate of a CA that is not trusted here: name the CA's root with --source-ca.`,
    SOURCE_CA_UNUSABLE: ({ source, why }) =>
        `The CA file ${source} cannot be used (${why}): give the certificate of a CA in PEM.`,
    SOURCE_OF_OTHER_NAME: ({ source, host, names }) =>
        `${source} shows a certificate that is not of ${host}, but of ${names}.`,
    SOURCE_CERTIFICATE_OUTDATED: ({ source, why }) =>
        `The certificate of ${source} does not hold at this time (${why}): its host needs a new one, or a clock is wrong.`,
    SOURCE_MALFORMED: ({ source, why }) => `${source} cannot be read as it is named: ${why}.`,
    VALUE_NOT_FOUND: ({ source, why }) => `${source} does not hold the value: ${why}.`,
    VALUE_NOT_A_NUMBER: ({ source, text }) => `The value in ${source} is “${text}”, which is not a number.`,
};

/** One sentence a fault: what is wrong, where, what to do. */
export function describeSourceFault(fault: SourceFault): string {
    return (sentences[fault.code] as (fault: SourceFault) => string)(fault);
}

export class SourceError extends Error {
    readonly fault: SourceFault;

    constructor(fault: SourceFault, options?: ErrorOptions) {
        super(describeSourceFault(fault), options);
        this.name = 'SourceError';
        this.fault = fault;
    }
}
