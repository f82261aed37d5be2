import { gunzipSync } from 'node:zlib';
import { asBuffer } from './protobuf-bytes';
import { malformed } from './wire-errors';
import type { WireError } from './wire-errors';

/** A chaincode package, opened. */
export interface OpenedPackage {
    readonly label: string;
    /** Which builder takes it; `ccaas` for a chaincode as a service. */
    readonly type: string;
    /** code.tar.gz */
    readonly code: Buffer;
}

/**
 * Opens a chaincode package. Throws WIRE_MALFORMED, whose reason is what a peer says of it. Fabric v2.5.16:
 * core/chaincode/persistence/chaincode_package.go, ParseChaincodePackage.
 */
export function parseChaincodePackage(bytes: Uint8Array): OpenedPackage {
    const files = parseTarGz(bytes);
    const metadataBytes = files.get('metadata.json');
    const metadata = metadataBytes && parseMetadata(metadataBytes);
    const code = files.get('code.tar.gz');
    if (code === undefined) throw refusal('did not find a code package inside the package');
    if (metadata === undefined) throw refusal('did not find any package metadata (missing metadata.json)');
    if (!/^[0-9A-Za-z][0-9A-Za-z_.+-]*$/.test(metadata.label)) {
        throw refusal(
            `invalid label '${metadata.label}'. Label must be non-empty, can only consist of alphanumerics, ` +
                "symbols from '.+-_', and can only begin with alphanumerics",
        );
    }
    return { ...metadata, code };
}

/** connection.json, which `ccaas` packages hold in place of code. */
export interface PackagedConnection {
    /** host:port */
    readonly address: string;
    readonly tlsRequired: boolean;
}

/** Reads where a chaincode as a service is dialled; undefined when the package does not say. Throws WIRE_MALFORMED. */
export function parsePackagedConnection({ code }: Pick<OpenedPackage, 'code'>): PackagedConnection | undefined {
    const file = parseTarGz(code).get('connection.json');
    if (file === undefined) return undefined;
    const { address, tls_required: tlsRequired } = parseJson(file, 'connection.json');
    return typeof address === 'string' ? { address, tlsRequired: tlsRequired === true } : undefined;
}

function parseMetadata(file: Buffer): { readonly label: string; readonly type: string } {
    const { label, type } = parseJson(file, 'metadata.json');
    return { label: typeof label === 'string' ? label : '', type: typeof type === 'string' ? type : '' };
}

function parseJson(file: Buffer, name: string): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(file.toString('utf8'));
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
    }
    throw refusal(`could not unmarshal ${name} as json`);
}

/** The regular files of a gzipped archive, by name. */
function parseTarGz(bytes: Uint8Array): Map<string, Buffer> {
    const input = asBuffer(bytes);
    if (input.length < gzipHeaderBytes) {
        throw refusal(`error reading as gzip stream: ${input.length === 0 ? 'EOF' : 'unexpected EOF'}`);
    }
    if (input.readUInt16BE(0) !== gzipMagic) throw refusal('error reading as gzip stream: gzip: invalid header');
    return parseTar(gunzip(input));
}

/** RFC 1952. */
const gzipHeaderBytes = 10;
const gzipMagic = 0x1f8b;

function gunzip(bytes: Buffer): Buffer {
    try {
        return gunzipSync(bytes);
    } catch (cause) {
        const isCut = (cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
        throw refusal(`error inspecting next tar header: ${isCut ? 'unexpected EOF' : 'gzip: invalid checksum'}`);
    }
}

const blockSize = 512;
const regularFile: readonly number[] = [0, '0'.charCodeAt(0)];
/** Extended headers (POSIX.1-2001 pax, GNU): they describe the entry that follows and are none themselves. */
const describesNext: readonly number[] = ['x', 'g', 'L', 'K'].map((letter) => letter.charCodeAt(0));

/** POSIX.1-1988 ustar. */
function parseTar(archive: Buffer): Map<string, Buffer> {
    const files = new Map<string, Buffer>();
    for (let at = 0; at + blockSize <= archive.length && archive[at] !== 0;) {
        const header = archive.subarray(at, at + blockSize);
        const size = parseInt(textAt(header, 124, 12), 8);
        const end = at + blockSize + size;
        if (!isSummed(header) || Number.isNaN(size)) {
            throw refusal('error inspecting next tar header: archive/tar: invalid tar header');
        }
        const name = textAt(header, 0, 100);
        const type = header[156] ?? 0;
        if (!describesNext.includes(type)) {
            if (!regularFile.includes(type)) throw refusal(`tar entry ${name} is not a regular file, type ${type}`);
            if (end > archive.length) throw refusal(`could not read ${name} from tar: unexpected EOF`);
            files.set(name, archive.subarray(at + blockSize, end));
        }
        at = end + ((blockSize - (size % blockSize)) % blockSize);
    }
    return files;
}

/** The checksum counts its own field as blanks. */
function isSummed(header: Buffer): boolean {
    const blank = ' '.charCodeAt(0);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? blank : byte), 0);
    return parseInt(textAt(header, 148, 8), 8) === sum;
}

function textAt(header: Buffer, start: number, length: number): string {
    const [text = ''] = header.toString('latin1', start, start + length).split('\0');
    return text.trim();
}

function refusal(reason: string): WireError {
    return malformed('chaincode package', reason);
}
