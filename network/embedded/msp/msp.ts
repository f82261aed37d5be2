import { createHash, verify } from 'node:crypto';
import type { MspConfig } from '../../wire/msp-config';
import type { Principal } from '../../wire/policies';
import { parseRevocationList, type RevocationList } from '../../wire/revocation-list';
import { parseSerializedIdentity } from '../../wire/serialized-identity';
import { chainIdentifier, findChains, isEcdsaSigned, loadCertificate, subjectKeyIdentifier } from './certificate-chain';
import type { LoadedCertificate } from './certificate-chain';
import type { IdentityRole, MspIdentity } from './identity';
import { MspError, type MspFault } from './msp-errors';
import { findRole, newRoleUnits, type RoleUnits } from './node-ous';
import { satisfiesPrincipal, type PrincipalSubject } from './principal';
import type { VerifiedSignatures } from './verified-signatures';

const caAsIdentity =
    'could not obtain certification chain: An X509 certificate with Basic Constraint: Certificate Authority equals true cannot be used as an identity';

/** One organisation's membership rules, as the channel configuration states them. Fabric v2.5: msp/mspimpl.go. */
export class Msp {
    readonly mspId: string;
    readonly #verified: VerifiedSignatures;
    readonly #roots: readonly LoadedCertificate[];
    readonly #intermediates: readonly LoadedCertificate[];
    /** Authorities that certify other authorities: they certify nobody else. */
    readonly #innerAuthorities: ReadonlySet<string>;
    readonly #admins: ReadonlySet<string>;
    readonly #revocationLists: readonly RevocationList[];
    readonly #roleUnits: RoleUnits | undefined;

    /** Throws MspError MSP_INVALID when the configuration cannot work. */
    constructor(config: MspConfig, verified: VerifiedSignatures) {
        this.mspId = config.mspId;
        this.#verified = verified;
        try {
            this.#roots = config.rootCertificates.map(loadCertificate);
            this.#intermediates = config.intermediateCertificates.map(loadCertificate);
            this.#admins = new Set(config.admins.map((pem) => fingerprint(loadCertificate(pem))));
            this.#revocationLists = config.revocationLists.map(parseRevocationList);
        } catch (cause) {
            throw this.#invalidMsp(textOf(cause), cause);
        }
        if (this.#roots.length === 0) throw this.#invalidMsp('expected at least one CA certificate');
        if (this.#admins.size === 0 && !config.nodeOus?.admin) {
            throw this.#invalidMsp('administrators must be declared when no admin ou classification is set');
        }
        this.#innerAuthorities = this.#checkAuthorities();
        this.#roleUnits = config.nodeOus && newRoleUnits(config.nodeOus, (pem) => this.#certifiersOf(pem));
    }

    /**
     * Reads and judges the certificate of a SerializedIdentity. Throws MspError: IDENTITY_MALFORMED when Fabric could not
     * even read it as one of this MSP, IDENTITY_INVALID when it read it and refused it. Expiry is not judged.
     */
    identity(idBytes: Uint8Array): MspIdentity {
        const certificate = this.#load(idBytes);
        if (certificate.x509.ca) throw this.#refused('IDENTITY_INVALID', caAsIdentity);
        const authorities = this.#findAuthorities(certificate);
        this.#checkRevocation(certificate, authorities);
        const certifiers = chainIdentifier(authorities);
        const role = this.#findRole(certificate, certifiers);
        return this.#newIdentity(certificate, { role, certifiers });
    }

    #load(idBytes: Uint8Array): LoadedCertificate {
        let certificate: LoadedCertificate;
        try {
            certificate = loadCertificate(idBytes);
        } catch (cause) {
            throw this.#refused('IDENTITY_MALFORMED', textOf(cause), cause);
        }
        if (certificate.x509.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
            throw this.#refused(
                'IDENTITY_MALFORMED',
                "failed to import certificate's public key: it is not ECDSA P-256",
            );
        }
        return certificate;
    }

    #findAuthorities(certificate: LoadedCertificate): LoadedCertificate[] {
        const code = isEcdsaSigned(certificate) ? 'IDENTITY_MALFORMED' : 'IDENTITY_INVALID';
        const chains = findChains(certificate, this.#roots, this.#intermediates);
        const [chain] = chains;
        if (!chain) {
            throw this.#refused(
                code,
                'the supplied identity is not valid: x509: certificate signed by unknown authority',
            );
        }
        if (chains.length > 1) {
            throw this.#refused(code, `this MSP only supports a single validation chain, got ${chains.length}`);
        }
        const [, issuer, ...above] = chain;
        if (!issuer) throw this.#refused('IDENTITY_INVALID', 'expected a chain of length at least 2, got 1');
        if (this.#innerAuthorities.has(fingerprint(issuer))) {
            const reason = 'invalid validation chain. Parent certificate should be a leaf of the certification tree';
            throw this.#refused('IDENTITY_INVALID', reason);
        }
        return [issuer, ...above];
    }

    /** Fabric v2.5: msp/mspimplvalidate.go, validateCertAgainstChain. A list that does not say its key spoils all. */
    #checkRevocation(certificate: LoadedCertificate, [issuer]: readonly LoadedCertificate[]): void {
        const prefix = 'could not validate identity against certification chain: ';
        const issuerKey = issuer && subjectKeyIdentifier(issuer);
        if (!issuerKey) return;
        for (const list of this.#revocationLists) {
            if (!list.authorityKeyIdentifier) {
                const reason =
                    'could not obtain Authority Key Identifier for crl: authorityKeyIdentifier not found in certificate';
                throw this.#refused('IDENTITY_INVALID', prefix + reason);
            }
            const isRevoked =
                list.authorityKeyIdentifier.equals(issuerKey) &&
                list.revoked.has(certificate.parts.serialNumber.toString('hex')) &&
                verify('sha256', list.toBeSigned, issuer.x509.publicKey, list.signature);
            if (isRevoked) throw this.#refused('IDENTITY_INVALID', `${prefix}The certificate has been revoked`);
        }
    }

    #findRole(certificate: LoadedCertificate, certifiers: Buffer): IdentityRole | undefined {
        if (!this.#roleUnits) return undefined;
        const found = findRole(this.#roleUnits, certificate.parts.organizationalUnits, certifiers);
        if ('role' in found) return found.role;
        const reason = `could not validate identity's OUs: ${found.reason}, MSP: [${this.mspId}]`;
        throw this.#refused('IDENTITY_INVALID', reason);
    }

    #newIdentity(
        certificate: LoadedCertificate,
        { role, certifiers }: Pick<PrincipalSubject, 'role' | 'certifiers'>,
    ): MspIdentity {
        const id = fingerprint(certificate);
        const publicKey = certificate.x509.publicKey;
        const subject: PrincipalSubject = {
            mspId: this.mspId,
            role,
            isListedAdmin: this.#admins.has(id),
            organizationalUnits: certificate.parts.organizationalUnits,
            certifiers,
            isSame: (serialized) => this.#isIdentity(serialized, id),
        };
        return {
            mspId: this.mspId,
            role,
            id: this.mspId + id,
            notAfterMs: certificate.notAfterMs,
            publicKey,
            verify: (message, signature) => this.#verified.verify(publicKey, message, signature),
            satisfies: (principal: Principal) => satisfiesPrincipal(subject, principal),
        };
    }

    #isIdentity(serialized: Buffer, id: string): boolean {
        try {
            const { mspId, idBytes } = parseSerializedIdentity(serialized);
            return mspId === this.mspId && fingerprint(loadCertificate(idBytes)) === id;
        } catch {
            return false;
        }
    }

    /** Fabric v2.5: msp/mspimplsetup.go, finalizeSetupCAs. */
    #checkAuthorities(): Set<string> {
        const inner = new Set<string>();
        for (const authority of [...this.#roots, ...this.#intermediates]) {
            const serial = authority.parts.serialNumber.toString('hex');
            if (!authority.x509.ca)
                throw this.#invalidMsp(`CA Certificate did not have the CA attribute, (SN: ${serial})`);
            if (!subjectKeyIdentifier(authority)) {
                throw this.#invalidMsp(`CA Certificate problem with Subject Key Identifier extension, (SN: ${serial})`);
            }
            const [chain, another] = findChains(authority, this.#roots, this.#intermediates);
            if (!chain || another) throw this.#invalidMsp(`CA Certificate is not valid, (SN: ${serial})`);
            for (const above of chain.slice(1)) inner.add(fingerprint(above));
        }
        return inner;
    }

    #certifiersOf(pem: Buffer): Buffer {
        const wanted = loadCertificate(pem);
        const known = [...this.#roots, ...this.#intermediates].find((one) =>
            one.canonicalDer.equals(wanted.canonicalDer),
        );
        const [chain] = known ? findChains(known, this.#roots, this.#intermediates) : [];
        if (!chain) throw this.#invalidMsp('Failed adding OU. Certificate not in root or intermediate certs.');
        return chainIdentifier(chain);
    }

    #refused(code: 'IDENTITY_MALFORMED' | 'IDENTITY_INVALID', reason: string, cause?: unknown): MspError {
        const fault: MspFault = { code, mspId: this.mspId, reason };
        return new MspError(fault, { cause });
    }

    #invalidMsp(reason: string, cause?: unknown): MspError {
        return new MspError({ code: 'MSP_INVALID', mspId: this.mspId, reason }, { cause });
    }
}

function fingerprint(certificate: LoadedCertificate): string {
    return createHash('sha256').update(certificate.canonicalDer).digest('hex');
}

function textOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
