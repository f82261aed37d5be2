import { join } from 'node:path';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { findBackend } from '../../network/backends/find-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
import type { provisionNetwork } from '../../network/client/provision-network';
import { readIdentities } from '../../network/identities/identity-store';
import { loadNetwork } from '../../network/topology/load-network';
import { projectRoot } from '../../network/topology/project-root';
import { runDirectoryOf } from '../run-directories';
import { UsageError } from '../run-script';
import { describeBackendOf, describeNodes, whereLedgersAre } from './describe-network';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

const options = {
    ...whichNetwork,
    'base-port': { type: 'string', value: 'N', usage: 'first of the ports that up takes' },
    bare: { type: 'boolean', usage: 'up leaves roles and registrations to be made by hand' },
} as const;

export const up: NetworkAct<typeof options> = {
    name: 'up',
    usage: 'brings a network up',
    options,
    run,
};

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const startedMs = performance.now();
    const isBare = values.bare ?? false;
    const backend = findBackend(values.backend ?? 'embedded');
    const network = await loadNetwork(values.topology ?? 'wired', placementOf(values['base-port']));
    const running = await backend.start(network, {
        runDirectory: runDirectoryOf(network.name),
        chaincodeDirectory: join(projectRoot, 'chaincode'),
        environment: process.env,
        now: new Date(),
        meanwhile: () => {
            if (!isBare) loadClient();
        },
    });
    const stopOnInterrupt = (): void => {
        console.error('Interrupted: taking the network down.');
        void backend.stop(running).then(() => process.exit(exitCodes.lost));
    };
    process.once('SIGINT', stopOnInterrupt);
    try {
        if (!isBare) await provision(running);
    } catch (error) {
        await backend.stop(running);
        throw error;
    }
    process.off('SIGINT', stopOnInterrupt);
    console.log(`${network.title}: up in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
    const found = await backend.status(running);
    console.log(describeNodes(running, found));
    console.log(`${describeBackendOf(running)} ${whereLedgersAre[found.stateIn]}`);
    console.log(nextStep(running, isBare));
    return exitCodes.kept;
}

interface Client {
    readonly provisionNetwork: typeof provisionNetwork;
}

/** The client's packages take as long to load as the network's processes to start: both at once. */
function loadClient(): Client {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() of a CommonJS module cannot name a .ts file
    return require('../../network/client/provision-network') as Client;
}

async function provision(running: RunningNetwork): Promise<void> {
    const { registered } = await loadClient().provisionNetwork(
        running,
        await readIdentities(running.identitiesDirectory),
    );
    console.log(`Roles are assigned, ${registered} terminals are registered.`);
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
