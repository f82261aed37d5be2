import { join } from 'node:path';
import { connectGateway } from '../../network/client/connect-gateway';
import { provisionNetwork } from '../../network/client/provision-network';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { RoundRecord, RunRecord } from '../report/run-record';
import type { ConnectorKind } from '../rounds/caliper-files';
import type { RoundPlan } from '../rounds/plan-rounds';
import { openTerminalFleet } from '../terminals/terminal-fleet';
import type { ShowProgress } from './benchmark-progress';
import { followReceipts } from './follow-receipts';
import type { NetworkUnderTest, StartNetwork } from './network-under-test';
import { proveTransactions } from './prove-transactions';
import { runRounds } from './run-rounds';
import { watchLife, watchMemory } from './watch-network';

export interface RunTopologyOptions {
    readonly network: Network;
    readonly plan: RoundPlan;
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
}

/** One topology from nothing to its rounds' records: network up, terminals registered, proved, measured, down again. */
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
        const { backend } = under;
        return { backend, topology: describeTopology(network, options.plan, memory.peakMb()), rounds };
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
    const centre = network.organizations.find(({ role }) => role === 'dispatch')?.id ?? '';
    const reader = findIdentity(under.identities, identityNames.reader(centre));
    const dispatch = await connectGateway(under, reader, { asLocalhost, clock: Date.now });
    const receipts = await followReceipts(dispatch);
    try {
        step('proving one Set and one Query');
        const fleet = await openTerminalFleet(network, 0);
        await proveTransactions(network.name, fleet, (identity) =>
            connectGateway(under, findIdentity(under.identities, identity), { asLocalhost }),
        );
        const rounds: RoundRecord[] = [];
        for (const run of options.plan.runs) {
            step(`opening the gateways over ${run.medium === 'mixed' ? 'all media' : run.medium}`);
            const directory = join(options.directory, `caliper-${run.medium}`);
            rounds.push(...(await runRounds({ ...options, run, under, directory, dispatch, receipts })));
        }
        return rounds;
    } finally {
        receipts.stop();
        dispatch.close();
    }
}

function describeTopology(
    network: Network,
    plan: RoundPlan,
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
        verdictRateTps: plan.verdictRateTps,
        leftOut: [...plan.leftOut],
        ...(networkPeakMemoryMb !== undefined && { networkPeakMemoryMb }),
    };
}
