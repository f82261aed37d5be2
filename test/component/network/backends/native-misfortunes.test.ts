import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { hasErrorCode } from '../../../../network/backends/has-error-code';
import { nativeBackend } from '../../../../network/backends/native/native-backend';
import type { StartOptions } from '../../../../network/backends/network-backend';
import { findRunningNetwork, isProcessAlive } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { connectGateway } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { trySubmit } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { readIdentities } from '../../../../network/identities/identity-store';
import type { Medium, Network } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { exitCodeOfError } from '../../../../scripts/run-script';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { fabricBinaries, skippedWithoutFabric } from '../../../support/on-fabric';

const terminalId = 'DTU-B004';
const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 5_000,
    commitTimeoutMs: 5_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};
const aSmallNetwork = async (): Promise<Network> =>
    aNetworkOnFreePorts({ media: [epon], terminals: [aTerminal(terminalId, 'PrimaryMSP')] });
const optionsIn = (runDirectory: string, more: Partial<StartOptions> = {}): StartOptions => ({
    runDirectory,
    chaincodeDirectory: join(projectRoot, 'chaincode'),
    environment: process.env,
    now: new Date(),
    endsWithStarter: true,
    ...more,
});
/** What a start that must fail throws. */
const failureOf = async (started: Promise<RunningNetwork>): Promise<Error> =>
    started.then(
        () => Promise.reject(new Error('it started')),
        (error: unknown) => error as Error,
    );
/** Processes of this machine that were given a file of the folder. */
const processesOf = (folder: string): string[] =>
    execFileSync('ps', ['-A', 'ww', '-o', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(folder));

const describeOnFabric = fabricBinaries ? describe : describe.skip;

describeOnFabric(`native nodes whose certificates have expired${skippedWithoutFabric}`, () => {
    const sixYearsMs = 6 * 365 * 24 * 3_600_000;
    let folder = '';
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'expired-'));
    });
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it('are told in a sentence with the last log lines, leave nothing running, and begin anew with new ones', async () => {
        const network = await aSmallNetwork();
        const issued = new Date(Date.now() - sixYearsMs);
        // The second time they are found where the first start left them.
        for (const now of [issued, new Date()]) {
            const failure = await failureOf(nativeBackend.start(network, optionsIn(folder, { now })));
            expect(failure).toMatchObject({ fault: { code: 'NETWORK_NOT_STARTED', causeCode: 'NODE_ENDED' } });
            expect(failure.message).toMatch(
                /\S+\.feeder\.example ended by itself \(status \d\): its certificate has expired: .*\n[^]*identity expired/,
            );
            expect(exitCodeOfError(failure)).toBe(1);
            await waitUntil(() => processesOf(folder).length === 0, { deadlineMs: 5_000, forWhat: 'no process' });
            expect(await findRunningNetwork(folder)).toBeUndefined();
        }
        const running = await nativeBackend.start(network, optionsIn(folder, { fresh: true }));
        await nativeBackend.stop(running);
    });
});

/** Why a file system of this test's own cannot be made here; undefined where it can. */
const noDisk = whyNoDisk();
const describeOnDisk = fabricBinaries && noDisk === undefined ? describe : describe.skip;
const skippedOnDisk = skippedWithoutFabric || (noDisk === undefined ? '' : ` (skipped: ${noDisk})`);

describeOnDisk(`a native network whose disk is full${skippedOnDisk}`, () => {
    let disk = '';
    const fillFile = (): string => join(disk, 'fill');
    const fill = (): void => {
        const file = openSync(fillFile(), 'a');
        try {
            for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
                const bytes = Buffer.alloc(size, 1);
                while (isWritten(file, bytes));
            }
        } finally {
            closeSync(file);
        }
    };
    const makeRoom = (): void => {
        rmSync(fillFile(), { force: true });
    };

    beforeAll(() => {
        disk = mkdtempSync(join(tmpdir(), 'full-disk-'));
        mountDisk(disk);
    });
    afterAll(() => {
        unmountDisk(disk);
    });

    it('is told before anything runs, when not even keys can be written (RUN_DIRECTORY_UNUSABLE)', async () => {
        fill();
        const failure = await failureOf(nativeBackend.start(await aSmallNetwork(), optionsIn(join(disk, 'none'))));
        expect(failure).toMatchObject({ fault: { code: 'RUN_DIRECTORY_UNUSABLE' } });
        expect([exitCodeOfError(failure), processesOf(disk)]).toEqual([2, []]);
        makeRoom();
    });

    it('is told with the log of the node that has no room for its own files (NODE_REFUSED)', async () => {
        const small = mkdtempSync(join(tmpdir(), 'small-disk-'));
        mountDisk(small, '24m');
        try {
            const failure = await failureOf(nativeBackend.start(await aSmallNetwork(), optionsIn(join(small, 'run'))));
            expect(failure).toMatchObject({ fault: { code: 'NETWORK_NOT_STARTED', causeCode: 'NODE_REFUSED' } });
            expect(failure.message).toMatch(
                /no space left on device: its disk is full: make room, .*; the log of (orderer\S+) is \S+\/\1\.log\. The last lines were:\n.*\S/,
            );
            expect([exitCodeOfError(failure), processesOf(small)]).toEqual([1, []]);
        } finally {
            unmountDisk(small);
        }
    });

    it('ends its nodes while they run, each told with its log; it goes down, and comes up with its ledgers when there is room', async () => {
        const options = optionsIn(join(disk, 'run'));
        const network = await aSmallNetwork();
        const running = await nativeBackend.start(network, options);
        const identities = await readIdentities(running.identitiesDirectory);
        await provisionNetwork(running, identities);
        const gateway = await connectGateway(running, findIdentity(identities, terminalId));
        const announced: number[] = [];
        const set = async (value: number): Promise<void> => {
            const reading = { terminalId, timeMs: Date.now(), type: 'voltage', value, unit: 'kV' } as const;
            const outcome = await trySubmit(gateway, measurementCalls.set({ ...reading, quality: 'valid' }));
            if (outcome.committed) announced.push(value);
        };
        await set(1);
        fill();
        let value = 2;
        const ended = await waitUntil(
            async () => {
                await set(value++);
                fill();
                return nativeBackend.whyEnded(running);
            },
            { deadlineMs: 60_000, forWhat: 'a node to end' },
        );
        gateway.close();
        expect(ended.fault).toMatchObject({ code: 'NODE_ENDED' });
        expect(ended.message).toMatch(/ended by itself .*: its disk is full: make room, .* The last lines were:\n\S+/);
        await nativeBackend.stop(running);
        expect(processesOf(disk)).toEqual([]);

        const failure = await failureOf(nativeBackend.start(network, options));
        // The logs that it begins anew leave a little room: how far it comes is the disk's affair, and why it ends is told.
        expect(failure.message).toMatch(/no space left on device|its disk is full/);
        expect(processesOf(disk)).toEqual([]);

        makeRoom();
        const again = await nativeBackend.start(network, options);
        try {
            const reader = await connectGateway(again, findIdentity(identities, terminalId));
            const answer = await evaluateCall(reader, measurementCalls.query(terminalId));
            reader.close();
            expect(announced).toContain(1);
            expect(answer).toMatchObject({ newest: { reporter: terminalId } });
            const { newest } = answer as { readonly newest: { readonly value: number } };
            expect(newest.value).toBeGreaterThanOrEqual(Math.max(...announced));
        } finally {
            await nativeBackend.stop(again);
        }
        expect(Object.values(again.nodePids ?? {}).filter(isProcessAlive)).toEqual([]);
    });
});

/** Three orderers' write-ahead logs take 128 MB each from the start. */
function mountDisk(folder: string, size = '640m'): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
}

function unmountDisk(folder: string): void {
    execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
    rmSync(folder, { recursive: true, force: true });
}

function whyNoDisk(): string | undefined {
    if (process.getuid?.() !== 0) return 'only root may mount a small disk';
    const folder = mkdtempSync(join(tmpdir(), 'may-mount-'));
    try {
        mountDisk(folder);
        mkdirSync(join(folder, 'is-there'));
        const isThere = readdirSync(folder).length === 1;
        unmountDisk(folder);
        return isThere ? undefined : 'a mounted disk is not there';
    } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        return `a small disk cannot be mounted here: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
    }
}

/** Whether the bytes still had room. */
function isWritten(file: number, bytes: Buffer): boolean {
    try {
        return writeSync(file, bytes) === bytes.length;
    } catch (error) {
        if (hasErrorCode(error, 'ENOSPC')) return false;
        throw error;
    }
}
