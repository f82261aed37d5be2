import { request as requestPlain, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';

export interface AddressRequest {
    readonly headers: OutgoingHttpHeaders;
    readonly signal: AbortSignal;
    /** Certificates in PEM that are trusted, and no others; undefined: whom Node trusts. */
    readonly ca: string | undefined;
}

/**
 * One GET over a connection of its own, answered when the head of the answer is there. Not by `fetch`, which takes no CA.
 * Throws Node's own errors, of the connection, of TLS and of HTTP.
 */
export async function requestAddress(address: URL, { headers, signal, ca }: AddressRequest): Promise<IncomingMessage> {
    const options = { agent: false, headers: { ...headers, 'user-agent': 'feeder-ledger' }, signal };
    return new Promise((resolve, reject) => {
        const asked =
            address.protocol === 'https:'
                ? // The environment may ask Node to believe anybody: not here.
                  requestTls(address, { ...options, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) })
                : requestPlain(address, options);
        asked.on('response', resolve).on('error', reject).end();
    });
}
