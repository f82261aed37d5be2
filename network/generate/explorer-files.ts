import { posix } from 'node:path';
import { identityNames } from '../identities/identity';
import { identityFolders } from '../identities/identity-store';
import type { Network, PeerNode } from '../topology/network-model';
import { dockerFiles, explorerFiles } from './compose-paths';
import { GenerateError } from './generate-errors';
import type { GeneratedFile } from './generate-all';

/** Where Explorer listens inside its container. */
export const explorerPort = 8080;

/** Explorer's data base; it belongs to one genesis block and goes with its network. */
export const database = {
    name: 'explorer',
    user: 'explorer',
    passwordFile: '/run/explorer-database-password',
} as const;

/** What is drawn by lot for each network and stands nowhere else. */
export interface ExplorerSecrets {
    readonly databasePassword: string;
    readonly loginPassword: string;
    /** Of the tokens that Explorer's login gives; its own is the same everywhere. */
    readonly tokenSecret: string;
}

export interface ExplorerPlace {
    /** Folder of the identities as Explorer sees it. */
    readonly identitiesDirectory: string;
    readonly databaseHost: string;
    readonly databasePort: number;
    readonly secrets: ExplorerSecrets;
}

/** The peer that Explorer asks: the dispatch centre's first. Throws GenerateError DISPATCH_MISSING. */
export function observedPeer(network: Network): { readonly mspId: string; readonly peer: PeerNode } {
    const dispatch = network.organizations.find(({ role }) => role === 'dispatch');
    const [peer] = dispatch?.peers ?? [];
    if (!dispatch || !peer) throw new GenerateError({ code: 'DISPATCH_MISSING', network: network.name });
    return { mspId: dispatch.mspId, peer };
}

/** Every file that Explorer 2.0.0 and its data base read, by path from the run directory. */
export function newExplorerFiles(network: Network, place: ExplorerPlace): GeneratedFile[] {
    const { secrets, databaseHost, databasePort } = place;
    const login = { user: explorerLogin, password: secrets.loginPassword, network: network.name };
    const settings = {
        persistence: 'postgreSQL',
        platforms: ['fabric'],
        postgreSQL: {
            host: databaseHost,
            port: String(databasePort),
            database: database.name,
            username: database.user,
            passwd: secrets.databasePassword,
        },
        sync: { type: 'local', platform: 'fabric', blocksSyncTime: '1' },
        jwt: { secret: secrets.tokenSecret, expiresIn: '2h' },
    };
    const config = {
        'network-configs': {
            [network.name]: { name: network.title, profile: `./connection-profile/${explorerFiles.profile}` },
        },
        license: 'Apache-2.0',
    };
    const contents: Readonly<Record<string, string>> = {
        [explorerFiles.config]: toJson(config),
        [explorerFiles.profile]: toJson(newProfile(network, place)),
        [explorerFiles.settings]: toJson(settings),
        [explorerFiles.login]: toJson(login),
        [explorerFiles.databasePassword]: secrets.databasePassword,
        [explorerFiles.databaseScript]: databaseScript,
    };
    return Object.entries(contents).map(([name, content]) => ({
        path: posix.join(dockerFiles.explorer, name),
        content,
    }));
}

const explorerLogin = 'operator';

/**
 * One peer of one organisation: discovery, which cannot be switched off, names the rest. The identity has neither role nor
 * terminal attribute: it may read like any client, and every transaction of ours that writes refuses it.
 */
function newProfile(network: Network, { identitiesDirectory, secrets }: ExplorerPlace): object {
    const { mspId, peer } = observedPeer(network);
    const msp = posix.join(identityFolders.user(identitiesDirectory, mspId, identityNames.explorer), 'msp');
    const timeouts = { timeout: { peer: { endorser: '300' }, orderer: '300' } };
    return {
        name: network.name,
        version: '1.0.0',
        client: {
            tlsEnable: true,
            adminCredential: { id: explorerLogin, password: secrets.loginPassword },
            enableAuthentication: true,
            organization: mspId,
            connection: timeouts,
        },
        channels: { [network.channel.name]: { peers: { [peer.name]: {} } } },
        organizations: {
            [mspId]: {
                mspid: mspId,
                peers: [peer.name],
                adminPrivateKey: { path: posix.join(msp, 'keystore', 'key.pem') },
                signedCert: { path: posix.join(msp, 'signcerts', 'cert.pem') },
            },
        },
        peers: {
            [peer.name]: {
                url: `grpcs://${peer.host}:${peer.port}`,
                tlsCACerts: {
                    path: posix.join(identityFolders.peer(identitiesDirectory, mspId, peer.name), 'tls', 'ca.crt'),
                },
                grpcOptions: { 'ssl-target-name-override': peer.name },
            },
        },
    };
}

/**
 * Makes the data base from the tables that Explorer's image brings (explorerpg.sql, updatepg.sql), with a password that is
 * read from its file and told to nobody.
 */
const databaseScript = [
    '#!/bin/sh',
    `psql --quiet --username postgres -v dbname=${database.name} -v user=${database.user} \\`,
    `    -v passwd="'$(cat ${database.passwordFile})'" -f /opt/explorerpg.sql -f /opt/updatepg.sql`,
    '',
].join('\n');

function toJson(value: object): string {
    return `${JSON.stringify(value, null, 4)}\n`;
}
