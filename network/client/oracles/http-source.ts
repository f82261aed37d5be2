import { defaultSourceLimits, type Source, type SourceFormat, type SourceLimits } from './source';
import { SourceError, type SourceFault } from './source-errors';

export interface HttpSourceOptions extends SourceLimits {
    /** From the first byte that is sent to the last that is received, redirects included. */
    readonly timeoutMs: number;
    readonly format: SourceFormat;
    /** How the ledger names it; the address when left out, with all that its query says. */
    readonly name?: string | undefined;
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
 * answer of somebody else's would carry the name of this source. Bytes are taken as they lie there, not compressed.
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
     * SOURCE_OF_OTHER_TYPE.
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
            throw this.#failure({ code: 'SOURCE_UNREACHABLE', why: reasonOf(cause) }, cause);
        }
    }

    async #follow(signal: AbortSignal): Promise<Response> {
        const headers = { accept: mediaTypes[this.#options.format].wanted, 'accept-encoding': 'identity' };
        let address = this.#address;
        for (let redirects = 0; ; redirects += 1) {
            const response = await fetch(address.href, { redirect: 'manual', headers, signal });
            const location = response.headers.get('location');
            if (response.status === 200) return response;
            await response.body?.cancel();
            if (!isRedirect(response.status) || location === null) {
                throw this.#failure({ code: 'SOURCE_REFUSED', status: response.status });
            }
            const next = URL.canParse(location, address.href) ? new URL(location, address) : undefined;
            if (next?.origin !== address.origin || redirects === maxRedirects) {
                throw this.#failure({ code: 'SOURCE_REDIRECTED', to: next?.href ?? location });
            }
            address = next;
        }
    }

    #requireType({ headers }: Response): void {
        const { wanted, is } = mediaTypes[this.#options.format];
        const given = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        const encoding = headers.get('content-encoding') ?? 'identity';
        if (encoding !== 'identity') throw this.#failure({ code: 'SOURCE_OF_OTHER_TYPE', given: encoding, wanted });
        if (this.#options.format !== 'any' && !is.test(given)) {
            throw this.#failure({ code: 'SOURCE_OF_OTHER_TYPE', given: given || 'of no type', wanted });
        }
    }

    /** Stops at the limit, whatever length was announced. */
    async #readBody({ body }: Response): Promise<Buffer> {
        const { maxBytes } = this.#options;
        const parts: Uint8Array[] = [];
        let size = 0;
        for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
            size += part.length;
            if (size > maxBytes) throw this.#failure({ code: 'SOURCE_TOO_LARGE', maxBytes });
            parts.push(part);
        }
        return Buffer.concat(parts);
    }

    #failure(fault: WithoutSource<SourceFault>, cause?: unknown): SourceError {
        return new SourceError({ ...fault, source: this.name }, { cause });
    }
}

type WithoutSource<Fault> = Fault extends SourceFault ? Omit<Fault, 'source'> : never;

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

/** Node's fetch says `fetch failed`, and why in its cause. */
function reasonOf(error: unknown): string {
    const { message, cause } = error as { readonly message?: string; readonly cause?: { readonly message?: string } };
    return cause?.message ?? message ?? String(error);
}
