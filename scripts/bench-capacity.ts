/** What the embedded network carries and what a transaction costs: `npm run bench:capacity`. See scripts/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CapacityRecord } from '../caliper/capacity/capacity-record';
import { capacityPlan, measureCapacity, type Capacity } from '../caliper/capacity/measure-capacity';
import { renderCapacity } from '../caliper/capacity/render-capacity';
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
import { runScript } from './run-script';

const usage = `Usage: npm run bench:capacity [-- --base-port N]
Measures an empty transaction, a Set and a Query on an embedded network of its own, and writes reports/latest/capacity.json.
Let nothing else run meanwhile.`;

/** Away from the ports of networks that people start. */
const basePort = 8050;

async function main(): Promise<ExitCode> {
    const { values } = parseArgs({ options: { 'base-port': { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help === true) {
        console.log(usage);
        return exitCodes.kept;
    }
    const startedAt = new Date();
    const network = await loadNetwork('wired', { basePort: Number(values['base-port'] ?? basePort) });
    const record = newRecord(network, startedAt, await measureOnOwnNetwork(network, startedAt));
    const folder = join(projectRoot, 'reports', 'latest');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'capacity.json'), `${JSON.stringify(record, null, 2)}\n`);
    console.log(renderCapacity(record));
    console.log(`Written: ${join('reports', 'latest', 'capacity.json')}`);
    return exitCodes.kept;
}

async function measureOnOwnNetwork(network: Network, now: Date): Promise<Capacity> {
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
        return await measureCapacity(running, identities, capacityPlan, (line) => {
            console.error(line);
        });
    } finally {
        await backend.stop(running);
    }
}

function newRecord(network: Network, startedAt: Date, { verifyMicros, results }: Capacity): CapacityRecord {
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
            gateways: capacityPlan.gateways,
            chaincodeProcesses: network.organizations.length,
            blockCutting: network.channel.blockCutting,
            pairs: capacityPlan.pairs,
            warmedWith: capacityPlan.warmWith,
            verifyMicros,
            machine: readMachine(),
            versions: readVersions(projectRoot),
        },
        results: [...results],
    };
}

runScript(main);
