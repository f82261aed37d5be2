import { join } from 'node:path';
import type { Identity } from '../../network/identities/identity';
import { workerNetworkFile } from '../connector/worker-network-file';
import { shareTerminals } from '../terminals/share-terminals';
import type { LoadPlan } from './load-plan';
import type { ConnectorKind, Operation } from './operations';
import { workerCount, type CaliperRun } from './plan-rounds';

export interface CaliperFilesRequest {
    /** Where the files are written; absolute. */
    readonly directory: string;
    /** The project's root; absolute. */
    readonly projectRoot: string;
    readonly run: CaliperRun;
    readonly plan: LoadPlan;
    readonly connector: ConnectorKind;
    /** Of every organisation, by MSP id, in fabric-network's form. */
    readonly connectionProfiles: Readonly<Record<string, object>>;
    /** Of every identity for which a worker holds a gateway. */
    readonly identities: readonly Identity[];
}

/** A file of the run: text stays as it is, anything else is written as YAML or JSON by the name's ending. */
export interface RunFile {
    readonly path: string;
    readonly content: object;
    /** Holds private keys. */
    readonly secret: boolean;
}

export interface CaliperFiles {
    readonly benchmarkFile: string;
    readonly networkFile: string;
    readonly files: readonly RunFile[];
}

/** All files that Caliper reads for one start of it. Pure: nothing is written. */
export function newCaliperFiles(request: CaliperFilesRequest): CaliperFiles {
    const { directory, plan, connectionProfiles } = request;
    const planFile = join(directory, 'load-plan.json');
    const benchmarkFile = join(directory, 'benchmark.yaml');
    const networkFile = join(directory, 'network.yaml');
    const profileFile = (mspId: string): string => join(directory, `connection-profile-${mspId}.json`);
    const mspIds = Object.keys(connectionProfiles);
    const networkOf = (identities: readonly Identity[]): object =>
        newNetworkFile(request, planFile, identities, profileFile);
    return {
        benchmarkFile,
        networkFile,
        files: [
            { path: planFile, content: plan, secret: false },
            { path: benchmarkFile, content: newBenchmarkFile(request, planFile), secret: false },
            { path: networkFile, content: networkOf(request.identities), secret: true },
            ...mspIds.map((mspId) => {
                const content = connectionProfiles[mspId] ?? {};
                return { path: profileFile(mspId), content, secret: false };
            }),
            ...shareTerminals(plan.network).map((share, index) => {
                const names = new Set(share.gateways.map(({ id }) => id));
                const own = request.identities.filter(({ name }) => names.has(name));
                return { path: workerNetworkFile(networkFile, index), content: networkOf(own), secret: true };
            }),
        ],
    };
}

const workloads: Readonly<Record<Operation, string>> = {
    displacement: 'report-displacement.ts',
    set: 'set-reading.ts',
    query: 'query-newest.ts',
    control: 'control-switch.ts',
};

function newBenchmarkFile({ run, plan, projectRoot }: CaliperFilesRequest, loadPlan: string): object {
    return {
        test: {
            name: `${plan.network.name}, ${run.medium}`,
            description: `Rounds of ${run.party === 'terminals' ? 'terminals' : 'the main station'}`,
            workers: { number: workerCount(run) },
            rounds: run.rounds.map((round) => ({
                label: round.label,
                description: `${round.transactions} times ${round.operation} at ${round.tps} TPS over ${run.medium}`,
                txNumber: round.transactions,
                rateControl: { type: 'fixed-rate', opts: { tps: round.tps } },
                workload: {
                    module: join(projectRoot, 'caliper', 'workloads', workloads[round.operation]),
                    arguments: { loadPlan },
                },
            })),
        },
        monitors: {
            transaction: [
                {
                    module: join(projectRoot, 'caliper', 'connector', 'record-transactions.ts'),
                    options: { loadPlan },
                },
            ],
        },
    };
}

function newNetworkFile(
    request: CaliperFilesRequest,
    loadPlan: string,
    identities: readonly Identity[],
    profileFile: (mspId: string) => string,
): object {
    const { run, plan, connector, projectRoot } = request;
    const modules = { grid: 'connector.ts', stock: 'stock-connector.ts' };
    const module = run.party === 'terminals' ? modules[connector] : 'main-station-connector.ts';
    const mspIds = [...new Set(identities.map(({ mspId }) => mspId))];
    return {
        name: plan.network.name,
        version: '2.0.0',
        caliper: {
            blockchain: join(projectRoot, 'caliper', 'connector', module),
            sutOptions: { mutualTls: false, loadPlan },
        },
        channels: [{ channelName: plan.network.channel.name, contracts: [{ id: plan.network.chaincode.name }] }],
        organizations: mspIds.map((mspid) => ({
            mspid,
            connectionProfile: { path: profileFile(mspid), discover: true },
            identities: {
                certificates: identities
                    .filter((identity) => identity.mspId === mspid)
                    .map(({ name, certificatePem, privateKeyPem }) => ({
                        name,
                        clientSignedCert: { pem: certificatePem },
                        clientPrivateKey: { pem: privateKeyPem },
                    })),
            },
        })),
    };
}
