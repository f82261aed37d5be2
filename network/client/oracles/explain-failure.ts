import type { FaultOfSource } from './source-errors';

/** What an error of Node may tell. */
interface NodeFailure {
    readonly code?: string;
    readonly message?: string;
    /** One for each address of a name. */
    readonly errors?: readonly { readonly message?: string }[];
    readonly cert?: { readonly subjectaltname?: string };
}

/** OpenSSL's verdicts on a chain that ends at nobody who is trusted; X509_verify_cert_error_string(3) explains them. */
const untrusted = new Set([
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_UNTRUSTED',
    'CERT_SIGNATURE_FAILURE',
]);
const outdated = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** The fault of a request to an address that failed in the connection, in TLS or in HTTP. */
export function explainFailure(address: URL, error: unknown): FaultOfSource {
    const failure = error as NodeFailure;
    const fault = certificateFault(address.hostname, failure);
    if (fault !== undefined) return fault;
    const tls = tlsReasonOf(failure);
    if (tls !== undefined && /wrong version number|packet length too long/.test(tls)) {
        return { code: 'SOURCE_OF_OTHER_SCHEME' };
    }
    if (address.protocol === 'http:' && failure.message === 'socket hang up') {
        return { code: 'SOURCE_UNREACHABLE', why: 'it hung up without a word, as a server of https does' };
    }
    return { code: 'SOURCE_UNREACHABLE', why: tls ?? plainReasonOf(failure) };
}

function certificateFault(host: string, { code = '', message = code, cert }: NodeFailure): FaultOfSource | undefined {
    if (untrusted.has(code)) return { code: 'SOURCE_CA_UNKNOWN' };
    if (outdated.has(code)) return { code: 'SOURCE_CERTIFICATE_OUTDATED', why: message };
    if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return undefined;
    return { code: 'SOURCE_OF_OTHER_NAME', host, names: cert?.subjectaltname ?? 'nobody' };
}

/** OpenSSL: `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…`. */
function tlsReasonOf({ message = '' }: NodeFailure): string | undefined {
    return /:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1];
}

/** Where each of a name's addresses failed, the whole has no message of its own. */
function plainReasonOf(failure: NodeFailure): string {
    const messages = [failure, ...(failure.errors ?? [])].map(({ message }) => message);
    return (
        messages.find((message) => message !== undefined && message !== '') ??
        failure.code ??
        'for no reason that Node tells'
    );
}
