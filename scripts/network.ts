/** Brings a network up, takes it down, tells how it is: `npm run network -- up | down | status`. See scripts/README.md. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { BackendError } from '../network/backends/backend-errors';
import { findBackend } from '../network/backends/find-backend';
import type { NetworkStatus } from '../network/backends/network-backend';
import type { RunningNetwork } from '../network/backends/running-network';
import type { provisionNetwork } from '../network/client/provision-network';
import { readIdentities } from '../network/identities/identity-store';
import { loadNetwork } from '../network/topology/load-network';
import { projectRoot } from '../network/topology/project-root';
import { chooseRunningNetwork, listRunningNetworks, runDirectoryOf } from './run-directories';
import { runScript, UsageError } from './run-script';

const usage = `Usage: npm run network -- up | down | status
  --topology NAME|FILE   wired (default), wireless, or a topology file
  --backend NAME         embedded (default) or native (Fabric's own programs, from FABRIC_BIN or PATH)
  --base-port N          first of the ports that up takes
  --bare                 up leaves roles and registrations to be made by hand`;

const options = {
    topology: { type: 'string' },
    backend: { type: 'string', default: 'embedded' },
    'base-port': { type: 'string' },
    bare: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const whereLedgersAre: Readonly<Record<NetworkStatus['stateIn'], string>> = {
    memory: 'Its ledger is in memory only: it is lost when the network goes down.',
    disk: 'Its ledgers lie in its run directory until the next "up".',
};

async function main(): Promise<ExitCode> {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [act, ...more] = positionals;
    if (values.help || act === undefined) {
        console.log(usage);
        return values.help ? exitCodes.kept : exitCodes.badInput;
    }
    if (more.length > 0) throw new UsageError(`${more.join(' ')} is one word too many.\n${usage}`);
    switch (act) {
        case 'up':
            return up(values);
        case 'down':
            return down(values);
        case 'status':
            return status(values);
        default:
            throw new UsageError(`There is no "${act}": say up, down or status.\n${usage}`);
    }
}

async function up(values: Values): Promise<ExitCode> {
    const startedMs = performance.now();
    const backend = findBackend(values.backend);
    const network = await loadNetwork(values.topology ?? 'wired', placementOf(values['base-port']));
    const running = await backend.start(network, {
        runDirectory: runDirectoryOf(network.name),
        chaincodeDirectory: join(projectRoot, 'chaincode'),
        environment: process.env,
        now: new Date(),
        meanwhile: () => {
            if (!values.bare) loadClient();
        },
    });
    const stopOnInterrupt = (): void => {
        console.error('Interrupted: taking the network down.');
        void backend.stop(running).then(() => process.exit(exitCodes.lost));
    };
    process.once('SIGINT', stopOnInterrupt);
    try {
        if (!values.bare) await provision(running);
    } catch (error) {
        await backend.stop(running);
        throw error;
    }
    process.off('SIGINT', stopOnInterrupt);
    console.log(`${network.title}: up in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
    const found = await backend.status(running);
    console.log(describeNodes(running, found));
    console.log(`${describeBackendOf(running)} ${whereLedgersAre[found.stateIn]}`);
    console.log(nextStep(running, values.bare));
    return exitCodes.kept;
}

interface Client {
    readonly provisionNetwork: typeof provisionNetwork;
}

/** The client's packages take as long to load as the network's processes to start: both at once. */
function loadClient(): Client {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() of a CommonJS module cannot name a .ts file
    return require('../network/client/provision-network') as Client;
}

async function provision(running: RunningNetwork): Promise<void> {
    const { registered } = await loadClient().provisionNetwork(
        running,
        await readIdentities(running.identitiesDirectory),
    );
    console.log(`Roles are assigned, ${registered} terminals are registered.`);
}

async function down(values: Values): Promise<ExitCode> {
    const running = await chooseRunningNetwork(values.topology);
    if (running === undefined) {
        console.log('No network is up: nothing to take down.');
        return exitCodes.kept;
    }
    await findBackend(running.backend).stop(running);
    const left =
        running.backend === 'embedded'
            ? 'Its ledger was in memory and is gone.'
            : `Its ledgers and logs are left in ${running.runDirectory} until the next "up".`;
    console.log(`${running.network.name} is down. ${left}`);
    return exitCodes.kept;
}

async function status(values: Values): Promise<ExitCode> {
    const all = await listRunningNetworks();
    const shown = all.filter(({ network }) => values.topology === undefined || network.name === values.topology);
    if (shown.length === 0) {
        const runDirectory = runDirectoryOf(values.topology ?? '*');
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    }
    for (const running of shown) {
        const found = await findBackend(running.backend).status(running);
        console.log(`${running.network.name}: ${running.network.title}, up since ${ago(running.startedAtMs)}`);
        console.log(describeNodes(running, found));
        console.log(`${describeBackendOf(running)} ${whereLedgersAre[found.stateIn]}`);
    }
    return exitCodes.kept;
}

function placementOf(basePort: string | undefined): { basePort?: number } {
    if (basePort === undefined) return {};
    const port = Number(basePort);
    if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
        throw new UsageError(`--base-port ${basePort} is not a port: give a whole number from 1024 to 65000.`);
    }
    return { basePort: port };
}

function describeNodes({ network, networkPid }: RunningNetwork, found: NetworkStatus): string {
    const width = Math.max(...found.nodes.map(({ name }) => name.length));
    const lines = found.nodes.map(({ name, kind, endpoint, height, hasChaincode }) => {
        const chaincode = kind === 'peer' ? (hasChaincode ? `, runs ${network.chaincode.name}` : ', no chaincode') : '';
        const blocks = height === undefined ? 'does not answer' : `${height} blocks`;
        return `  ${name.padEnd(width)}  ${endpoint}  ${blocks}${chaincode}`;
    });
    const process = `  process ${networkPid}, ${found.memoryMb.toFixed(0)} MB of memory`;
    return [`  channel ${network.channel.name}, chaincode ${network.chaincode.name}`, ...lines, process].join('\n');
}

function describeBackendOf({ backend }: RunningNetwork): string {
    return backend === 'embedded'
        ? 'This is the embedded network, not Hyperledger Fabric.'
        : `This is Hyperledger Fabric (${backend}).`;
}

function nextStep({ network }: RunningNetwork, bare: boolean): string {
    const terminal = network.terminals[0]?.id ?? 'ID';
    return bare
        ? 'Next: npm run call -- AssignRoles'
        : `Next: npm run call -- Set --terminal ${terminal} --value 10.2   then   npm run ledger -- blocks`;
}

function ago(startedAtMs: number): string {
    return `${new Date(startedAtMs).toISOString()} (${((Date.now() - startedAtMs) / 60_000).toFixed(1)} min)`;
}

runScript(main);
