import { nearNames } from '../topology/near-names';
import { IdentityError } from './identities-errors';
import type {
    ClientIdentities,
    Identity,
    NetworkIdentities,
    OrganizationClients,
    OrganizationIdentities,
} from './identity';

/** The identity of that name, whosever it is; throws IdentityError IDENTITY_UNKNOWN with the names that come near. */
export function findIdentity(identities: ClientIdentities, name: string): Identity {
    for (const organization of Object.values(identities.organizations)) {
        const found = ownClient(organization, name);
        if (found) return found;
    }
    throw newUnknown(identities, name);
}

/** The organisation that owns the identity of that name; throws IdentityError IDENTITY_UNKNOWN. */
export function findOrganizationOf(identities: NetworkIdentities, name: string): OrganizationIdentities {
    const found = Object.values(identities.organizations).find((organization) => ownClient(organization, name));
    if (!found) throw newUnknown(identities, name);
    return found;
}

/** The same identities with one replaced: after a renewal. Throws IdentityError ORGANIZATION_UNKNOWN. */
export function replaceIdentity(identities: NetworkIdentities, identity: Identity): NetworkIdentities {
    const { mspId, name } = identity;
    const organization = getOrganization(identities, mspId);
    const replaced = { ...organization, clients: { ...organization.clients, [name]: identity } };
    return { organizations: { ...identities.organizations, [mspId]: replaced } };
}

/** The organisation of that MSP id; throws IdentityError ORGANIZATION_UNKNOWN. */
export function getOrganization(identities: NetworkIdentities, mspId: string): OrganizationIdentities {
    const organization = identities.organizations[mspId];
    if (!organization) {
        const known = Object.keys(identities.organizations);
        throw new IdentityError({ code: 'ORGANIZATION_UNKNOWN', mspId, known });
    }
    return organization;
}

function ownClient(organization: OrganizationClients, name: string): Identity | undefined {
    return Object.hasOwn(organization.clients, name) ? organization.clients[name] : undefined;
}

function newUnknown(identities: ClientIdentities, name: string): IdentityError {
    const known = Object.values(identities.organizations).flatMap(({ clients }) => Object.keys(clients));
    return new IdentityError({ code: 'IDENTITY_UNKNOWN', name, near: nearNames(name, known) });
}
