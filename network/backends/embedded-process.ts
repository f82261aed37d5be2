/** The process of an embedded network. It is forked by embedded-backend.ts and told by it what to start. */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../embedded/clock';
import { startEmbeddedNetwork } from '../embedded/start-embedded-network';
import type { RunningEmbeddedNetwork } from '../embedded/start-embedded-network';
import { readIdentities } from '../identities/identity-store';
import { projectRoot } from '../topology/project-root';
import type { EmbeddedAnswer, EmbeddedStart } from './embedded-start';
import { runFiles } from './running-network';
import type { RunningNetwork } from './running-network';

let embedded: RunningEmbeddedNetwork | undefined;
let order: EmbeddedStart | undefined;
let isReady = false;

process.once('message', (message) => {
    order = message as EmbeddedStart;
    run(order).catch((error: unknown) => {
        fail(error);
    });
});
process.once('SIGTERM', end);
process.once('SIGINT', end);
// The starter's own end: before the network is ready nobody would know of it; afterwards only when it was asked for.
process.once('disconnect', () => {
    if (!isReady || order?.endsWithStarter) end();
});

async function run(start: EmbeddedStart): Promise<void> {
    const { network, runDirectory, identitiesDirectory, connectionProfiles } = start;
    const identities = await readIdentities(identitiesDirectory);
    embedded = await startEmbeddedNetwork({
        network,
        identities,
        genesisBlock: readFileSync(runFiles.genesisBlock(runDirectory)),
        chaincode: { directory: start.chaincodeDirectory },
        clock: realClock,
        newNonce: () => randomBytes(24),
        log,
        version: readVersion(),
    });
    const running: RunningNetwork = {
        backend: 'embedded',
        network,
        runDirectory,
        identitiesDirectory,
        connectionProfiles,
        networkPid: process.pid,
        chaincodePids: embedded.chaincodePids,
        startedAtMs: embedded.status().startedAtMs,
    };
    writeFileSync(runFiles.running(runDirectory), JSON.stringify(running));
    isReady = true;
    answer({ kind: 'ready', running });
}

function end(): void {
    const stopped = embedded?.stop() ?? Promise.resolve();
    stopped.then(
        () => {
            forget();
            process.exit(0);
        },
        (error: unknown) => {
            fail(error);
        },
    );
}

function fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    log(error instanceof Error ? (error.stack ?? reason) : reason);
    answer({ kind: 'failed', causeCode: codeOf(error), reason });
    forget();
    process.exitCode = 1;
    process.disconnect();
}

/** A network that is down leaves no sign of being up. */
function forget(): void {
    if (order) {
        rmSync(runFiles.running(order.runDirectory), { force: true });
        rmSync(runFiles.lock(order.runDirectory), { force: true });
    }
}

function codeOf(error: unknown): string {
    const fault = error instanceof Error && 'fault' in error ? error.fault : undefined;
    const isCoded = typeof fault === 'object' && fault !== null && 'code' in fault;
    return isCoded && typeof fault.code === 'string' ? fault.code : 'UNEXPECTED';
}

function answer(message: EmbeddedAnswer): void {
    process.send?.(message);
}

function log(line: string): void {
    process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

function readVersion(): string {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    return manifest.version;
}
