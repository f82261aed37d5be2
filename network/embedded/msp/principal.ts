import type { MspRole, Principal } from '../../wire/policies';
import type { IdentityRole } from './identity';

/** What of an identity a principal can ask for. */
export interface PrincipalSubject {
    readonly mspId: string;
    readonly role: IdentityRole | undefined;
    /** The certificate stands in the MSP's own list of administrators. */
    readonly isListedAdmin: boolean;
    readonly organizationalUnits: readonly string[];
    /** Names the chain of authorities that stands behind the certificate. */
    readonly certifiers: Buffer;
    /** Whether a SerializedIdentity is this very identity. */
    readonly isSame: (serialized: Buffer) => boolean;
}

/**
 * Does this valid identity satisfy the principal? Fabric v2.5: msp/mspimpl.go, satisfiesPrincipalInternalV142. A
 * combined principal wants all its parts, and one without parts is satisfied by nobody.
 */
export function satisfiesPrincipal(subject: PrincipalSubject, principal: Principal): boolean {
    switch (principal.kind) {
        case 'role':
            return principal.mspId === subject.mspId && hasRole(subject, principal.role);
        case 'organization-unit':
            return (
                principal.mspId === subject.mspId &&
                subject.organizationalUnits.includes(principal.unit) &&
                principal.certifiers.equals(subject.certifiers)
            );
        case 'identity':
            return subject.isSame(principal.identity);
        case 'anonymity':
            return !principal.anonymous;
        case 'combined':
            return (
                principal.principals.length > 0 &&
                principal.principals.every((part) => satisfiesPrincipal(subject, part))
            );
        case 'unknown':
            return false;
    }
}

function hasRole(subject: PrincipalSubject, role: MspRole): boolean {
    if (role === 'member') return true;
    return subject.role === role || (role === 'admin' && subject.isListedAdmin);
}
