/** Our client beside Caliper's stock one, on a network of its own: `npm run bench:clients`. See scripts/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientsRecordSchema, type ClientResult, type ClientsRecord } from '../caliper/clients/clients-record';
import { comparisonPlan, measureClients, type ComparisonPlan } from '../caliper/clients/measure-clients';
import { checkClients, renderClients } from '../caliper/clients/render-clients';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { readMachine, readVersions } from '../caliper/run/machine-facts';
import { buildChaincode } from '../network/backends/build-chaincode';
import { cleanEnvironment } from '../network/backends/clean-environment';
import { findBackend } from '../network/backends/find-backend';
import { readIdentities } from '../network/identities/identity-store';
import { loadNetwork } from '../network/topology/load-network';
import type { Network } from '../network/topology/network-model';
import { projectRoot } from '../network/topology/project-root';
import { runDirectoryOf } from './run-directories';
import { runScript, UsageError } from './run-script';

const usage = `Usage: npm run bench:clients [-- --backend native|embedded] [--pairs N] [--base-port N]
Measures Set and Query by our client and by fabric-network as Caliper's stock connector uses it, in alternating pairs on
a network of its own, and writes reports/latest/clients.json. Let nothing else run meanwhile.`;

/** Away from the ports of networks that people start. */
const defaultBasePort = 9050;

async function main(args: string[]): Promise<ExitCode> {
    const { values } = parseArgs({
        args,
        options: {
            backend: { type: 'string', default: 'native' },
            pairs: { type: 'string', default: String(comparisonPlan.pairs) },
            'base-port': { type: 'string', default: String(defaultBasePort) },
            help: { type: 'boolean' },
        },
    });
    if (values.help === true) {
        console.log(usage);
        return exitCodes.kept;
    }
    const startedAt = new Date();
    const plan = { ...comparisonPlan, pairs: wholeNumber('--pairs', values.pairs) };
    const network = await loadNetwork('wired', { basePort: wholeNumber('--base-port', values['base-port']) });
    const results = await measureOnOwnNetwork(values.backend, network, { plan, now: startedAt });
    const record = clientsRecordSchema.parse(newRecord(values.backend, network, { plan, startedAt, results }));
    const folder = join(projectRoot, 'reports', 'latest');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'clients.json'), `${JSON.stringify(record, null, 2)}\n`);
    console.log(renderClients(record));
    console.log(`Written: ${join('reports', 'latest', 'clients.json')}`);
    return checkClients(record).every(({ kept }) => kept) ? exitCodes.kept : exitCodes.limitMissed;
}

function wholeNumber(option: string, text: string): number {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new UsageError(`${option} ${text}: give a whole number above 0.`);
}

async function measureOnOwnNetwork(
    backendName: string,
    network: Network,
    { plan, now }: { readonly plan: ComparisonPlan; readonly now: Date },
): Promise<ClientResult[]> {
    const backend = findBackend(backendName);
    const chaincodeDirectory = join(projectRoot, 'chaincode');
    await buildChaincode(chaincodeDirectory);
    const environment = cleanEnvironment(process.env);
    const running = await backend.start(network, {
        runDirectory: runDirectoryOf('clients'),
        chaincodeDirectory,
        environment,
        now,
        endsWithStarter: true,
    });
    try {
        return await measureClients(running, await readIdentities(running.identitiesDirectory), plan, {
            environment,
            progress: (line) => {
                console.error(line);
            },
        });
    } finally {
        await backend.stop(running);
    }
}

function newRecord(
    backend: string,
    network: Network,
    { plan, startedAt, results }: { plan: ComparisonPlan; startedAt: Date; results: ClientResult[] },
): ClientsRecord {
    return {
        schemaVersion: 1,
        startedAt: startedAt.toISOString(),
        conditions: {
            backend,
            topology: network.name,
            pairs: plan.pairs,
            gateways: plan.gateways,
            warmedWith: plan.warmWith,
            relays: false,
            own: 'network/client: calls over HTTP/2 connections of its own, shared; one commit stream a process',
            stock: "fabric-network as shipped, with the options of Caliper's stock connector",
            blockCutting: network.channel.blockCutting,
            machine: readMachine(),
            versions: readVersions(projectRoot),
        },
        results,
    };
}

runScript(main);
