import { beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { BasicConstraintsExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator } from '@peculiar/x509';
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { MspRegistry } from '../../../../../network/embedded/msp/msp-registry';
import { VerifiedSignatures } from '../../../../../network/embedded/msp/verified-signatures';
import { CertificateAuthority } from '../../../../../network/identities/certificate-authority';
import type { Authority, Identity } from '../../../../../network/identities/identity';
import type { ParsedChannelConfig } from '../../../../../network/wire/channel-config';
import { derChildren, derInteger, derSequence, derBitString, parseDer } from '../../../../../network/wire/der';
import type { MspConfig } from '../../../../../network/wire/msp-config';
import { newPem } from '../../../../../network/wire/pem';
import { newSerializedIdentity } from '../../../../../network/wire/serialized-identity';
import { signLowS } from '../../../../../network/wire/signature';
import { anMsp, authorityValidity, leafValidity, type TestMsp } from '../../../../support/an-msp';
import { aRevocationList } from '../../../../support/a-revocation-list';

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
let alpha: TestMsp;
let beta: TestMsp;

beforeAll(async () => {
    [alpha, beta] = await Promise.all([anMsp('AlphaMSP'), anMsp('BetaMSP')]);
});

function registryOf(...configs: readonly MspConfig[]): MspRegistry {
    const msps = new Map(configs.map((config) => [config.mspId, config]));
    return MspRegistry.fromChannelConfig({ msps } as unknown as ParsedChannelConfig);
}

function serialize(identity: Identity, mspId = identity.mspId): Buffer {
    return newSerializedIdentity(mspId, identity.certificatePem);
}

function expectRefused(registry: MspRegistry, serialized: Buffer, code: string, reason: string): void {
    let fault: unknown;
    try {
        registry.identity(serialized);
    } catch (error) {
        fault = (error as { fault?: unknown }).fault;
    }
    expect(fault).toMatchObject({ code, reason: expect.stringContaining(reason) });
}

describe('MspRegistry', () => {
    it.each(['client', 'peer', 'admin', 'orderer'] as const)('tells a %s by its organisational unit', async (role) => {
        const found = registryOf(alpha.config).identity(serialize(await alpha.issue('somebody', [role])));
        expect(found).toMatchObject({ mspId: 'AlphaMSP', role, notAfterMs: leafValidity.notAfter.getTime() });
    });

    it('gives the same identity for the same bytes, without judging them again', async () => {
        const registry = registryOf(alpha.config);
        const serialized = serialize(await alpha.issue('somebody', ['client']));
        expect(registry.identity(Buffer.from(serialized))).toBe(registry.identity(serialized));
    });

    it('calls an MSP that the channel does not have malformed', async () => {
        const stranger = serialize(await beta.issue('somebody', ['client']));
        expectRefused(
            registryOf(alpha.config),
            stranger,
            'IDENTITY_MALFORMED',
            'MSP BetaMSP is not defined on channel',
        );
    });

    it("calls a certificate of another organisation's authority malformed", async () => {
        const foreign = serialize(await beta.issue('somebody', ['client']), 'AlphaMSP');
        const registry = registryOf(alpha.config, beta.config);
        expectRefused(registry, foreign, 'IDENTITY_MALFORMED', 'certificate signed by unknown authority');
    });

    it('refuses a certificate of an authority that only bears the right name', async () => {
        const impostor = await anMsp('AlphaMSP');
        const forged = serialize(await impostor.issue('somebody', ['admin']));
        expectRefused(registryOf(alpha.config), forged, 'IDENTITY_MALFORMED', 'signed by unknown authority');
    });

    it('refuses a certificate that was changed after it was signed', async () => {
        const { certificatePem, ...rest } = await alpha.issue('somebody', ['client']);
        const der = Buffer.from(new X509Certificate(certificatePem).raw);
        der.write('someb0dy', der.indexOf('somebody'));
        const changed = serialize({ ...rest, certificatePem: newPem('CERTIFICATE', der) });
        expectRefused(registryOf(alpha.config), changed, 'IDENTITY_MALFORMED', 'signed by unknown authority');
    });

    it('refuses a certificate that is older than its authority', async () => {
        const early = { notBefore: new Date('2026-03-01T00:00:00Z'), notAfter: leafValidity.notAfter };
        const serialized = serialize(await alpha.issue('somebody', ['client'], early));
        expectRefused(registryOf(alpha.config), serialized, 'IDENTITY_MALFORMED', 'signed by unknown authority');
    });

    it('knows an expired identity, and leaves its expiry to the caller', async () => {
        const past = { notBefore: leafValidity.notBefore, notAfter: new Date('2026-04-30T01:00:00Z') };
        const found = registryOf(alpha.config).identity(serialize(await alpha.issue('somebody', ['client'], past)));
        expect(found.notAfterMs).toBe(past.notAfter.getTime());
    });

    it('refuses bytes that are no SerializedIdentity, no PEM or no certificate', () => {
        const registry = registryOf(alpha.config);
        expectRefused(registry, Buffer.from([0xff]), 'IDENTITY_MALFORMED', 'could not deserialize');
        const text = newSerializedIdentity('AlphaMSP', 'no certificate');
        expectRefused(registry, text, 'IDENTITY_MALFORMED', 'could not decode the PEM structure');
        const noCertificate = newSerializedIdentity('AlphaMSP', newPem('CERTIFICATE', Buffer.from('nothing')));
        expectRefused(registry, noCertificate, 'IDENTITY_MALFORMED', '');
    });

    it('refuses a certificate in DER without PEM around it', async () => {
        const { raw } = new X509Certificate((await alpha.issue('somebody', ['client'])).certificatePem);
        const serialized = Buffer.concat([
            Buffer.from([0x0a, 8]),
            Buffer.from('AlphaMSP'),
            Buffer.from([0x12, (raw.length & 0x7f) | 0x80, raw.length >> 7]),
            raw,
        ]);
        expectRefused(registryOf(alpha.config), serialized, 'IDENTITY_MALFORMED', 'could not decode the PEM structure');
    });

    it('refuses an identity without a node role', async () => {
        const serialized = serialize(await alpha.issue('somebody', []));
        expectRefused(
            registryOf(alpha.config),
            serialized,
            'IDENTITY_INVALID',
            'the identity does not have an OU that resolves to client, peer, orderer, or admin role',
        );
    });

    it('refuses an identity with two node roles', async () => {
        const serialized = serialize(await alpha.issue('somebody', ['client', 'admin']));
        expectRefused(
            registryOf(alpha.config),
            serialized,
            'IDENTITY_INVALID',
            'must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them',
        );
    });

    it("refuses an authority's own certificate as an identity", () => {
        const serialized = newSerializedIdentity('AlphaMSP', alpha.authority.certificatePem);
        const reason = 'Certificate Authority equals true cannot be used as an identity';
        expectRefused(registryOf(alpha.config), serialized, 'IDENTITY_INVALID', reason);
    });

    it('refuses an identity whose unit is bound to another authority, and accepts it when bound to its own', async () => {
        const other = await anMsp('AlphaMSP');
        const serialized = serialize(await alpha.issue('somebody', ['client']));
        const boundTo = (authority: TestMsp): MspConfig => ({
            ...alpha.config,
            rootCertificates: [alpha, other].map((one) => Buffer.from(one.authority.certificatePem)),
            nodeOus: {
                client: { unit: 'client', certificate: Buffer.from(authority.authority.certificatePem) },
                admin: { unit: 'admin' },
            },
        });
        expectRefused(
            registryOf(boundTo(other)),
            serialized,
            'IDENTITY_INVALID',
            'certifiersIdentifier does not match',
        );
        expect(registryOf(boundTo(alpha)).identity(serialized).role).toBe('client');
    });

    it('refuses a revoked certificate, and only that one', async () => {
        const [revoked, other] = await Promise.all([alpha.issue('one', ['client']), alpha.issue('two', ['client'])]);
        const revocationLists = [aRevocationList(alpha.authority, [revoked])];
        const registry = registryOf({ ...alpha.config, revocationLists });
        expectRefused(registry, serialize(revoked), 'IDENTITY_INVALID', 'The certificate has been revoked');
        expect(registry.identity(serialize(other)).role).toBe('client');
    });

    it('does not believe a revocation list that the authority did not sign', async () => {
        const client = await alpha.issue('one', ['client']);
        const forged = aRevocationList(alpha.authority, [client], { signedBy: beta.authority });
        const registry = registryOf({ ...alpha.config, revocationLists: [forged] });
        expect(registry.identity(serialize(client)).role).toBe('client');
    });

    it('shuts out the whole organisation when a revocation list does not say its key, as Fabric does', async () => {
        const nameless = aRevocationList(alpha.authority, [], { withKeyIdentifier: false });
        const registry = registryOf({ ...alpha.config, revocationLists: [nameless] });
        const reason = 'could not obtain Authority Key Identifier for crl';
        expectRefused(registry, serialize(await alpha.issue('one', ['client'])), 'IDENTITY_INVALID', reason);
    });

    it('counts two forms of one certificate as one identity', async () => {
        const client = await alpha.issue('somebody', ['client']);
        const registry = registryOf(alpha.config);
        const lowS = registry.identity(serialize(client));
        const highS = registry.identity(serialize({ ...client, certificatePem: withHighS(client.certificatePem) }));
        const padded = registry.identity(
            serialize({ ...client, certificatePem: `before\n${client.certificatePem}behind` }),
        );
        expect(highS).not.toBe(lowS);
        expect([highS.id, padded.id]).toEqual([lowS.id, lowS.id]);
        expect(registry.identity(serialize(await alpha.issue('somebody', ['client']))).id).not.toBe(lowS.id);
    });

    it('accepts an identity behind an intermediate authority, and then nobody behind the root itself', async () => {
        const { root, intermediate, peer } = await anIntermediateMsp();
        const request = { commonName: 'direct', organizationalUnits: ['peer' as const] };
        const direct = await new CertificateAuthority(root).issueSigning(request, leafValidity);
        const registry = registryOf({
            ...alpha.config,
            rootCertificates: [Buffer.from(root.certificatePem)],
            intermediateCertificates: [Buffer.from(intermediate.certificatePem)],
        });
        expect(registry.identity(newSerializedIdentity('AlphaMSP', peer)).role).toBe('peer');
        const serialized = newSerializedIdentity('AlphaMSP', direct.certificatePem);
        const reason = 'Parent certificate should be a leaf of the certification tree';
        expectRefused(registry, serialized, 'IDENTITY_INVALID', reason);
    });

    it('refuses MSPs that cannot work', async () => {
        const { certificatePem } = await alpha.issue('somebody', ['client']);
        const cases: [Partial<MspConfig>, string][] = [
            [{ rootCertificates: [] }, 'expected at least one CA certificate'],
            [{ nodeOus: undefined }, 'administrators must be declared when no admin ou classification is set'],
            [{ rootCertificates: [Buffer.from(certificatePem)] }, 'CA Certificate did not have the CA attribute'],
            [{ rootCertificates: [Buffer.from('nothing')] }, 'could not decode the PEM structure'],
        ];
        for (const [change, reason] of cases) {
            const fault = expect.objectContaining({ code: 'MSP_INVALID', reason: expect.stringContaining(reason) });
            expect(() => registryOf({ ...alpha.config, ...change })).toThrow(expect.objectContaining({ fault }));
        }
    });
});

describe('VerifiedSignatures', () => {
    const message = Buffer.from('open the switch');

    async function aSigner(): Promise<{ identity: Identity; sign: (bytes: Buffer) => Buffer; serialized: Buffer }> {
        const identity = await alpha.issue('somebody', ['client']);
        const key = createPrivateKey(identity.privateKeyPem);
        return { identity, sign: (bytes) => signLowS(key, bytes), serialized: serialize(identity) };
    }

    function shared(): { verified: VerifiedSignatures; registries: MspRegistry[] } {
        const verified = new VerifiedSignatures();
        const config = { msps: new Map([['AlphaMSP', alpha.config]]) } as unknown as ParsedChannelConfig;
        return { verified, registries: [1, 2, 3].map(() => MspRegistry.fromChannelConfig(config, verified)) };
    }

    it('verifies one signature once for all who share it', async () => {
        const { verified, registries } = shared();
        const { sign, serialized } = await aSigner();
        const signature = sign(message);
        for (const registry of registries) {
            expect(registry.identity(serialized).verify(message, signature)).toBe(true);
            expect(registry.identity(serialized).verify(message, signature)).toBe(true);
        }
        expect(verified.computed).toBe(1);
    });

    it('never answers a changed message, a changed signature or another signer from memory', async () => {
        const { registries } = shared();
        const [one, other] = await Promise.all([aSigner(), aSigner()]);
        const signature = one.sign(message);
        const [registry] = registries;
        const identity = registry?.identity(one.serialized);
        expect(identity?.verify(message, signature)).toBe(true);
        for (let index = 0; index < signature.length; index++) {
            const changed = Buffer.from(signature);
            changed[index] = (changed[index] ?? 0) ^ 1;
            expect(identity?.verify(message, changed)).toBe(false);
        }
        expect(identity?.verify(Buffer.from('open the switch!'), signature)).toBe(false);
        expect(registry?.identity(other.serialized).verify(message, signature)).toBe(false);
        expect(identity?.verify(message, signature)).toBe(true);
    });

    it('refuses the high-S twin of a good signature', async () => {
        const { registries } = shared();
        const { sign, serialized } = await aSigner();
        const signature = sign(message);
        const identity = registries[0]?.identity(serialized);
        expect(identity?.verify(message, highSTwin(signature))).toBe(false);
        expect(identity?.verify(message, signature)).toBe(true);
    });

    it('does not verify what this process itself signed, and remembers it for nothing else', async () => {
        const { verified, registries } = shared();
        const { sign, serialized } = await aSigner();
        const identity = registries[0]?.identity(serialized);
        const signature = sign(message);
        if (identity) verified.rememberOwn(identity.publicKey, message, signature);
        expect(registries[1]?.identity(serialized).verify(message, signature)).toBe(true);
        expect(verified.computed).toBe(0);
        expect(identity?.verify(Buffer.from('close the switch'), signature)).toBe(false);
        expect(verified.computed).toBe(1);
    });

    it('forgets the oldest verdicts beyond its capacity, and verifies again', async () => {
        const verified = new VerifiedSignatures(2);
        const { identity, sign } = await aSigner();
        const { publicKey } = new X509Certificate(identity.certificatePem);
        const messages = ['a', 'b', 'c'].map((text) => Buffer.from(text));
        const signatures = messages.map(sign);
        const verifyAll = (): boolean[] =>
            messages.map((text, index) => verified.verify(publicKey, text, signatures[index] ?? Buffer.alloc(0)));
        expect([...verifyAll(), ...verifyAll()]).toEqual([true, true, true, true, true, true]);
        expect(verified.computed).toBe(6);
    });
});

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other valid value of S: the same signature to OpenSSL, refused by Fabric. */
function highSTwin(signature: Buffer): Buffer {
    const [r, s] = derChildren(parseDer(signature));
    const value = order - BigInt(`0x${s?.contents.toString('hex') ?? ''}`);
    const highS = derInteger(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
    return derSequence(r?.bytes ?? Buffer.alloc(0), highS);
}

function withHighS(certificatePem: string): string {
    const [toBeSigned, algorithm, signature] = derChildren(parseDer(new X509Certificate(certificatePem).raw));
    const twin = highSTwin(signature?.contents.subarray(1) ?? Buffer.alloc(0));
    const parts = [toBeSigned?.bytes, algorithm?.bytes].map((bytes) => bytes ?? Buffer.alloc(0));
    return newPem('CERTIFICATE', derSequence(...parts, derBitString(twin)));
}

interface IntermediateMsp {
    readonly root: Authority;
    readonly intermediate: Authority;
    /** Certificate of a peer that the intermediate authority vouches for. */
    readonly peer: string;
}

/** A root and an authority below it, both made by another library than the one under test. */
async function anIntermediateMsp(): Promise<IntermediateMsp> {
    const [rootKeys, keys] = await Promise.all([1, 2].map(() => newKeys()));
    if (!rootKeys || !keys) throw new RangeError('no keys');
    const root = await newAuthority('CN=root', { name: 'CN=root', keys: rootKeys }, rootKeys);
    const intermediate = await newAuthority('CN=intermediate', { name: 'CN=root', keys: rootKeys }, keys);
    const request = { commonName: 'peer0', organizationalUnits: ['peer' as const] };
    const issued = await new CertificateAuthority(intermediate).issueSigning(request, leafValidity);
    return { root, intermediate, peer: issued.certificatePem };
}

type Keys = webcrypto.CryptoKeyPair;

function newKeys(): Promise<Keys> {
    return webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']);
}

async function newAuthority(subject: string, issuer: { name: string; keys: Keys }, keys: Keys): Promise<Authority> {
    const certificate = await X509CertificateGenerator.create({
        subject,
        issuer: issuer.name,
        ...authorityValidity,
        signingAlgorithm: curve,
        publicKey: keys.publicKey,
        signingKey: issuer.keys.privateKey,
        extensions: [
            new BasicConstraintsExtension(true, undefined, true),
            await SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    return { certificatePem: certificate.toString('pem'), privateKeyPem: newPem('PRIVATE KEY', pkcs8) };
}
