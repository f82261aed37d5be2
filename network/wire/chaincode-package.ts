import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** What a peer must know of a chaincode that runs as a service. */
export interface ServiceConnection {
    /** host:port that the peer dials. */
    readonly address: string;
}

/** A package as a peer installs it; equal contents give equal bytes, and so the same id, on every machine. */
export interface ChaincodePackage {
    /** label:sha256 */
    readonly id: string;
    readonly bytes: Buffer;
}

/**
 * The package of a chaincode as a service: no code, only where it is dialled. Fabric v2.5.16:
 * core/chaincode/persistence/chaincode_package.go; the type is the one of Fabric's own `ccaas` builder.
 */
export function newChaincodePackage(label: string, { address }: ServiceConnection): ChaincodePackage {
    const connection = JSON.stringify({ address, dial_timeout: '10s', tls_required: false });
    const code = newTarGz({ 'connection.json': Buffer.from(connection) });
    const metadata = JSON.stringify({ path: '', type: 'ccaas', label });
    const bytes = newTarGz({ 'metadata.json': Buffer.from(metadata), 'code.tar.gz': code });
    return { id: packageIdOf(label, bytes), bytes };
}

/** Fabric's id of a package with these bytes. */
export function packageIdOf(label: string, bytes: Uint8Array): string {
    return `${label}:${createHash('sha256').update(bytes).digest('hex')}`;
}

const blockSize = 512;

/** Stored rather than compressed: what zlib makes of the same bytes differs by its version. */
function newTarGz(files: Readonly<Record<string, Buffer>>): Buffer {
    const parts = Object.entries(files).flatMap(([name, content]) => [
        newTarHeader(name, content.length),
        content,
        Buffer.alloc(padding(content.length)),
    ]);
    const gzip = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]), { level: 0 });
    // RFC 1952: no extra flags, operating system unknown.
    gzip[8] = 0;
    gzip[9] = 0xff;
    return gzip;
}

function padding(length: number): number {
    return (blockSize - (length % blockSize)) % blockSize;
}

/** A regular file's header (POSIX.1-1988 ustar): nobody's, of no time, readable by all. */
function newTarHeader(name: string, size: number): Buffer {
    const header = Buffer.alloc(blockSize);
    const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
    header.write(name, 0);
    header.write(octal(0o644, 7), 100);
    header.write(octal(0, 7), 108);
    header.write(octal(0, 7), 116);
    header.write(octal(size, 11), 124);
    header.write(octal(0, 11), 136);
    header.fill(' ', 148, 156);
    header.write('0', 156);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${octal(sum, 6)}\0 `, 148);
    return header;
}
