import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { newChaincodePackage } from '../../../../network/wire/chaincode-package';
import { parseChaincodePackage, parsePackagedConnection } from '../../../../network/wire/parse-chaincode-package';
import { WireError } from '../../../../network/wire/wire-errors';

const { bytes } = newChaincodePackage('feeder_0.1.0', { address: '127.0.0.1:7058' });
const archive = gunzipSync(bytes);
const metadataSize = '{"path":"","type":"ccaas","label":"feeder_0.1.0"}'.length;

/** The archive with some of its bytes replaced, its checksums left as they were. */
function withBytes(at: number, text: string): Buffer {
    const changed = Buffer.from(archive);
    changed.write(text, at, 'latin1');
    return gzipSync(changed);
}

/** The first header with a byte changed and its checksum put right. */
function withType(type: string): Buffer {
    const changed = Buffer.from(archive);
    const before = changed[156] ?? 0;
    changed.write(type, 156, 'latin1');
    const sum = parseInt(changed.toString('latin1', 148, 154), 8) - before + (changed[156] ?? 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return gzipSync(changed);
}

function refusalOf(read: () => unknown): string | undefined {
    try {
        read();
    } catch (error) {
        if (error instanceof WireError && error.fault.code === 'WIRE_MALFORMED') return error.fault.reason;
        throw error;
    }
    return undefined;
}

describe('a chaincode package', () => {
    it('is opened down to where its chaincode is dialled', () => {
        const opened = parseChaincodePackage(bytes);
        expect(opened).toMatchObject({ label: 'feeder_0.1.0', type: 'ccaas' });
        expect(parsePackagedConnection(opened)).toEqual({ address: '127.0.0.1:7058', tlsRequired: false });
    });

    it('may hold extended headers, which are no files', () => {
        expect(refusalOf(() => parseChaincodePackage(withType('x')))).toBe(
            'did not find any package metadata (missing metadata.json)',
        );
    });

    it.each<[string, Buffer, string]>([
        ['nothing', Buffer.alloc(0), 'error reading as gzip stream: EOF'],
        ['a few bytes', Buffer.from('garbage'), 'error reading as gzip stream: unexpected EOF'],
        ['no gzip', Buffer.alloc(64, 'a'), 'error reading as gzip stream: gzip: invalid header'],
        ['half a gzip', bytes.subarray(0, 600), 'error inspecting next tar header: unexpected EOF'],
        [
            'a gzip of something else',
            withBytes(0, 'M'),
            'error inspecting next tar header: archive/tar: invalid tar header',
        ],
        ['an empty archive', gzipSync(Buffer.alloc(1024)), 'did not find a code package inside the package'],
        ['a link', withType('2'), 'tar entry metadata.json is not a regular file, type 50'],
        ['metadata that is no JSON', withBytes(512, 'x'), 'could not unmarshal metadata.json as json'],
        [
            'a label that is none',
            withBytes(512 + metadataSize - '"feeder_0.1.0"}'.length + 1, '-'),
            "invalid label '-eeder_0.1.0'. Label must be non-empty, can only consist of alphanumerics, symbols from " +
                "'.+-_', and can only begin with alphanumerics",
        ],
        [
            'a file that is cut off',
            gzipSync(archive.subarray(0, 1600)),
            'could not read code.tar.gz from tar: unexpected EOF',
        ],
    ])('that is %s is refused in the words of a peer (WIRE_MALFORMED)', (_what, given, reason) => {
        expect(refusalOf(() => parseChaincodePackage(given))).toBe(reason);
    });

    it('without a connection says of none', () => {
        expect(parsePackagedConnection({ code: gzipSync(Buffer.alloc(1024)) })).toBeUndefined();
    });
});
