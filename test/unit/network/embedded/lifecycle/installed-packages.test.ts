import { gzipSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ChaincodeStream } from '../../../../../network/embedded/chaincode/chaincode-stream';
import { packageHash } from '../../../../../network/embedded/ledger/lifecycle-state';
import { InstalledPackages } from '../../../../../network/embedded/lifecycle/installed-packages';
import type { PackagedChaincode } from '../../../../../network/embedded/lifecycle/installed-packages';
import { newChaincodePackage } from '../../../../../network/wire/chaincode-package';
import { parseChaincodePackage } from '../../../../../network/wire/parse-chaincode-package';
import { ManualClock } from '../../../../support/manual-clock';

const made = newChaincodePackage('feeder_1', { address: '127.0.0.1:7058' });

function newPackages(): { readonly packages: InstalledPackages; readonly opened: PackagedChaincode[] } {
    const opened: PackagedChaincode[] = [];
    const packages = new InstalledPackages((chaincode) => {
        opened.push(chaincode);
        return new ChaincodeStream({ ...chaincode, dialTimeoutMs: 1, executeTimeoutMs: 1 }, new ManualClock());
    });
    return { packages, opened };
}

/** The same length, so that archive and gzip stay what they are; the checksums count headers only. */
function withText(from: string, to: string): Buffer {
    return gzipSync(Buffer.from(gunzipSync(made.bytes).toString('latin1').replace(from, to), 'latin1'));
}

/** One whose chaincode wants TLS: stored archives of the same length, one in the other. */
function overTls(): Buffer {
    const archive = gunzipSync(made.bytes);
    const { code } = parseChaincodePackage(made.bytes);
    const connection = gunzipSync(code).toString('latin1').replace('"tls_required":false', '"tls_required":true ');
    gzipSync(Buffer.from(connection, 'latin1'), { level: 0 }).copy(archive, archive.indexOf(code));
    return gzipSync(archive);
}

describe('a package that is installed', () => {
    it('is known by its id and by the hash that an approval leaves of it', () => {
        const { packages, opened } = newPackages();
        const installed = packages.install(made.bytes);
        expect(installed).toMatchObject({ packageId: made.id, label: 'feeder_1' });
        expect(opened).toEqual([{ address: '127.0.0.1:7058', packageId: made.id }]);
        expect(packages.find(made.id)).toBe(installed);
        expect(packages.findByHash(packageHash(made.id))).toBe(installed);
        expect(packages.all()).toEqual([installed]);
    });

    it('is found by nothing else', () => {
        const { packages } = newPackages();
        packages.install(made.bytes);
        expect(packages.find('feeder_1:00')).toBeUndefined();
        expect(packages.findByHash(undefined)).toBeUndefined();
    });

    it('is not installed twice (PACKAGE_INSTALLED)', () => {
        const { packages, opened } = newPackages();
        packages.install(made.bytes);
        expect(() => packages.install(made.bytes)).toThrow(
            `chaincode already successfully installed (package ID '${made.id}')`,
        );
        expect(opened).toHaveLength(1);
    });
});

describe('a package that is refused', () => {
    it.each<[string, string, Buffer, string]>([
        [
            'is none',
            'PACKAGE_UNREADABLE',
            Buffer.from('garbage'),
            'could not parse as a chaincode install package: error reading as gzip stream: unexpected EOF',
        ],
        [
            'holds code to be built',
            'PACKAGE_NOT_BUILT',
            withText('"ccaas"', '"node" '),
            'could not build chaincode: docker build failed: docker build is disabled',
        ],
        [
            'does not tell where to dial',
            'PACKAGE_NOT_BUILT',
            withText('connection.json', 'connexion.json\0'),
            'could not build chaincode: external builder failed: external builder failed to build: ' +
                "external builder 'ccaas' failed: exit status 1",
        ],
        [
            'wants to be dialled under TLS',
            'PACKAGE_NOT_BUILT',
            overTls(),
            'could not build chaincode: the embedded network dials chaincode without TLS; use a real Fabric network for it',
        ],
    ])('because it %s is told so (%s)', (_what, code, bytes, sentence) => {
        const { packages, opened } = newPackages();
        expect(() => packages.install(bytes)).toThrow(
            expect.objectContaining({ message: sentence, fault: expect.objectContaining({ code }) }),
        );
        expect(packages.all()).toEqual([]);
        expect(opened).toEqual([]);
    });
});
