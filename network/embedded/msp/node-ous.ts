import type { NodeOus } from '../../wire/msp-config';
import type { IdentityRole } from './identity';

/** A unit of the certificate's subject → the role it gives, and the chain of authorities it is bound to, if any. */
export type RoleUnits = ReadonlyMap<string, { readonly role: IdentityRole; readonly certifiers: Buffer | undefined }>;

const roles = ['client', 'peer', 'admin', 'orderer'] as const;

/** Resolves the NodeOUs of an MSP; `certifiersOf` names the chain above the certificate that a unit is bound to. */
export function newRoleUnits(nodeOus: NodeOus, certifiersOf: (certificatePem: Buffer) => Buffer): RoleUnits {
    const units = new Map<string, { role: IdentityRole; certifiers: Buffer | undefined }>();
    for (const role of roles) {
        const nodeOu = nodeOus[role];
        if (!nodeOu) continue;
        units.set(nodeOu.unit, { role, certifiers: nodeOu.certificate && certifiersOf(nodeOu.certificate) });
    }
    return units;
}

/**
 * The one role that the units of a certificate give; none or several are refused with Fabric's text.
 * Fabric v2.5: msp/mspimplvalidate.go, validateIdentityOUsV142.
 */
export function findRole(
    units: RoleUnits,
    organizationalUnits: readonly string[],
    certifiers: Buffer,
): { readonly role: IdentityRole } | { readonly reason: string } {
    const ous = `OUs: [${organizationalUnits.join(' ')}]`;
    const found: IdentityRole[] = [];
    for (const name of organizationalUnits) {
        const unit = units.get(name);
        if (!unit) continue;
        if (unit.certifiers && !unit.certifiers.equals(certifiers)) {
            return { reason: `certifiersIdentifier does not match: [${organizationalUnits.join(' ')}]` };
        }
        found.push(unit.role);
    }
    const [role, another] = found;
    if (!role) {
        return {
            reason: `the identity does not have an OU that resolves to client, peer, orderer, or admin role. ${ous}`,
        };
    }
    if (another) {
        return {
            reason: `the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them. ${ous}`,
        };
    }
    return { role };
}
