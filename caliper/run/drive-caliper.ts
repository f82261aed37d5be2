import { existsSync } from 'node:fs';
import { waitUntil } from '../../network/backends/wait-until';
import { CaliperError } from '../caliper-errors';
import { warmFile } from '../connector/transaction-record';
import type { CaliperFiles } from '../rounds/caliper-files';
import type { ConnectorKind } from '../rounds/operations';
import type { CaliperRun } from '../rounds/plan-rounds';
import { workerCount } from '../rounds/plan-rounds';
import { writeCaliperFiles } from '../rounds/write-caliper-files';
import type { ShowProgress } from './benchmark-progress';
import type { CaliperEvent } from './caliper-output';
import type { CaliperProcess } from './caliper-process';
import { startCaliper } from './caliper-process';
import type { LinkCheck } from './check-links';
import type { RoundLog } from './round-log';

export interface Driving {
    readonly run: CaliperRun;
    readonly files: CaliperFiles;
    readonly connector: ConnectorKind;
    /** Caliper's workspace; absolute. */
    readonly directory: string;
    readonly projectRoot: string;
    readonly recordsDirectory: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    readonly links: LinkCheck;
    readonly log: RoundLog;
    /** Aborted: Caliper is ended, and the signal's reason is thrown if it is a CaliperError, else `BENCH_INTERRUPTED`. */
    readonly signal: AbortSignal;
    readonly progress: ShowProgress;
    onRoundStarted(label: string): void;
}

/**
 * One start of Caliper, from its files to its end. Throws CaliperError `LINK_BYPASSED` as soon as a connection is seen
 * that crossed no link.
 */
export async function driveCaliper(driving: Driving): Promise<void> {
    const { run, files, links, log, signal, progress } = driving;
    const planned = new Map(run.rounds.map(({ label, transactions }) => [label, transactions]));
    await writeCaliperFiles(files.files);
    const caliper = startCaliper({
        ...driving,
        benchmarkFile: files.benchmarkFile,
        networkFile: files.networkFile,
        onEvent: (event) => {
            if (event.kind === 'round-started') driving.onRoundStarted(event.label);
            if (log.note(event)) showRound(event, planned, progress);
        },
    });
    const interrupt = (): void => {
        caliper.kill();
    };
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) interrupt();
    try {
        await checkWarmLinks(driving, caliper);
        await caliper.ended;
    } finally {
        signal.removeEventListener('abort', interrupt);
        caliper.kill();
        await caliper.ended;
    }
    if (signal.aborted) {
        throw signal.reason instanceof CaliperError ? signal.reason : new CaliperError({ code: 'BENCH_INTERRUPTED' });
    }
    await links.haveAllCrossed();
}

/**
 * Once every worker is warm, all connections that the load will use are open: each of a terminal must have crossed. The
 * main station's cross no medium: from here on none may be added.
 */
async function checkWarmLinks(
    { run, connector, recordsDirectory, links, log }: Driving,
    caliper: CaliperProcess,
): Promise<void> {
    if (connector === 'stock') return; // It opens and closes its gateways in every round: judged at the end.
    const isWarm = (worker: number): boolean => existsSync(warmFile(recordsDirectory, worker));
    const warm = (): boolean => Array.from({ length: workerCount(run) }, (_, worker) => worker).every(isWarm);
    const gatewayWait = { deadlineMs: 600_000, forWhat: "the workers' gateways", intervalMs: 50 };
    const outcome = await waitUntil(() => (caliper.hasEnded() ? 'ended' : warm() && 'warm'), gatewayWait);
    log.beginAnew();
    if (outcome === 'ended') return;
    if (run.party === 'main-station') await links.begin();
    else await links.waitUntilCrossed();
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
