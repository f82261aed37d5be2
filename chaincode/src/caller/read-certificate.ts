import { ContractError } from '../faults/contract-error';

/** What the contracts need of an X.509 certificate (RFC 5280, section 4.1). */
export interface CallerCertificate {
    /** Serial number, lower-case hex without leading zeros. */
    readonly serial: string;
    /** SubjectPublicKeyInfo, DER in base64. */
    readonly publicKey: string;
    /** Common name of the subject; '' when it has none. */
    readonly commonName: string;
    readonly organizationalUnits: readonly string[];
}

interface Element {
    readonly tag: number;
    readonly start: number;
    readonly contentStart: number;
    readonly end: number;
}

const sequence = 0x30;
const set = 0x31;
const integer = 0x02;
const objectIdentifier = 0x06;
const versionTag = 0xa0;
const commonNameOid = '550403';
const organizationalUnitOid = '55040b';

/**
 * Reads the fields by walking the DER: a few microseconds, where a whole X.509 parser costs hundreds. Nothing is
 * verified here: the peer has validated certificate and signature before the chaincode is asked.
 */
export function readCertificate(pem: Uint8Array): CallerCertificate {
    const der = derFromPem(pem);
    const certificate = elementAt(der, 0, der.length, sequence);
    const body = elementAt(der, certificate.contentStart, certificate.end, sequence);
    const fields = childrenOf(der, body);
    const first = fields[0]?.tag === versionTag ? 1 : 0;
    const [serial, , , , subject, publicKey] = fields.slice(first);
    if (serial?.tag !== integer || subject?.tag !== sequence || publicKey?.tag !== sequence) {
        throw unreadable();
    }
    const names = namesOf(der, subject);
    return {
        serial: der.toString('hex', serial.contentStart, serial.end).replace(/^0+(?=.)/, ''),
        publicKey: der.toString('base64', publicKey.start, publicKey.end),
        commonName: names.find((name) => name.oid === commonNameOid)?.value ?? '',
        organizationalUnits: names.filter((name) => name.oid === organizationalUnitOid).map((name) => name.value),
    };
}

function derFromPem(pem: Uint8Array): Buffer {
    const text = Buffer.from(pem.buffer, pem.byteOffset, pem.length).toString('latin1');
    const match = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(text);
    if (match?.[1] === undefined) {
        throw unreadable();
    }
    return Buffer.from(match[1], 'base64');
}

/** Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value string }. */
function namesOf(der: Buffer, name: Element): { readonly oid: string; readonly value: string }[] {
    return childrenOf(der, name)
        .filter((relative) => relative.tag === set)
        .flatMap((relative) => childrenOf(der, relative))
        .map((attribute) => {
            const [oid, value] = childrenOf(der, attribute);
            if (oid?.tag !== objectIdentifier || value === undefined) {
                throw unreadable();
            }
            return {
                oid: der.toString('hex', oid.contentStart, oid.end),
                value: der.toString('utf8', value.contentStart, value.end),
            };
        });
}

function childrenOf(der: Buffer, parent: Element): Element[] {
    const children: Element[] = [];
    for (let at = parent.contentStart; at < parent.end;) {
        const child = elementAt(der, at, parent.end);
        children.push(child);
        at = child.end;
    }
    return children;
}

function elementAt(der: Buffer, start: number, limit: number, expectedTag?: number): Element {
    const tag = der[start];
    const lengthByte = der[start + 1];
    if (tag === undefined || lengthByte === undefined || (expectedTag !== undefined && tag !== expectedTag)) {
        throw unreadable();
    }
    const lengthBytes = lengthByte < 0x80 ? 0 : lengthByte & 0x7f;
    const contentStart = start + 2 + lengthBytes;
    if (lengthByte === 0x80 || lengthBytes > 3 || contentStart > limit) {
        throw unreadable();
    }
    const length = lengthBytes === 0 ? lengthByte : der.readUIntBE(start + 2, lengthBytes);
    if (contentStart + length > limit) {
        throw unreadable();
    }
    return { tag, start, contentStart, end: contentStart + length };
}

function unreadable(): ContractError {
    return new ContractError({ code: 'CERTIFICATE_UNREADABLE' });
}
