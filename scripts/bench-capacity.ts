/** What the embedded network carries and what a transaction costs: `npm run bench:capacity`. See scripts/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { capacityRecordSchema, type CapacityRecord } from '../caliper/capacity/capacity-record';
import { capacityPlan, measureCapacity, type Capacity } from '../caliper/capacity/measure-capacity';
import { actsPlan, measureActs } from '../caliper/capacity/measure-acts';
import { checkTargets, renderCapacity } from '../caliper/capacity/render-capacity';
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

const usage = `Usage: npm run bench:capacity [-- --suite default|acts] [--pairs N] [--base-port N]
Measures an empty transaction, a Set and a Query on an embedded network of its own, and writes reports/latest/capacity.json.
--suite acts then measures displacement, each step of a remote control, signed readings and batches, on the same network.
Let nothing else run meanwhile. Exit status 3: a target is missed.`;

const suites = ['default', 'acts'] as const;
type Suite = (typeof suites)[number];

/** Away from the ports of networks that people start. */
const basePort = 8050;

async function main(args: string[]): Promise<ExitCode> {
    const { values } = parseArgs({
        args,
        options: {
            suite: { type: 'string', default: 'default' },
            pairs: { type: 'string', default: String(capacityPlan.pairs) },
            'base-port': { type: 'string', default: String(basePort) },
            help: { type: 'boolean' },
        },
    });
    if (values.help === true) {
        console.log(usage);
        return exitCodes.kept;
    }
    const suite = suites.find((known) => known === values.suite);
    if (suite === undefined) throw new UsageError(`--suite ${values.suite}: there are ${suites.join(' and ')}.`);
    const pairs = wholeNumber('--pairs', values.pairs);
    const startedAt = new Date();
    const network = await loadNetwork('wired', { basePort: wholeNumber('--base-port', values['base-port']) });
    const measured = await measureOnOwnNetwork(network, { suite, pairs, now: startedAt });
    const record = capacityRecordSchema.parse(newRecord(network, { suite, pairs, startedAt }, measured));
    const folder = join(projectRoot, 'reports', 'latest');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'capacity.json'), `${JSON.stringify(record, null, 2)}\n`);
    console.log(renderCapacity(record));
    console.log(`Written: ${join('reports', 'latest', 'capacity.json')}`);
    return checkTargets(record).every(({ kept }) => kept) ? exitCodes.kept : exitCodes.limitMissed;
}

function wholeNumber(option: string, text: string): number {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new UsageError(`${option} ${text}: give a whole number above 0.`);
}

async function measureOnOwnNetwork(
    network: Network,
    { suite, pairs, now }: { readonly suite: Suite; readonly pairs: number; readonly now: Date },
): Promise<Capacity> {
    await buildChaincode(join(projectRoot, 'chaincode'));
    const backend = findBackend('embedded');
    const running = await backend.start(network, {
        runDirectory: runDirectoryOf('capacity'),
        chaincodeDirectory: join(projectRoot, 'caliper', 'capacity', 'chaincode'),
        environment: cleanEnvironment(process.env),
        now,
        endsWithStarter: true,
    });
    try {
        const identities = await readIdentities(running.identitiesDirectory);
        const progress = (line: string): void => {
            console.error(line);
        };
        const plain = await measureCapacity(running, identities, { ...capacityPlan, pairs }, progress);
        if (suite === 'default') return plain;
        const acts = await measureActs(running, identities, { ...actsPlan, pairs }, progress);
        return { ...plain, results: [...plain.results, ...acts] };
    } finally {
        await backend.stop(running);
    }
}

function newRecord(
    network: Network,
    { suite, pairs, startedAt }: { readonly suite: Suite; readonly pairs: number; readonly startedAt: Date },
    { verifyMicros, results }: Capacity,
): CapacityRecord {
    return {
        schemaVersion: 1,
        startedAt: startedAt.toISOString(),
        conditions: {
            backend: 'embedded',
            topology: network.name,
            peers: network.organizations.flatMap(({ peers }) => peers).length,
            endorsements: 2,
            tls: true,
            relays: false,
            client: 'unmodified fabric-network with discovery, native ECDSA by its crypto-suite-software setting',
            ...(suite === 'acts' && { actsClient: 'network/client, one set of connections an organisation' }),
            gateways: capacityPlan.gateways,
            chaincodeProcesses: network.organizations.length,
            blockCutting: network.channel.blockCutting,
            pairs,
            warmedWith: capacityPlan.warmWith,
            verifyMicros,
            machine: readMachine(),
            versions: readVersions(projectRoot),
        },
        results: [...results],
    };
}

runScript(main);
