import { join } from 'node:path';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { connectGateway } from '../../network/client/connect-gateway';
import { provisionNetwork } from '../../network/client/provision-network';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { DrillRecord } from '../drill/drill-record';
import type { DrillPlan } from '../drill/plan-drill';
import { runDrill } from '../drill/run-drill';
import type { RoundRecord, RunRecord } from '../report/run-record';
import type { ConnectorKind } from '../rounds/operations';
import type { CaliperRun, RoundPlan } from '../rounds/plan-rounds';
import { openTerminalFleet } from '../terminals/terminal-fleet';
import type { ShowProgress } from './benchmark-progress';
import type { NetworkUnderTest, StartNetwork } from './network-under-test';
import { proveActs } from './prove-acts';
import { proveTransactions } from './prove-transactions';
import { runRounds } from './run-rounds';
import { watchLife, watchMemory } from './watch-network';

export interface RunTopologyOptions {
    readonly network: Network;
    readonly plan: RoundPlan;
    readonly drill: DrillPlan;
    readonly connector: ConnectorKind;
    /** Of this topology's run; absolute. */
    readonly directory: string;
    readonly projectRoot: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    readonly start: StartNetwork;
    readonly signal: AbortSignal;
    readonly progress: ShowProgress;
}

export interface TopologyOutcome {
    readonly backend: NetworkUnderTest['backend'];
    readonly topology: RunRecord['topologies'][number];
    readonly rounds: readonly RoundRecord[];
    /** Undefined where there was none. */
    readonly drill: DrillRecord | undefined;
}

/**
 * One topology from nothing to its rounds' records: network up, terminals registered, proved, measured, its main station lost
 * in a drill, down again.
 */
export async function runTopology(options: RunTopologyOptions): Promise<TopologyOutcome> {
    const { network, directory, signal } = options;
    const step = (text: string): void => {
        if (signal.aborted) throw new CaliperError({ code: 'BENCH_INTERRUPTED' });
        options.progress({ kind: 'step', topology: network.name, text });
    };
    step('starting the network');
    const under = await options.start(network, join(directory, 'network'));
    const memory = watchMemory(under.observe);
    const life = watchLife(under.whyEnded);
    try {
        step(`registering ${network.terminals.length} terminals`);
        await provisionNetwork(under, under.identities);
        const alive = { ...options, signal: AbortSignal.any([signal, life.ended]) };
        const rounds = await measure(alive, under, step);
        // Nodes are killed in the drill: that they have ended is no end of the network.
        life.stop();
        const drill = await drillLoss(options, under, step);
        const { backend } = under;
        return { backend, topology: describeTopology(network, options, memory.peakMb()), rounds, drill };
    } catch (error) {
        throw (await under.whyEnded()) ?? error;
    } finally {
        memory.stop();
        life.stop();
        await under.stop();
    }
}

async function measure(
    options: RunTopologyOptions,
    under: NetworkUnderTest,
    step: (text: string) => void,
): Promise<RoundRecord[]> {
    const { network } = under;
    const { asLocalhost } = under;
    if (options.plan.runs.length === 0) return [];
    const centre = network.organizations.find(({ role }) => role === 'dispatch')?.id ?? '';
    const reader = findIdentity(under.identities, identityNames.reader(centre));
    const connectDispatch = (): Promise<GatewayConnection> =>
        connectGateway(under, reader, { asLocalhost, clock: Date.now });
    const connect = (identity: string): Promise<GatewayConnection> =>
        connectGateway(under, findIdentity(under.identities, identity), { asLocalhost });
    const dispatch = await connectDispatch();
    try {
        const { runs } = options.plan;
        step('proving one transaction and one act of each kind');
        await proveTransactions(network.name, await openTerminalFleet(network, 0), connect);
        await proveActs({ network, acts: actsOf(runs), connect });
        const rounds: RoundRecord[] = [];
        for (const run of runs) {
            const over = run.medium === 'mixed' ? 'all media' : run.medium;
            step(run.party === 'terminals' ? `opening the gateways over ${over}` : `starting terminals over ${over}`);
            const directory = join(options.directory, `caliper-${run.name}`);
            rounds.push(...(await runRounds({ ...options, run, under, directory, dispatch, connectDispatch })));
        }
        return rounds;
    } finally {
        dispatch.close();
    }
}

/** The last thing that is done to a network. */
async function drillLoss(
    { drill, directory, environment, signal }: RunTopologyOptions,
    under: NetworkUnderTest,
    step: (text: string) => void,
): Promise<DrillRecord | undefined> {
    const { changeNode } = under;
    if ('why' in drill || changeNode === undefined) return undefined;
    const { place, takesOver } = drill.parts;
    step(`losing the main station while ${place.terminalId} is operated; ${takesOver.id} takes over`);
    const { parts } = drill;
    return runDrill({ parts, under, changeNode, directory: join(directory, 'drill'), environment, signal });
}

function actsOf(runs: readonly CaliperRun[]): ReadonlySet<'displacement' | 'control'> {
    const operations = runs.flatMap(({ rounds }) => rounds.map(({ operation }) => operation));
    return new Set(operations.filter((operation) => operation === 'displacement' || operation === 'control'));
}

function describeTopology(
    network: Network,
    { plan, drill }: Pick<RunTopologyOptions, 'plan' | 'drill'>,
    networkPeakMemoryMb: number | undefined,
): RunRecord['topologies'][number] {
    const { name, title, topologyHash, channel, media, terminals } = network;
    return {
        name,
        title,
        topologyHash,
        blockCutting: channel.blockCutting,
        endorsementPolicy: network.chaincode.endorsementPolicy,
        media: media.map((medium) => ({
            name: medium.name,
            latencyMs: medium.latencyMs,
            jitterMs: medium.jitterMs,
            uplinkKbps: medium.uplinkKbps,
            downlinkKbps: medium.downlinkKbps,
            gatewayHolders: medium.gatewayHolders,
            origin: medium.origin,
        })),
        terminals: terminals.length,
        actRates: plan.actRates,
        leftOut: [...plan.leftOut, ...('why' in drill ? [{ label: `${name}-drill`, why: drill.why }] : [])],
        ...(networkPeakMemoryMb !== undefined && { networkPeakMemoryMb }),
    };
}
