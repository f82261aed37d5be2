import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { newChaincodePackage, packageIdOf } from '../../../../network/wire/chaincode-package';

describe('newChaincodePackage', () => {
    const made = newChaincodePackage('feeder_0.1.0', { address: '127.0.0.1:7058' });

    it('gives the same bytes on every machine, and so an id that can be told in advance', () => {
        expect(newChaincodePackage('feeder_0.1.0', { address: '127.0.0.1:7058' }).bytes).toEqual(made.bytes);
        expect(made.id).toBe(packageIdOf('feeder_0.1.0', made.bytes));
        expect(made.id).toBe('feeder_0.1.0:a3b70cc15c419ef85d9ff4994552f2d8c85b8d74f7838c0bb2ba9a1852e9b7f5');
    });

    it('has another id for another address', () => {
        expect(newChaincodePackage('feeder_0.1.0', { address: '127.0.0.1:7078' }).id).not.toBe(made.id);
    });

    it('holds what a peer and its ccaas builder read, under checksums that tar accepts', () => {
        const outer = readTar(gunzipSync(made.bytes));
        expect([...outer.keys()]).toEqual(['metadata.json', 'code.tar.gz']);
        expect(JSON.parse(String(outer.get('metadata.json')))).toEqual({
            path: '',
            type: 'ccaas',
            label: 'feeder_0.1.0',
        });
        const code = readTar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
        expect([...code.keys()]).toEqual(['connection.json']);
        expect(JSON.parse(String(code.get('connection.json')))).toEqual({
            address: '127.0.0.1:7058',
            dial_timeout: '10s',
            tls_required: false,
        });
    });
});

/** Files by name; a header whose checksum is wrong is one of no file. */
function readTar(archive: Buffer): Map<string, Buffer> {
    const files = new Map<string, Buffer>();
    for (let at = 0; archive[at] !== 0 && at < archive.length;) {
        const header = Buffer.from(archive.subarray(at, at + 512));
        const octal = (from: number, to: number): number => parseInt(header.toString('latin1', from, to), 8);
        const [size, sum] = [octal(124, 135), octal(148, 154)];
        header.fill(' ', 148, 156);
        const name = header.toString('latin1', 0, header.indexOf(0));
        const isRight = header.reduce((total, byte) => total + byte, 0) === sum;
        files.set(isRight ? name : `${name} (checksum)`, archive.subarray(at + 512, at + 512 + size));
        at += 512 + Math.ceil(size / 512) * 512;
    }
    return files;
}
