import type { IncomingMessage } from 'node:http';
import { explainFailure } from './explain-failure';
import { requestAddress } from './request-address';
import { defaultSourceLimits, type Source, type SourceFormat, type SourceLimits } from './source';
import { SourceError, type FaultOfSource } from './source-errors';

export interface HttpSourceOptions extends SourceLimits {
    /** From the first byte that is sent to the last that is received, redirects included. */
    readonly timeoutMs: number;
    readonly format: SourceFormat;
    /** How the ledger names it; the address when left out, with all that its query says. */
    readonly name?: string | undefined;
    /** Certificates in PEM: the only roots that are trusted. Left out, whom Node trusts. */
    readonly ca?: string | undefined;
}

const maxRedirects = 3;
const mediaTypes: Readonly<Record<SourceFormat, { readonly wanted: string; readonly is: RegExp }>> = {
    csv: { wanted: 'text/csv', is: /^text\/csv$/ },
    // RFC 6839: a type that ends in +json is JSON, too.
    json: { wanted: 'application/json', is: /^application\/([a-z0-9.!#$&^_-]+\+)?json$/ },
    any: { wanted: '*/*', is: /./ },
};

/**
 * An HTTP or HTTPS address. Redirects are followed within the same origin (scheme, host and port) and not further: an
 * answer of somebody else's would carry the name of this source. Bytes are taken as they lie there, not compressed. An
 * HTTPS address must show a certificate of its host, in its time, of a CA that is trusted: nothing switches that off.
 */
export class HttpSource implements Source {
    readonly name: string;
    readonly #address: URL;
    readonly #options: HttpSourceOptions;

    /** Throws SourceError SOURCE_ADDRESS_INVALID. */
    constructor(address: string, options: Partial<HttpSourceOptions> = {}) {
        this.#address = readAddress(address);
        this.name = options.name ?? this.#address.href;
        this.#options = { ...defaultSourceLimits, format: 'any', ...options };
    }

    /**
     * Throws SourceError: SOURCE_UNREACHABLE, SOURCE_TIMED_OUT, SOURCE_REFUSED, SOURCE_REDIRECTED, SOURCE_TOO_LARGE,
     * SOURCE_OF_OTHER_TYPE, SOURCE_OF_OTHER_SCHEME, SOURCE_CA_UNKNOWN, SOURCE_OF_OTHER_NAME, SOURCE_CERTIFICATE_OUTDATED.
     */
    async read(): Promise<Buffer> {
        const signal = AbortSignal.timeout(this.#options.timeoutMs);
        try {
            const response = await this.#follow(signal);
            this.#requireType(response);
            return await this.#readBody(response);
        } catch (cause) {
            if (cause instanceof SourceError) throw cause;
            if (signal.aborted)
                throw this.#failure({ code: 'SOURCE_TIMED_OUT', timeoutMs: this.#options.timeoutMs }, cause);
            throw this.#failure(explainFailure(this.#address, cause), cause);
        }
    }

    async #follow(signal: AbortSignal): Promise<IncomingMessage> {
        const headers = { accept: mediaTypes[this.#options.format].wanted, 'accept-encoding': 'identity' };
        const { ca } = this.#options;
        let address = this.#address;
        for (let redirects = 0; ; redirects += 1) {
            const response = await requestAddress(address, { headers, signal, ca });
            const { statusCode: status = 0 } = response;
            if (status === 200) return response;
            response.destroy();
            const { location } = response.headers;
            if (!isRedirect(status) || location === undefined) {
                throw this.#failure({ code: 'SOURCE_REFUSED', status });
            }
            const next = URL.canParse(location, address.href) ? new URL(location, address) : undefined;
            if (next?.origin !== address.origin || redirects === maxRedirects) {
                throw this.#failure({ code: 'SOURCE_REDIRECTED', to: next?.href ?? location });
            }
            address = next;
        }
    }

    #requireType(response: IncomingMessage): void {
        const { format } = this.#options;
        const { wanted, is } = mediaTypes[format];
        const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = response.headers;
        const mediaType = type.split(';')[0]?.trim().toLowerCase() ?? '';
        const isWanted = format === 'any' || is.test(mediaType);
        if (isWanted && encoding === 'identity') return;
        response.destroy();
        const given = encoding === 'identity' ? mediaType || 'of no type' : encoding;
        throw this.#failure({ code: 'SOURCE_OF_OTHER_TYPE', given, wanted });
    }

    /** Stops at the limit, whatever length was announced; leaving the loop ends the connection. */
    async #readBody(response: IncomingMessage): Promise<Buffer> {
        const { maxBytes } = this.#options;
        const parts: Buffer[] = [];
        let size = 0;
        for await (const part of response as AsyncIterable<Buffer>) {
            size += part.length;
            if (size > maxBytes) throw this.#failure({ code: 'SOURCE_TOO_LARGE', maxBytes });
            parts.push(part);
        }
        return Buffer.concat(parts);
    }

    #failure(fault: FaultOfSource, cause?: unknown): SourceError {
        return new SourceError({ ...fault, source: this.name }, { cause });
    }
}

function readAddress(text: string): URL {
    const refuse = (why: string, source = text): SourceError =>
        new SourceError({ code: 'SOURCE_ADDRESS_INVALID', source, why });
    if (!URL.canParse(text)) throw refuse('it is no address');
    const address = new URL(text);
    if (address.protocol !== 'http:' && address.protocol !== 'https:') throw refuse('it is neither http nor https');
    if (address.username !== '' || address.password !== '') {
        throw refuse('its name would be on the ledger for everybody', address.origin);
    }
    address.hash = '';
    return address;
}

function isRedirect(status: number): boolean {
    return [301, 302, 303, 307, 308].includes(status);
}
