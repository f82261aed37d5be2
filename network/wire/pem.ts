import { malformed } from './wire-errors';

/**
 * The bytes of the first PEM block of the text; throws WireError when there is none. What stands before and behind the
 * block does not count, nor does its label: so Fabric reads an identity (msp/mspimpl.go, deserializeIdentityInternal).
 */
export function parsePem(text: Uint8Array | string): Buffer {
    const pem = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    const block = /(?:^|\n)-----BEGIN ([^\n-]*)-----[ \t\r]*\n([A-Za-z0-9+/=\s]*?)-----END \1-----/.exec(pem);
    if (!block) throw malformed('PEM block', 'could not decode the PEM structure');
    return Buffer.from(block[2] ?? '', 'base64');
}

/** A PEM block (RFC 7468), 64 characters a line. */
export function newPem(label: string, der: Uint8Array): string {
    const lines =
        Buffer.from(der)
            .toString('base64')
            .match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
