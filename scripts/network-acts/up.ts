import { join } from 'node:path';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { BackendError } from '../../network/backends/backend-errors';
import { findBackend } from '../../network/backends/find-backend';
import { askedOf, differenceBetween, readKeptNetwork, type KeptNetwork } from '../../network/backends/kept-network';
import { observers, type NetworkBackend, type Observer } from '../../network/backends/network-backend';
import { findRunningNetwork, type BackendName, type RunningNetwork } from '../../network/backends/running-network';
import type { provisionNetwork } from '../../network/client/provision-network';
import { readIdentities } from '../../network/identities/identity-store';
import { loadNetwork } from '../../network/topology/load-network';
import type { Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import { runDirectoryOf } from '../run-directories';
import { UsageError } from '../run-script';
import { describeBackendOf, describeNodes, whereLedgersAre } from './describe-network';
import { describeLinks } from './describe-links';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

const options = {
    ...whichNetwork,
    'base-port': { type: 'string', value: 'N', usage: 'first of the ports that up takes' },
    fresh: { type: 'boolean', usage: 'up deletes the ledgers of an earlier network and begins anew' },
    with: { type: 'string', value: 'NAME,…', usage: 'explorer, monitoring: what up starts beside it, on docker only' },
    links: { type: 'boolean', usage: 'up models the links between the sites, which "link" can cut' },
    bare: { type: 'boolean', usage: 'up leaves roles and registrations to be made by hand' },
} as const;

export const up: NetworkAct<typeof options> = {
    name: 'up',
    usage: 'brings a network up, or finds it up; ledgers on disk are taken up again',
    options,
    run,
};

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const startedMs = performance.now();
    const isBare = values.bare ?? false;
    const isFresh = values.fresh ?? false;
    const backend = findBackend(values.backend ?? 'embedded');
    const beside = observersIn(values.with, backend.name);
    const { network, runDirectory } = await loadAsked(values, backend.name);
    const links = values.links ?? false;
    const wanted = { backend: backend.name, asked: network, links };
    const found = await findWanted(runDirectory, wanted, isFresh);
    const running =
        found ??
        (await backend.start(network, {
            runDirectory,
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            fresh: isFresh,
            links,
            meanwhile: () => {
                if (!isBare) loadClient();
            },
        }));
    if (!isBare) await provisionOrStop(running, found === undefined ? backend : undefined);
    if (beside.length > 0) await backend.startBeside?.(running, beside);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    console.log(`${network.title}: ${found ? 'was up already' : `up in ${seconds} s`}.`);
    const status = await backend.status(running);
    console.log([describeNodes(running, status), ...describeLinks(status.links)].join('\n'));
    console.log(`${describeBackendOf(running)} ${whereLedgersAre[status.stateIn]}`);
    for (const observer of beside) console.log(whereToLook[observer](process.env, running.runDirectory));
    console.log(nextStep(running, isBare));
    return exitCodes.kept;
}

/** The network of the topology file; where no port is asked for, on the ports of the one that is up or was kept. */
async function loadAsked(
    values: ActValues<typeof options>,
    backend: BackendName,
): Promise<{ readonly network: Network; readonly runDirectory: string }> {
    const network = await loadNetwork(values.topology ?? 'wired', placementOf(values['base-port']));
    const runDirectory = runDirectoryOf(network.name);
    if (values['base-port'] !== undefined) return { network, runDirectory };
    const there = (await findAsked(runDirectory)) ?? (values.fresh ? undefined : await readKeptNetwork(runDirectory));
    const isSame = there?.backend === backend && there.asked.topologyHash === network.topologyHash;
    return { network: isSame ? there.asked : network, runDirectory };
}

/** What the network that is up is by its topology file. */
async function findAsked(runDirectory: string): Promise<Pick<KeptNetwork, 'backend' | 'asked' | 'links'> | undefined> {
    const running = await findRunningNetwork(runDirectory);
    if (running === undefined) return undefined;
    const { backend, links = false } = running;
    return { backend, asked: await askedOf(running), links };
}

/** The network when it is up; throws NETWORK_ALREADY_UP when another one is. */
async function findWanted(
    runDirectory: string,
    wanted: Pick<KeptNetwork, 'backend' | 'asked' | 'links'>,
    isFresh: boolean,
): Promise<RunningNetwork | undefined> {
    const [running, there] = [await findRunningNetwork(runDirectory), await findAsked(runDirectory)];
    if (running === undefined || there === undefined) return undefined;
    const differs = isFresh ? 'ledgers to keep' : differenceBetween(there, wanted);
    if (differs === undefined) return running;
    const pid = running.networkPid;
    throw new BackendError({ code: 'NETWORK_ALREADY_UP', runDirectory, pid, differs });
}

/** Roles and registrations; a network that was just started is taken down again when they fail or are interrupted. */
async function provisionOrStop(running: RunningNetwork, backend: NetworkBackend | undefined): Promise<void> {
    const stopOnInterrupt = (): void => {
        console.error(backend ? 'Interrupted: taking the network down.' : 'Interrupted: the network stays up.');
        void Promise.resolve(backend?.stop(running)).then(() => process.exit(exitCodes.lost));
    };
    process.once('SIGINT', stopOnInterrupt);
    try {
        await provision(running);
    } catch (error) {
        await backend?.stop(running);
        throw error;
    } finally {
        process.off('SIGINT', stopOnInterrupt);
    }
}

/** Throws UsageError for what is not there, or not on this back end. */
function observersIn(list: string | undefined, backend: string): Observer[] {
    const names = list === undefined ? [] : list.split(',').map((name) => name.trim());
    if (names.length > 0 && backend !== 'docker') {
        throw new UsageError(`--with ${names.join(',')} is of --backend docker only: nothing else is a container.`);
    }
    return names.map((name) => {
        const known = observers.find((observer) => observer === name);
        if (known === undefined) throw new UsageError(`--with knows ${observers.join(' and ')}, not "${name}".`);
        return known;
    });
}

const whereToLook: Readonly<Record<Observer, (environment: NodeJS.ProcessEnv, runDirectory: string) => string>> = {
    explorer: (environment, runDirectory) =>
        `Explorer: http://127.0.0.1:${environment['FEEDER_EXPLORER_PORT'] ?? '8080'}, ` +
        `user and password in ${join(runDirectory, 'docker', 'explorer', 'login.json')}`,
    monitoring: (environment) => `Prometheus: http://127.0.0.1:${environment['FEEDER_PROMETHEUS_PORT'] ?? '9090'}`,
};

interface Client {
    readonly provisionNetwork: typeof provisionNetwork;
}

/** The client's packages take as long to load as the network's processes to start: both at once. */
function loadClient(): Client {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() of a CommonJS module cannot name a .ts file
    return require('../../network/client/provision-network') as Client;
}

async function provision(running: RunningNetwork): Promise<void> {
    const identities = await readIdentities(running.identitiesDirectory);
    const { registered, present } = await loadClient().provisionNetwork(running, identities);
    const before = present === 0 ? '' : `, ${present} were before`;
    console.log(`Roles are assigned, ${registered} terminals are registered${before}.`);
}

function placementOf(basePort: string | undefined): { basePort?: number } {
    if (basePort === undefined) return {};
    const port = Number(basePort);
    if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
        throw new UsageError(`--base-port ${basePort} is not a port: give a whole number from 1024 to 65000.`);
    }
    return { basePort: port };
}

function nextStep({ network }: RunningNetwork, isBare: boolean): string {
    const terminal = network.terminals[0]?.id ?? 'ID';
    return isBare
        ? 'Next: npm run call -- AssignRoles'
        : `Next: npm run call -- Set --terminal ${terminal} --value 10.2   then   npm run ledger -- blocks`;
}
