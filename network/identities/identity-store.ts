import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IdentityError } from './identities-errors';
import type {
    Authority,
    ClientIdentities,
    Identity,
    NetworkIdentities,
    NodeIdentity,
    OrganizationClients,
    OrganizationIdentities,
} from './identity';

/** The folders of an organisation below `<directory>/organizations/<mspId>`, in the layout that Fabric's tools expect. */
export const identityFolders = {
    organization: (directory: string, mspId: string): string => join(directory, 'organizations', mspId),
    /** The organisation's MSP without a signer: what others trust. */
    msp: (directory: string, mspId: string): string => join(identityFolders.organization(directory, mspId), 'msp'),
    orderer: (directory: string, mspId: string, name: string): string =>
        join(identityFolders.organization(directory, mspId), 'orderers', name),
    peers: (directory: string, mspId: string): string => join(identityFolders.organization(directory, mspId), 'peers'),
    peer: (directory: string, mspId: string, name: string): string =>
        join(identityFolders.peers(directory, mspId), name),
    user: (directory: string, mspId: string, name: string): string =>
        join(identityFolders.organization(directory, mspId), 'users', name),
} as const;

const keyMode = 0o600;
const files = {
    authority: { certificate: 'ca.pem', key: 'key.pem' },
    signing: { certificate: join('signcerts', 'cert.pem'), key: join('keystore', 'key.pem') },
    tls: { certificate: 'server.crt', key: 'server.key', roots: 'ca.crt' },
} as const;

/** Fabric's NodeOUs without a certificate: any CA of the organisation may name the roles. */
const nodeOusConfig = [
    'NodeOUs:',
    '  Enable: true',
    ...['Client', 'Peer', 'Admin', 'Orderer'].flatMap((role) => [
        `  ${role}OUIdentifier:`,
        `    OrganizationalUnitIdentifier: ${role.toLowerCase()}`,
    ]),
    '',
].join('\n');

/**
 * Writes all identities as MSP folders, keys readable by their owner alone. What an earlier network left in
 * `<directory>/organizations` is removed first.
 */
export async function writeIdentities(directory: string, identities: NetworkIdentities): Promise<void> {
    await rm(join(directory, 'organizations'), { recursive: true, force: true });
    for (const organization of Object.values(identities.organizations)) {
        await writeOrganization(directory, organization);
    }
}

/** Writes one person's or terminal's identity in place of the one that is there: after a renewal. */
export async function writeUserIdentity(
    directory: string,
    organization: OrganizationIdentities,
    identity: Identity,
): Promise<void> {
    const folder = identityFolders.user(directory, organization.mspId, identity.name);
    await writeSigningMsp(join(folder, 'msp'), organization, identity);
}

/** Writes the identity of a peer that joins later. */
export async function writePeerIdentity(
    directory: string,
    organization: OrganizationIdentities,
    peer: NodeIdentity,
): Promise<void> {
    await writeNode(identityFolders.peer(directory, organization.mspId, peer.name), organization, peer);
}

/** Reads back what `writeIdentities` wrote; throws IdentityError IDENTITY_FILE_MISSING when a part is not there. */
export async function readIdentities(directory: string): Promise<NetworkIdentities> {
    const organizations: Record<string, OrganizationIdentities> = {};
    for (const mspId of await listFolder(join(directory, 'organizations'))) {
        organizations[mspId] = await readOrganization(directory, mspId);
    }
    return { organizations };
}

/**
 * Reads the clients alone, from `<directory>/organizations/<mspId>/users/<name>/msp`: on a network that others run, their
 * CAs and nodes have no business here. Certificate and key may have any file name, as in Fabric's own MSP folders.
 */
export async function readClients(directory: string): Promise<ClientIdentities> {
    const organizations: Record<string, OrganizationClients> = {};
    for (const mspId of await listFolder(join(directory, 'organizations'))) {
        organizations[mspId] = { mspId, clients: await readUsers(directory, mspId) };
    }
    return { organizations };
}

async function writeOrganization(directory: string, organization: OrganizationIdentities): Promise<void> {
    const { mspId, ca, tlsCa } = organization;
    const folder = identityFolders.organization(directory, mspId);
    await writeAuthority(join(folder, 'ca'), ca);
    await writeAuthority(join(folder, 'tlsca'), tlsCa);
    await writeMsp(identityFolders.msp(directory, mspId), organization);
    await writeNode(
        identityFolders.orderer(directory, mspId, organization.orderer.name),
        organization,
        organization.orderer,
    );
    for (const peer of Object.values(organization.peers)) {
        await writeNode(identityFolders.peer(directory, mspId, peer.name), organization, peer);
    }
    await Promise.all(
        Object.values(organization.clients).map((client) => writeUserIdentity(directory, organization, client)),
    );
}

async function writeAuthority(folder: string, authority: Authority): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, files.authority.certificate), authority.certificatePem);
    await writeFile(join(folder, files.authority.key), authority.privateKeyPem, { mode: keyMode });
}

async function writeNode(folder: string, organization: OrganizationIdentities, node: NodeIdentity): Promise<void> {
    await writeSigningMsp(join(folder, 'msp'), organization, node);
    const tls = join(folder, 'tls');
    await mkdir(tls, { recursive: true });
    await writeFile(join(tls, files.tls.certificate), node.tlsCertificatePem);
    await writeFile(join(tls, files.tls.key), node.tlsPrivateKeyPem, { mode: keyMode });
    await writeFile(join(tls, files.tls.roots), organization.tlsCa.certificatePem);
}

async function writeSigningMsp(msp: string, organization: OrganizationIdentities, identity: Identity): Promise<void> {
    await writeMsp(msp, organization);
    await Promise.all(['signcerts', 'keystore'].map((name) => mkdir(join(msp, name), { recursive: true })));
    await writeFile(join(msp, files.signing.certificate), identity.certificatePem);
    await writeFile(join(msp, files.signing.key), identity.privateKeyPem, { mode: keyMode });
}

async function writeMsp(msp: string, { ca, tlsCa }: OrganizationIdentities): Promise<void> {
    await Promise.all(['cacerts', 'tlscacerts'].map((name) => mkdir(join(msp, name), { recursive: true })));
    await writeFile(join(msp, 'cacerts', 'ca.pem'), ca.certificatePem);
    await writeFile(join(msp, 'tlscacerts', 'tlsca.pem'), tlsCa.certificatePem);
    await writeFile(join(msp, 'config.yaml'), nodeOusConfig);
}

async function readOrganization(directory: string, mspId: string): Promise<OrganizationIdentities> {
    const folder = identityFolders.organization(directory, mspId);
    const orderers = join(folder, 'orderers');
    const [ordererName] = await listFolder(orderers);
    if (ordererName === undefined) throw new IdentityError({ code: 'IDENTITY_FILE_MISSING', path: orderers });
    const peers: Record<string, NodeIdentity> = {};
    for (const name of await listFolder(join(folder, 'peers'))) {
        peers[name] = await readNode(identityFolders.peer(directory, mspId, name), mspId, name);
    }
    return {
        mspId,
        ca: await readAuthority(join(folder, 'ca')),
        tlsCa: await readAuthority(join(folder, 'tlsca')),
        orderer: await readNode(identityFolders.orderer(directory, mspId, ordererName), mspId, ordererName),
        peers,
        clients: await readUsers(directory, mspId),
    };
}

async function readUsers(directory: string, mspId: string): Promise<Record<string, Identity>> {
    const users = await listFolder(join(identityFolders.organization(directory, mspId), 'users'));
    const clients = await Promise.all(
        users.map((name) => readIdentity(join(identityFolders.user(directory, mspId, name), 'msp'), mspId, name)),
    );
    return Object.fromEntries(clients.map((client) => [client.name, client]));
}

async function readAuthority(folder: string): Promise<Authority> {
    return {
        certificatePem: await readText(join(folder, files.authority.certificate)),
        privateKeyPem: await readText(join(folder, files.authority.key)),
    };
}

async function readNode(folder: string, mspId: string, name: string): Promise<NodeIdentity> {
    return {
        ...(await readIdentity(join(folder, 'msp'), mspId, name)),
        tlsCertificatePem: await readText(join(folder, 'tls', files.tls.certificate)),
        tlsPrivateKeyPem: await readText(join(folder, 'tls', files.tls.key)),
    };
}

async function readIdentity(msp: string, mspId: string, name: string): Promise<Identity> {
    return {
        name,
        mspId,
        certificatePem: await readOnlyFile(join(msp, 'signcerts')),
        privateKeyPem: await readOnlyFile(join(msp, 'keystore')),
    };
}

/** Fabric takes a signing certificate and key by their folder, whatever they are called. */
async function readOnlyFile(folder: string): Promise<string> {
    const [name] = await listFolder(folder);
    if (name === undefined) throw new IdentityError({ code: 'IDENTITY_FILE_MISSING', path: folder });
    return readText(join(folder, name));
}

async function readText(path: string): Promise<string> {
    try {
        return await readFile(path, 'utf8');
    } catch (cause) {
        throw new IdentityError({ code: 'IDENTITY_FILE_MISSING', path }, { cause });
    }
}

async function listFolder(path: string): Promise<string[]> {
    try {
        return (await readdir(path)).sort();
    } catch (cause) {
        throw new IdentityError({ code: 'IDENTITY_FILE_MISSING', path }, { cause });
    }
}
