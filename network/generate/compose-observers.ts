import { posix } from 'node:path';
import { identityFolders } from '../identities/identity-store';
import { identityNames } from '../identities/identity';
import type { Network } from '../topology/network-model';
import { newDoor } from './compose-door';
import type { ComposeMount, ComposeService } from './compose-model';
import { images, managementName, serviceNames } from './compose-names';
import { containerPaths, dockerFiles, explorerFiles } from './compose-paths';
import { database, explorerPort, observedPeer } from './explorer-files';

type NamedService = readonly [string, ComposeService];

const leastPrivilege = { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] } as const;

/** Prometheus, on the management plane where it finds every node. */
export function newMonitoringServices(runDirectory: string): NamedService[] {
    const target = '/etc/prometheus';
    const prometheus: ComposeService = {
        image: images.prometheus,
        profiles: ['monitoring'],
        command: [
            `--config.file=${target}/prometheus.yml`,
            '--storage.tsdb.path=/prometheus',
            '--storage.tsdb.retention.time=7d',
        ],
        networks: { management: {} },
        ports: ['127.0.0.1:${FEEDER_PROMETHEUS_PORT:-9090}:9090'],
        volumes: [
            bind(`${runDirectory}/${dockerFiles.prometheus}`, target),
            { type: 'volume', source: 'prometheus-data', target: '/prometheus' },
        ],
        healthcheck: {
            test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:9090/-/ready'],
            interval: '10s',
            timeout: '4s',
            retries: 6,
            start_period: '10s',
        },
        cpus: 0.5,
        mem_limit: '512m',
        ...leastPrivilege,
        restart: 'unless-stopped',
    };
    return [[serviceNames.prometheus, prometheus]];
}

/**
 * Explorer and its database. Explorer meets the peers on the business plane and listens on the management plane alone,
 * from where a door leads to this machine: whoever sees the business plane does not see it.
 */
export function newExplorerServices(network: Network, runDirectory: string): NamedService[] {
    const port = { port: explorerPort, host: managementName(serviceNames.explorer), variable: 'FEEDER_EXPLORER_PORT' };
    return [
        [serviceNames.explorerDatabase, newDatabase(runDirectory)],
        [serviceNames.explorer, newExplorer(network, runDirectory)],
        [serviceNames.explorerDoor, { ...newDoor(network, [port]), profiles: ['explorer'] }],
    ];
}

function newDatabase(runDirectory: string): ComposeService {
    const folder = `${runDirectory}/${dockerFiles.explorer}`;
    return {
        image: images.explorerDatabase,
        profiles: ['explorer'],
        networks: { storage: {} },
        // Without a password of its own PostgreSQL's image would let everybody in.
        environment: { POSTGRES_PASSWORD_FILE: database.passwordFile },
        volumes: [
            bind(`${folder}/${explorerFiles.databasePassword}`, database.passwordFile),
            // In place of the image's own script, which tells the password to the log.
            bind(`${folder}/${explorerFiles.databaseScript}`, '/docker-entrypoint-initdb.d/createdb.sh'),
            { type: 'volume', source: 'explorer-database', target: '/var/lib/postgresql/data' },
        ],
        healthcheck: {
            // By TCP: while the image's scripts run, PostgreSQL answers by its local socket only.
            test: [
                'CMD',
                'pg_isready',
                '--quiet',
                '--username',
                'postgres',
                '--host',
                '127.0.0.1',
                '--dbname',
                database.name,
            ],
            interval: '5s',
            timeout: '4s',
            retries: 12,
            start_period: '10s',
        },
        cpus: 1,
        mem_limit: '512m',
        // It starts as root, hands its folder to the user postgres and goes on as that.
        cap_drop: ['ALL'],
        cap_add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
        security_opt: leastPrivilege.security_opt,
        restart: 'unless-stopped',
    };
}

function newExplorer(network: Network, runDirectory: string): ComposeService {
    const { mspId, peer } = observedPeer(network);
    const folder = `${runDirectory}/${dockerFiles.explorer}`;
    const platform = `${containerPaths.explorer}/app/platform/fabric`;
    const identities = [
        identityFolders.user('', mspId, identityNames.explorer),
        posix.join(identityFolders.peer('', mspId, peer.name), 'tls', 'ca.crt'),
    ];
    return {
        image: images.explorer,
        profiles: ['explorer'],
        init: true,
        working_dir: containerPaths.explorer,
        // Not by its own script, which stays when the program ends.
        command: [
            'node',
            '--require',
            `${containerPaths.scripts}/listen-on.cjs`,
            'app/main.js',
            'name',
            '-',
            'hyperledger-explorer',
        ],
        networks: {
            business: {},
            management: { aliases: [managementName(serviceNames.explorer)] },
            storage: {},
        },
        environment: {
            DATABASE_HOST: serviceNames.explorerDatabase,
            DATABASE_PORT: '5432',
            DATABASE_DATABASE: database.name,
            DATABASE_USERNAME: database.user,
            // Empty, or the image's own would count for more than the one in its settings file.
            DATABASE_PASSWD: '',
            DISCOVERY_AS_LOCALHOST: 'false',
            EXPLORER_APP_ROOT: 'app',
            LISTEN_ON: managementName(serviceNames.explorer),
            PORT: String(explorerPort),
            // At info it tells the password of its login.
            LOG_LEVEL_APP: 'warn',
            LOG_LEVEL_DB: 'warn',
            LOG_LEVEL_CONSOLE: 'warn',
            LOG_CONSOLE_STDOUT: 'true',
        },
        volumes: [
            bind(`${folder}/${explorerFiles.config}`, `${platform}/config.json`),
            bind(`${folder}/${explorerFiles.profile}`, `${platform}/connection-profile/${explorerFiles.profile}`),
            bind(`${folder}/${explorerFiles.settings}`, `${containerPaths.explorer}/app/explorerconfig.json`),
            bind(`${folder}/${explorerFiles.login}`, `${containerPaths.scripts}/${explorerFiles.login}`),
            bind('./network/docker/listen-on.cjs', `${containerPaths.scripts}/listen-on.cjs`),
            bind('./network/docker/explorer-health.cjs', `${containerPaths.scripts}/explorer-health.cjs`),
            ...identities.map((path) =>
                bind(`${runDirectory}/identities/${path}`, posix.join(containerPaths.identities, path)),
            ),
        ],
        // Its wallet holds the key in clear text and is never refreshed: it is made anew at each start.
        tmpfs: [`${containerPaths.explorer}/wallet`],
        depends_on: { [serviceNames.explorerDatabase]: { condition: 'service_healthy' } },
        healthcheck: {
            test: [
                'CMD',
                'node',
                `${containerPaths.scripts}/explorer-health.cjs`,
                `http://${managementName(serviceNames.explorer)}:${explorerPort}`,
                `http://${managementName(peer.name)}:${peer.operationsPort}/metrics`,
                `${containerPaths.scripts}/${explorerFiles.login}`,
                '/tmp/explorer-health.json',
                // The container's first process: with it the container ends.
                '1',
            ],
            interval: '20s',
            timeout: '15s',
            retries: 2,
            start_period: '60s',
        },
        cpus: 1,
        mem_limit: '768m',
        ...leastPrivilege,
        cap_add: ['DAC_OVERRIDE'],
        restart: 'unless-stopped',
    };
}

function bind(source: string, target: string): ComposeMount {
    return { type: 'bind', source, target, read_only: true };
}
