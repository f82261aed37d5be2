import { X509Certificate } from 'node:crypto';
import type { Network, Organization } from '../topology/network-model';
import { parseCertificate, parseFabricAttributes } from '../wire/certificate';
import { CertificateAuthority, type IssuedCertificate, type Validity } from './certificate-authority';
import { findOrganizationOf } from './find-identity';
import { attributeNames, identityNames } from './identity';
import type { Identity, NetworkIdentities, NodeIdentity, OrganizationIdentities } from './identity';
import { IdentityError } from './identities-errors';

export interface IssueOptions {
    readonly now: Date;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** Authorities are older than what they issue: Fabric checks a chain at the leaf's first second. */
const validityOf = {
    authority: (now: Date): Validity => ({
        notBefore: new Date(now.getTime() - 48 * HOUR_MS),
        notAfter: new Date(now.getTime() + 10 * YEAR_MS),
    }),
    leaf: (now: Date): Validity => ({
        notBefore: new Date(now.getTime() - 24 * HOUR_MS),
        notAfter: new Date(now.getTime() + 5 * YEAR_MS),
    }),
} as const;

/**
 * Keys and certificates of everybody in the network: two authorities for each organisation, its nodes, its people, its
 * terminals. Throws IdentityError when a name cannot be used or is used twice.
 */
export async function issueIdentities(network: Network, { now }: IssueOptions): Promise<NetworkIdentities> {
    checkNames(network);
    const organizations: Record<string, OrganizationIdentities> = {};
    for (const organization of network.organizations) {
        organizations[organization.mspId] = await issueOrganization(network, organization, now);
    }
    return { organizations };
}

/**
 * A new key and certificate for a terminal, with its name and attributes. The old certificate stays valid for Fabric;
 * the registration on the ledger decides which one may act. Throws IdentityError.
 */
export async function renewTerminalIdentity(
    identities: NetworkIdentities,
    terminalId: string,
    { now }: IssueOptions,
): Promise<Identity> {
    const organization = findOrganizationOf(identities, terminalId);
    const old = organization.clients[terminalId];
    const attributes = old ? parseFabricAttributes(parseCertificate(new X509Certificate(old.certificatePem).raw)) : {};
    if (attributes[attributeNames.terminalId] !== terminalId) {
        throw new IdentityError({ code: 'IDENTITY_NOT_A_TERMINAL', name: terminalId });
    }
    const authority = new CertificateAuthority(organization.ca);
    const issued = await authority.issueSigning(
        { commonName: terminalId, organizationalUnits: ['client'], attributes },
        validityOf.leaf(now),
    );
    return { name: terminalId, mspId: organization.mspId, ...issued };
}

/** Key and certificates of a peer that joins an organisation later. Throws IdentityError IDENTITY_NAME_TAKEN. */
export async function issuePeerIdentity(
    { mspId, ca, tlsCa, peers }: OrganizationIdentities,
    peer: { readonly name: string; readonly host: string },
    { now }: IssueOptions,
): Promise<NodeIdentity> {
    if (Object.hasOwn(peers, peer.name)) {
        throw new IdentityError({ code: 'IDENTITY_NAME_TAKEN', name: peer.name, mspIds: [mspId, mspId] });
    }
    const by = { ca: new CertificateAuthority(ca), tlsCa: new CertificateAuthority(tlsCa), now };
    return new OrganizationIssuer(mspId, by).node(peer, 'peer');
}

/** A TLS certificate for a listener that is no node of the network, by an organisation's TLS authority. */
export async function issueTlsCertificate(
    { tlsCa }: OrganizationIdentities,
    { name, host }: { readonly name: string; readonly host: string },
    { now }: IssueOptions,
): Promise<IssuedCertificate> {
    const authority = new CertificateAuthority(tlsCa);
    return authority.issueTls({ commonName: name, hosts: hostsOf({ name, host }) }, validityOf.leaf(now));
}

async function issueOrganization(
    network: Network,
    organization: Organization,
    now: Date,
): Promise<OrganizationIdentities> {
    const { domain, mspId } = organization;
    const ca = await CertificateAuthority.create(`ca.${domain}`, domain, validityOf.authority(now));
    const tlsCa = await CertificateAuthority.create(`tlsca.${domain}`, domain, validityOf.authority(now));
    const issuer = new OrganizationIssuer(mspId, {
        ca: new CertificateAuthority(ca),
        tlsCa: new CertificateAuthority(tlsCa),
        now,
    });
    const peers: Record<string, NodeIdentity> = {};
    for (const peer of organization.peers) peers[peer.name] = await issuer.node(peer, 'peer');
    const clients: Record<string, Identity> = {};
    for (const client of clientsOf(network, organization)) clients[client.name] = await issuer.client(client);
    return { mspId, ca, tlsCa, orderer: await issuer.node(organization.orderer, 'orderer'), peers, clients };
}

interface NewClient {
    readonly name: string;
    readonly role: 'admin' | 'client';
    readonly attributes?: Readonly<Record<string, string>>;
}

/** Who of an organisation signs, besides its nodes. */
function clientsOf(network: Network, organization: Organization): NewClient[] {
    const withRole = (name: string, role: string): NewClient => ({
        name,
        role: 'client',
        attributes: { [attributeNames.role]: role },
    });
    const clients: NewClient[] = [
        { name: identityNames.admin(organization.id), role: 'admin' },
        withRole(identityNames.operator(organization.id), 'operator'),
        { name: identityNames.reader(organization.id), role: 'client' },
        { name: identityNames.oracle(organization.id), role: 'client' },
    ];
    if (organization.role === 'dispatch') {
        clients.push(
            withRole(identityNames.dispatcher, 'dispatcher'),
            withRole(identityNames.supervisor, 'supervisor'),
            { name: identityNames.explorer, role: 'client' },
        );
    } else if (network.roleHolders.dispatcher.includes(organization.mspId)) {
        clients.push(withRole(identityNames.dispatcherOf(organization.id), 'dispatcher'));
    }
    for (const terminal of network.terminals) {
        if (terminal.mspId !== organization.mspId) continue;
        clients.push({ name: terminal.id, role: 'client', attributes: { [attributeNames.terminalId]: terminal.id } });
    }
    return clients;
}

/** Names become folders, and an identity is found by its name alone. */
function checkNames(network: Network): void {
    const owners = new Map<string, string>();
    for (const organization of network.organizations) {
        const nodes = [organization.orderer, ...organization.peers].map(({ name }) => name);
        const names = [...nodes, ...clientsOf(network, organization).map(({ name }) => name)];
        for (const name of [organization.mspId, ...names]) {
            if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
                throw new IdentityError({ code: 'IDENTITY_NAME_INVALID', name });
        }
        for (const name of names) {
            const other = owners.get(name);
            if (other !== undefined) {
                throw new IdentityError({ code: 'IDENTITY_NAME_TAKEN', name, mspIds: [other, organization.mspId] });
            }
            owners.set(name, organization.mspId);
        }
    }
}

/** What a listener is called by those who dial it. */
function hostsOf({ name, host }: { readonly name: string; readonly host: string }): string[] {
    return [...new Set([name, 'localhost', '127.0.0.1', host])];
}

class OrganizationIssuer {
    readonly #mspId: string;
    readonly #ca: CertificateAuthority;
    readonly #tlsCa: CertificateAuthority;
    readonly #validity: Validity;

    constructor(mspId: string, by: { ca: CertificateAuthority; tlsCa: CertificateAuthority; now: Date }) {
        this.#mspId = mspId;
        this.#ca = by.ca;
        this.#tlsCa = by.tlsCa;
        this.#validity = validityOf.leaf(by.now);
    }

    async node(node: { name: string; host: string }, role: 'peer' | 'orderer'): Promise<NodeIdentity> {
        const signing = await this.#ca.issueSigning(
            { commonName: node.name, organizationalUnits: [role] },
            this.#validity,
        );
        const request = { commonName: node.name, hosts: hostsOf(node) };
        const tls = await this.#tlsCa.issueTls(request, this.#validity);
        return {
            name: node.name,
            mspId: this.#mspId,
            ...signing,
            tlsCertificatePem: tls.certificatePem,
            tlsPrivateKeyPem: tls.privateKeyPem,
        };
    }

    async client({ name, role, attributes }: NewClient): Promise<Identity> {
        const request = { commonName: name, organizationalUnits: [role], ...(attributes && { attributes }) };
        return { name, mspId: this.#mspId, ...(await this.#ca.issueSigning(request, this.#validity)) };
    }
}
