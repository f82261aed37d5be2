import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../../network/backends/wait-until';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { findIdentity } from '../../network/identities/find-identity';
import { machineClock } from '../../network/links/link-clock';
import type { Relay } from '../../network/links/relay';
import { startRelay } from '../../network/links/relay';
import { CaliperError } from '../caliper-errors';
import type { TransactionRecord } from '../connector/transaction-record';
import { warmFile } from '../connector/transaction-record';
import type { RoundRecord } from '../report/run-record';
import type { ConnectorKind } from '../rounds/caliper-files';
import { newCaliperFiles } from '../rounds/caliper-files';
import type { LoadPlan } from '../rounds/load-plan';
import type { CaliperRun } from '../rounds/plan-rounds';
import { writeCaliperFiles } from '../rounds/write-caliper-files';
import { SeededRandom } from '../../network/topology/seeded-random';
import { shareTerminals } from '../terminals/share-terminals';
import { askLedger } from './ask-ledger';
import type { ShowProgress } from './benchmark-progress';
import type { CaliperEvent } from './caliper-output';
import type { CaliperProcess } from './caliper-process';
import { startCaliper } from './caliper-process';
import { carriedConnections, haveAllCrossed } from './check-links';
import { collectRound, isLost } from './collect-round';
import type { Receipts } from './follow-receipts';
import type { NetworkUnderTest } from './network-under-test';
import { readRecords } from './read-records';
import { RoundLog } from './round-log';

export interface RunRoundsOptions {
    readonly run: CaliperRun;
    readonly under: NetworkUnderTest;
    readonly connector: ConnectorKind;
    /** Emptied and filled; absolute. */
    readonly directory: string;
    readonly projectRoot: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    /** The dispatch centre's own gateway, over no medium. */
    readonly dispatch: GatewayConnection;
    readonly receipts: Receipts;
    readonly signal: AbortSignal;
    readonly progress: ShowProgress;
}

/** How long the last events may take to reach the dispatch centre once everything is committed, ms. */
const receiptGraceMs = 5_000;

/**
 * One start of Caliper, from its files to the records of its rounds. Relays stand between the workers and the nodes while
 * it lasts. Throws CaliperError `LINK_BYPASSED` as soon as a connection is seen that crossed none, and
 * `BENCH_INTERRUPTED`; a round that fails is a record with a problem.
 */
export async function runRounds(options: RunRoundsOptions): Promise<RoundRecord[]> {
    const recordsDirectory = join(options.directory, 'records');
    await rm(options.directory, { recursive: true, force: true });
    await mkdir(recordsDirectory, { recursive: true });
    const relays = options.under.emulateLinks ? await startRelays(options) : [];
    try {
        const log = new RoundLog(() => new Map(relays.map((relay) => [relay.medium, relay.traffic()])));
        await driveCaliper(options, { relays, recordsDirectory, log });
        const records = readRecords(recordsDirectory, options.run.workers.length);
        await waitForReceipts(records, options.receipts);
        const inLedger = await askForLost(records, options);
        return options.run.rounds.map((round, index) =>
            collectRound({
                round,
                topology: options.under.network.name,
                medium: options.run.medium,
                workers: options.run.workers,
                transactions: records.filter((record) => record.round === index),
                caliper: log.figuresOf(round.label),
                receipts: options.receipts.receivedMs,
                inLedger,
                traffic: log.trafficOf(round.label),
                problem: log.problemOf(round.label),
            }),
        );
    } finally {
        await Promise.all(relays.map((relay) => relay.stop()));
    }
}

/** All relays, or none: one for each medium that a worker speaks for. */
async function startRelays({ run, under }: RunRoundsOptions): Promise<Relay[]> {
    const { network, nodes: targets } = under;
    const media = network.media.filter(({ name }) => run.workers.includes(name));
    return Promise.all(
        media.map((medium) => {
            const random = new SeededRandom(network.seed, `jitter/${medium.name}`);
            return startRelay({ medium, clock: machineClock, random: () => random.next(), targets });
        }),
    );
}

interface Driving {
    readonly relays: readonly Relay[];
    readonly recordsDirectory: string;
    readonly log: RoundLog;
}

async function driveCaliper(options: RunRoundsOptions, driving: Driving): Promise<void> {
    const { run, under, signal, progress } = options;
    const planned = new Map(run.rounds.map(({ label, transactions }) => [label, transactions]));
    const files = newFiles(options, driving);
    await writeCaliperFiles(files.files);
    const before = (await under.observe())?.acceptedConnections ?? new Map<string, number>();
    const { directory, projectRoot, environment, connector } = options;
    const { benchmarkFile, networkFile } = files;
    const caliper = startCaliper({
        directory,
        projectRoot,
        benchmarkFile,
        networkFile,
        connector,
        environment,
        onEvent: (event) => {
            if (driving.log.note(event)) showRound(event, planned, progress);
        },
    });
    const interrupt = (): void => {
        caliper.kill();
    };
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) interrupt();
    try {
        await checkLinks(options, driving, { caliper, before });
        await caliper.ended;
    } finally {
        signal.removeEventListener('abort', interrupt);
        caliper.kill();
        await caliper.ended;
    }
    if (signal.aborted) throw new CaliperError({ code: 'BENCH_INTERRUPTED' });
    await haveCrossed(options, driving, before);
}

/** Caliper's own count while a round runs, and its last word when it is over. */
function showRound(event: CaliperEvent, planned: ReadonlyMap<string, number>, progress: ShowProgress): void {
    const { label } = event;
    const round = { kind: 'round', label, planned: planned.get(label) ?? 0 } as const;
    if (event.kind === 'progress') {
        const { submitted, succeeded, failed } = event;
        progress({ ...round, isOver: false, submitted, succeeded, failed });
    } else if (event.kind === 'result') {
        const [succeeded, failed] = [Number(event.figures['Succ']), Number(event.figures['Fail'])];
        progress({ ...round, isOver: true, submitted: succeeded + failed, succeeded, failed });
    } else if (event.kind === 'round-failed') {
        progress({ ...round, isOver: true, submitted: 0, succeeded: 0, failed: 0 });
    }
}

function newFiles(
    options: RunRoundsOptions,
    { relays, recordsDirectory }: Driving,
): ReturnType<typeof newCaliperFiles> {
    const { run, under, directory, projectRoot, connector } = options;
    const network = { ...under.network, workers: run.workers.map((medium) => ({ medium })) };
    const plan: LoadPlan = {
        network,
        asLocalhost: under.asLocalhost,
        recordsDirectory,
        relayUrls: Object.fromEntries(relays.map(({ medium, url }) => [medium, url])),
    };
    const holders = new Set(shareTerminals(network).flatMap(({ gateways }) => gateways.map(({ id }) => id)));
    const identities = [...holders].map((name) => findIdentity(under.identities, name));
    const { connectionProfiles } = under;
    return newCaliperFiles({ directory, projectRoot, run, plan, connector, connectionProfiles, identities });
}

/** Once every worker's gateways are warm, all connections that the load will use are open: each must have crossed. */
async function checkLinks(
    options: RunRoundsOptions,
    driving: Driving,
    { caliper, before }: { caliper: CaliperProcess; before: ReadonlyMap<string, number> },
): Promise<void> {
    const { run } = options;
    if (options.connector === 'stock') return; // It opens and closes its gateways in every round: judged at the end.
    const isWarm = (worker: number): boolean => existsSync(warmFile(driving.recordsDirectory, worker));
    const warm = (): boolean => run.workers.every((_, worker) => isWarm(worker));
    const gatewayWait = { deadlineMs: 600_000, forWhat: "the workers' gateways", intervalMs: 50 };
    const outcome = await waitUntil(() => (caliper.hasEnded() ? 'ended' : warm() && 'warm'), gatewayWait);
    driving.log.beginAnew();
    if (outcome === 'ended' || driving.relays.length === 0) return;
    const crossed = (): Promise<boolean> => haveCrossed(options, driving, before);
    await waitUntil(crossed, { deadlineMs: 10_000, forWhat: 'every connection to have crossed its link' });
}

async function haveCrossed(
    { under }: RunRoundsOptions,
    { relays }: Driving,
    before: ReadonlyMap<string, number>,
): Promise<boolean> {
    const accepted = relays.length === 0 ? undefined : (await under.observe())?.acceptedConnections;
    if (accepted === undefined) return true;
    // Read after the nodes' counts: what is dialled in between counts for the relays.
    const carried = carriedConnections(relays.map((relay) => relay.traffic()));
    return haveAllCrossed(accepted, before, carried);
}

/** An event that does not come in time stays missing in its record. */
async function waitForReceipts(records: readonly TransactionRecord[], { receivedMs }: Receipts): Promise<void> {
    const committed = records.filter(({ status, operation }) => status === 'ok' && operation === 'set');
    const here = (): boolean => committed.every(({ transactionId }) => receivedMs.has(transactionId));
    await waitUntil(here, { deadlineMs: receiptGraceMs, forWhat: 'the last events' }).catch(() => undefined);
}

async function askForLost(
    records: readonly TransactionRecord[],
    { dispatch, under }: RunRoundsOptions,
): Promise<Map<string, boolean | 'unknown'>> {
    const inLedger = new Map<string, boolean | 'unknown'>();
    for (const { transactionId } of records.filter(isLost)) {
        inLedger.set(transactionId, await askLedger(dispatch, under.network.channel.name, transactionId));
    }
    return inLedger;
}
