import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../../network/backends/wait-until';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { Relay } from '../../network/links/relay';
import type { TransactionRecord } from '../connector/transaction-record';
import type { RoundRecord } from '../report/run-record';
import type { CaliperFiles } from '../rounds/caliper-files';
import { newCaliperFiles } from '../rounds/caliper-files';
import type { LoadPlan } from '../rounds/load-plan';
import type { ConnectorKind } from '../rounds/operations';
import type { CaliperRun } from '../rounds/plan-rounds';
import { mediaOfRun, workerCount } from '../rounds/plan-rounds';
import { shareTerminals } from '../terminals/share-terminals';
import type { FleetSwitch } from '../terminals/switches';
import { readSwitches } from '../terminals/switches';
import type { TerminalGroup } from '../terminals/terminal-group';
import { askLedger } from './ask-ledger';
import type { ShowProgress } from './benchmark-progress';
import { LinkCheck } from './check-links';
import { collectRound, isLost } from './collect-round';
import { driveCaliper } from './drive-caliper';
import type { Ear } from './hear-displacements';
import { openEar } from './hear-displacements';
import type { NetworkUnderTest } from './network-under-test';
import { playTerminals } from './play-terminals';
import { readRecords } from './read-records';
import { RoundLog } from './round-log';
import { startRelays } from './start-relays';

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
    /** Opens another. */
    readonly connectDispatch: () => Promise<GatewayConnection>;
    readonly signal: AbortSignal;
    readonly progress: ShowProgress;
}

/** How long the last events may take to reach the dispatch centre once everything is committed, ms. */
const receiptGraceMs = 5_000;

/** What stands around Caliper while it runs, besides the network. */
interface Surroundings {
    readonly relays: readonly Relay[];
    readonly switches: FleetSwitch[];
    /** Of the main station, where displacements are reported. */
    readonly ear: Ear;
    readonly links: LinkCheck;
    /** Where the workers play the main station. */
    readonly terminals: readonly TerminalGroup[];
}

/**
 * One start of Caliper, from its files to the records of its rounds. Relays stand between the terminals and the nodes
 * while it lasts. Throws CaliperError `LINK_BYPASSED` as soon as a connection is seen that crossed none,
 * `TERMINALS_NOT_PLAYED` and `BENCH_INTERRUPTED`; a round that fails is a record with a problem.
 */
export async function runRounds(options: RunRoundsOptions): Promise<RoundRecord[]> {
    const recordsDirectory = join(options.directory, 'records');
    await rm(options.directory, { recursive: true, force: true });
    await mkdir(recordsDirectory, { recursive: true });
    const open: (() => unknown)[] = [];
    try {
        return await runAmong(options, await surround(options, open), recordsDirectory);
    } finally {
        for (const close of open.reverse()) await close();
    }
}

/** Opens what the run needs; whatever is open already is closed by the caller, also when this throws. */
async function surround(options: RunRoundsOptions, open: (() => unknown)[]): Promise<Surroundings> {
    const { run, under, dispatch } = options;
    const has = (act: string): boolean => run.rounds.some(({ operation }) => operation === act);
    const relays = under.emulateLinks ? await startRelays(under, mediaOfRun(run)) : [];
    open.push(() => Promise.all(relays.map((relay) => relay.stop())));
    const movesSwitches = has('displacement') || has('control');
    const switches = movesSwitches ? await readSwitches(dispatch, under.network) : [];
    const ear = has('displacement') ? await openEar(options.connectDispatch) : deaf;
    open.push(() => {
        ear.close();
    });
    const links = new LinkCheck(under.observe, relays);
    await links.begin();
    const terminals = has('control') ? await playTerminals({ ...options, switches, relays }) : [];
    open.push(() => Promise.all(terminals.map((group) => group.stop())));
    if (terminals.length > 0) await links.waitUntilCrossed();
    return { relays, switches, ear, links, terminals };
}

const deaf: Ear = { heard: new Map(), close: () => undefined };

async function runAmong(
    options: RunRoundsOptions,
    { relays, switches, ear, links, terminals }: Surroundings,
    recordsDirectory: string,
): Promise<RoundRecord[]> {
    const { run, under } = options;
    const log = new RoundLog(() => new Map(relays.map((relay) => [relay.medium, relay.traffic()])));
    const operationOf = new Map(run.rounds.map(({ label, operation }) => [label, operation]));
    await driveCaliper({
        ...options,
        recordsDirectory,
        files: newFiles(options, relays, { recordsDirectory, switches }),
        links,
        log,
        signal: AbortSignal.any([options.signal, ...terminals.map(({ broken }) => broken)]),
        onRoundStarted: (label) => {
            // Full blocks are for displacements only: they would burden the other rounds.
            if (operationOf.get(label) !== 'displacement') ear.close();
        },
    });
    const records = readRecords(recordsDirectory, workerCount(run));
    const recordsOf = (round: number): TransactionRecord[] => records.filter((record) => record.round === round);
    const reported = run.rounds.flatMap(({ operation }, round) =>
        operation === 'displacement' ? recordsOf(round) : [],
    );
    await waitForReceipts(reported, ear);
    const inLedger = await askForLost(records, options);
    const [failure] = terminals.flatMap(({ failures }) => failures);
    return run.rounds.map((round, index) =>
        collectRound({
            round,
            topology: under.network.name,
            medium: run.medium,
            transactions: recordsOf(index),
            caliper: log.figuresOf(round.label),
            heard: ear.heard,
            inLedger,
            traffic: log.trafficOf(round.label),
            problem: log.problemOf(round.label) ?? (failure && `A terminal could not go on: ${failure}`),
        }),
    );
}

function newFiles(
    options: RunRoundsOptions,
    relays: readonly Relay[],
    told: Pick<LoadPlan, 'recordsDirectory' | 'switches'>,
): CaliperFiles {
    const { run, under } = options;
    const network = { ...under.network, workers: run.workers.map((medium) => ({ medium })) };
    const plan: LoadPlan = {
        network,
        asLocalhost: under.asLocalhost,
        relayUrls: Object.fromEntries(relays.map(({ medium, url }) => [medium, url])),
        ...told,
    };
    const gateways = shareTerminals(network).flatMap((share) => share.gateways.map(({ id }) => id));
    const holders = new Set(run.party === 'terminals' ? gateways : [identityNames.dispatcher]);
    const identities = [...holders].map((name) => findIdentity(under.identities, name));
    return newCaliperFiles({ ...options, plan, connectionProfiles: under.connectionProfiles, identities });
}

/** An event that does not come in time stays missing in its record. */
async function waitForReceipts(reported: readonly TransactionRecord[], { heard }: Ear): Promise<void> {
    const committed = reported.filter(({ status }) => status === 'ok');
    const here = (): boolean => committed.every(({ transactionId }) => heard.has(transactionId));
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
