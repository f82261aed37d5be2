/** Somebody who can sign in the name of an organisation. Certificate and key are PEM; the key is PKCS#8. */
export interface Identity {
    readonly name: string;
    readonly mspId: string;
    readonly certificatePem: string;
    readonly privateKeyPem: string;
}

/** A peer or an orderer: signs blocks and endorsements with one key, answers TLS with another. */
export interface NodeIdentity extends Identity {
    readonly tlsCertificatePem: string;
    readonly tlsPrivateKeyPem: string;
}

/** A certificate authority: its own certificate and the key that signs what it issues. */
export interface Authority {
    readonly certificatePem: string;
    readonly privateKeyPem: string;
}

/** An organisation's clients: all that acting on a network needs, whoever runs its nodes. */
export interface OrganizationClients {
    readonly mspId: string;
    /** By identity name: admin, operator, reader, oracle, dispatcher, supervisor, explorer as it has them, and its terminals. */
    readonly clients: Readonly<Record<string, Identity>>;
}

export interface OrganizationIdentities extends OrganizationClients {
    readonly ca: Authority;
    readonly tlsCa: Authority;
    readonly orderer: NodeIdentity;
    /** By the peer's node name. */
    readonly peers: Readonly<Record<string, NodeIdentity>>;
}

export interface ClientIdentities {
    /** By MSP id. */
    readonly organizations: Readonly<Record<string, OrganizationClients>>;
}

export interface NetworkIdentities extends ClientIdentities {
    /** By MSP id. */
    readonly organizations: Readonly<Record<string, OrganizationIdentities>>;
}

/** Names of the identities that an organisation owns besides its nodes and terminals. */
export const identityNames = {
    admin: (organizationId: string): string => `${organizationId}-admin`,
    operator: (organizationId: string): string => `${organizationId}-operator`,
    reader: (organizationId: string): string => `${organizationId}-reader`,
    /** Of the dispatch centre. */
    dispatcher: 'dispatcher',
    /** Of a substation, where the topology lets it hold the role: it operates while dispatch authority is its own. */
    dispatcherOf: (organizationId: string): string => `${organizationId}-dispatcher`,
    supervisor: 'supervisor',
    /** An organisation's own oracle: a client without role, which acts once its operator has registered it. */
    oracle: (organizationId: string): string => `${organizationId}-oracle`,
    /** Hyperledger Explorer's own: a client of the dispatch centre without role or terminal. */
    explorer: 'explorer',
} as const;

/** Names of the attributes that a certificate may carry. */
export const attributeNames = { role: 'role', terminalId: 'terminalId' } as const;
