import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSourceCa } from '../../../../../network/client/oracles/read-source-ca';
import { CertificateAuthority } from '../../../../../network/identities/certificate-authority';
import type { Authority } from '../../../../../network/identities/identity';
import { sourceFaultOf } from '../../../../support/oracle-sources';

describe('readSourceCa', () => {
    let folder: string;
    let one: Authority;
    let other: Authority;

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'source-ca-'));
        const validity = { notBefore: new Date(), notAfter: new Date(Date.now() + 3_600_000) };
        one = await CertificateAuthority.create('One', 'Utility', validity);
        other = await CertificateAuthority.create('Other', 'Utility', validity);
    });
    afterAll(() => rm(folder, { recursive: true }));

    async function written(text: string): Promise<string> {
        const file = join(folder, 'ca.pem');
        await writeFile(file, text);
        return file;
    }

    it('takes every certificate of the file, and nothing else', async () => {
        const file = await written(`One:\n${one.certificatePem}${one.privateKeyPem}\n${other.certificatePem}`);
        expect(await readSourceCa(file)).toBe(`${one.certificatePem}${other.certificatePem}`.trim());
    });

    it('refuses a file without one, with a damaged one, or that is not there', async () => {
        const empty = await written(one.privateKeyPem);
        expect(await sourceFaultOf(readSourceCa(empty))).toEqual({
            code: 'SOURCE_CA_UNUSABLE',
            source: empty,
            why: 'it holds no certificate in PEM',
        });
        const damaged = await written(`${one.certificatePem}${other.certificatePem.replace(/\nM/, '\nA')}`);
        expect(await sourceFaultOf(readSourceCa(damaged))).toMatchObject({ why: 'its certificate 2 is damaged' });
        expect(await sourceFaultOf(readSourceCa(join(folder, 'none.pem')))).toMatchObject({ why: 'ENOENT' });
    });
});
