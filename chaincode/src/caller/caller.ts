import type { ClientIdentity } from 'fabric-shim-api';
import { identifierPattern } from '../input/input-api';
import { roles, type Role } from '../roles/roles-api';
import { readCertificate, type CallerCertificate } from './read-certificate';

/** Certificate attributes of the Fabric CA extension (OID 1.2.3.4.5.6.7.8.1) that the contracts read. */
export const callerAttributes = { role: 'role', terminalId: 'terminalId' } as const;

/** Who signed the proposal, as the membership service provider and the certificate say. */
export interface Caller {
    readonly mspId: string;
    readonly certificate: CallerCertificate;
    /** True for a NodeOU administrator: the organisational unit `admin` of Fabric's NodeOU scheme. */
    readonly isAdmin: boolean;
    /** The role its certificate claims. Whether its organisation may hold it, `requireRole` asks the ledger. */
    readonly role: Role | undefined;
    readonly terminalId: string | undefined;
}

/** A caller whose certificate names a terminal. */
export interface TerminalCaller extends Caller {
    readonly terminalId: string;
}

export function newCaller(identity: ClientIdentity): Caller {
    const certificate = readCertificate(identity.getIDBytes());
    const terminalId = attribute(identity, callerAttributes.terminalId);
    const role = attribute(identity, callerAttributes.role);
    return {
        mspId: identity.getMSPID(),
        certificate,
        isAdmin: certificate.organizationalUnits.includes('admin'),
        role: roles.find((known) => known === role),
        terminalId: terminalId !== undefined && identifierPattern.test(terminalId) ? terminalId : undefined,
    };
}

function attribute(identity: ClientIdentity, name: string): string | undefined {
    const value: unknown = identity.getAttributeValue(name);
    return typeof value === 'string' ? value : undefined;
}
