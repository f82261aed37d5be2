import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
    isRevokedBy,
    issueRevocationList,
    listsOfAuthority,
    serialNumberOf,
    type IssuedRevocationList,
} from '../../../../network/identities/issue-revocation-list';
import { identityFolders, readIdentities, writeIdentities } from '../../../../network/identities/identity-store';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { readRevocationList, writeRevocationList } from '../../../../network/identities/revocation-store';
import type { ParsedChannelConfig } from '../../../../network/wire/channel-config';
import { parseRevocationList } from '../../../../network/wire/revocation-list';
import { MspRegistry } from '../../../../network/embedded/msp/msp-registry';
import { newSerializedIdentity } from '../../../../network/wire/serialized-identity';
import { aNetwork } from '../../../support/a-network';
import { anMsp, testNow, type TestMsp } from '../../../support/an-msp';
import type { Identity } from '../../../../network/identities/identity';

const hasOpenssl = isThere('openssl');
const describeWithOpenssl = hasOpenssl ? describe : describe.skip;
const skipped = hasOpenssl ? '' : ' (skipped: openssl is not on PATH)';
const later = new Date(testNow.getTime() + 3_600_000);

describe('a revocation list', () => {
    let msp: TestMsp;
    let people: Identity[];
    let first: IssuedRevocationList;
    let second: IssuedRevocationList;
    const serial = (index: number): Buffer => serialNumberOf(people[index]?.certificatePem ?? '');

    beforeAll(async () => {
        msp = await anMsp('PrimaryMSP');
        people = await Promise.all(['a', 'b', 'c'].map((name) => msp.issue(name, ['client'])));
        first = issueRevocationList(msp.authority, { former: [], serialNumber: serial(0), now: testNow });
        const former = listsOfAuthority(msp.authority, [Buffer.from(first.pem)]);
        second = issueRevocationList(msp.authority, { former, serialNumber: serial(1), now: later });
    });

    it('continues the one before: its number is the next, and what was revoked stays revoked, as of then', () => {
        expect([first.number, second.number]).toEqual([1, 2]);
        const [before, after] = [first, second].map(({ pem }) => parseRevocationList(Buffer.from(pem)));
        expect(after?.number).toBe(2);
        expect([...(after?.revoked.keys() ?? [])]).toEqual([serial(0), serial(1)].map((each) => each.toString('hex')));
        const revoked = serial(0).toString('hex');
        expect(after?.revoked.get(revoked)).toEqual(before?.revoked.get(revoked));
        expect(after && [0, 1, 2].map((index) => isRevokedBy([after], serial(index)))).toEqual([true, true, false]);
    });

    it('counts on beyond 255', () => {
        const former = [{ ...parseRevocationList(Buffer.from(second.pem)), number: 255 }];
        const next = issueRevocationList(msp.authority, { former, serialNumber: serial(2), now: later });
        expect(next.number).toBe(256);
        expect(parseRevocationList(Buffer.from(next.pem)).number).toBe(256);
    });

    it('refuses in an MSP whom it names, and nobody else', () => {
        const config = { ...msp.config, revocationLists: [Buffer.from(second.pem)] };
        const channel = { msps: new Map([[msp.mspId, config]]) } as unknown as ParsedChannelConfig;
        const msps = MspRegistry.fromChannelConfig(channel);
        const identityOf = (index: number): Buffer =>
            newSerializedIdentity('PrimaryMSP', people[index]?.certificatePem ?? '');
        expect(() => msps.identity(identityOf(0))).toThrow('The certificate has been revoked');
        expect(() => msps.identity(identityOf(1))).toThrow('The certificate has been revoked');
        expect(msps.identity(identityOf(2)).role).toBe('client');
    });

    it('is not continued by another authority', async () => {
        const other = await anMsp('DispatchMSP');
        expect(listsOfAuthority(other.authority, [Buffer.from(first.pem)])).toEqual([]);
    });
});

describeWithOpenssl(`a revocation list, to openssl${skipped}`, () => {
    it('is verified, and its entries are refused', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'revocation-'));
        const msp = await anMsp('PrimaryMSP');
        const { certificatePem } = await msp.issue('a', ['client']);
        const request = { former: [], serialNumber: serialNumberOf(certificatePem), now: later };
        const { pem } = issueRevocationList(msp.authority, request);
        try {
            const [ca, list, leaf, chain] = ['ca.pem', 'crl.pem', 'leaf.pem', 'chain.pem'].map((name) =>
                join(folder, name),
            );
            writeFileSync(ca ?? '', msp.authority.certificatePem);
            writeFileSync(list ?? '', pem);
            writeFileSync(leaf ?? '', certificatePem);
            writeFileSync(chain ?? '', msp.authority.certificatePem + pem);
            const text = openssl('crl', '-in', list ?? '', '-CAfile', ca ?? '', '-verify', '-text');
            expect(text).toContain('verify OK');
            expect(text).toMatch(/Version 2[^]*X509v3 Authority Key Identifier[^]*X509v3 CRL Number: *\n *1\n/);
            expect(text.match(/Serial Number:/g)).toHaveLength(1);
            const at = String(later.getTime() / 1000);
            const judged = openssl('verify', '-crl_check', '-attime', at, '-CAfile', chain ?? '', leaf ?? '');
            expect(judged).toContain('certificate revoked');
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});

describe('a revocation list on disk', () => {
    it('lies beside its CA and in the MSP folders of the organisation and its nodes, and nothing else is left', async () => {
        const directory = mkdtempSync(join(tmpdir(), 'revocation-store-'));
        try {
            const identities = await issueIdentities(aNetwork(), { now: testNow });
            await writeIdentities(directory, identities);
            expect(await readRevocationList(directory, 'PrimaryMSP')).toBeUndefined();
            const organization = identities.organizations['PrimaryMSP'];
            if (!organization) throw new TypeError('the network has no PrimaryMSP');
            await writeRevocationList(directory, organization, 'first');
            await writeRevocationList(directory, organization, 'second');
            expect(String(await readRevocationList(directory, 'PrimaryMSP'))).toBe('second');
            const msps = [
                identityFolders.msp(directory, 'PrimaryMSP'),
                join(identityFolders.orderer(directory, 'PrimaryMSP', organization.orderer.name), 'msp'),
                ...Object.keys(organization.peers).map((name) =>
                    join(identityFolders.peer(directory, 'PrimaryMSP', name), 'msp'),
                ),
            ];
            expect(msps.map((msp) => readFileSync(join(msp, 'crls', 'crl.pem'), 'utf8'))).toEqual(
                msps.map(() => 'second'),
            );
            expect(msps.flatMap((msp) => readdirSync(msp).filter((name) => name.includes('next')))).toEqual([]);
            expect(await readIdentities(directory)).toEqual(identities);
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});

function isThere(program: string): boolean {
    try {
        execFileSync(program, ['version'], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
}

/** All that it prints, whatever it ends with. */
function openssl(...args: readonly string[]): string {
    return execFileSync('/bin/sh', ['-c', 'exec 2>&1; openssl "$@" || true', 'openssl', ...args], { encoding: 'utf8' });
}
