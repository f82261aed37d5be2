import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { provisionNetwork } from '../../../network/client/provision-network';
import { loadNetwork } from '../../../network/topology/load-network';
import { projectRoot } from '../../../network/topology/project-root';
import { onFreePorts } from '../../support/a-network-on-free-ports';
import { writeSmallTopology } from '../../support/a-small-topology';
import { startTestNetwork, type TestNetwork } from '../../support/start-test-network';

const deadlineMs = 120_000;

interface Ended {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

describe('npm run ledger -- anchor', () => {
    let folder: string;
    let profile: string;
    let started: TestNetwork;

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'anchored-files-'));
        const topology = writeSmallTopology(folder, 7_050);
        started = await startTestNetwork(await onFreePorts(await loadNetwork(topology)));
        await provisionNetwork(started.running, started.identities);
        const { connectionProfiles, identitiesDirectory: identities } = started.running;
        const files = Object.keys(connectionProfiles).map((mspId) => [mspId, join(folder, `${mspId}.json`)] as const);
        for (const [mspId, file] of files) await writeFile(file, JSON.stringify(connectionProfiles[mspId]));
        profile = join(folder, 'profile.yaml');
        const document = { topology, identities, connectionProfiles: Object.fromEntries(files) };
        await writeFile(profile, stringify(document));
    }, deadlineMs);

    afterAll(async () => {
        await started.stop();
        await rm(folder, { recursive: true });
    });

    function anchor(bytes: string, ...options: string[]): Promise<Ended> {
        const tsNode = join(projectRoot, 'node_modules', 'ts-node', 'dist', 'bin.js');
        const script = join(projectRoot, 'scripts', 'ledger.ts');
        const file = join(folder, 'document.txt');
        const args = [tsNode, script, 'anchor', file, '--store', join(folder, 'store'), '--profile', profile];
        return writeFile(file, bytes).then(
            () =>
                new Promise((resolve) => {
                    execFile(process.execPath, [...args, ...options], { cwd: projectRoot }, (error, stdout, stderr) => {
                        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
                    });
                }),
        );
    }

    const stored = async (): Promise<string[]> => (await readdir(join(folder, 'store'), { recursive: true })).sort();

    it(
        'leaves nothing in the store of what the ledger refuses, and all that was there',
        async () => {
            const first = await anchor('first', '--name', 'report');
            expect(first).toMatchObject({ code: 0, stderr: '' });
            const before = await stored();
            expect(before).toHaveLength(2);

            const taken = await anchor('second', '--name', 'report');
            expect(taken).toMatchObject({
                code: 1,
                stdout: '',
                stderr: expect.stringContaining('“report” is anchored'),
            });
            const foreign = await anchor('third', '--name', 'other', '--as', 'dispatch-reader');
            expect(foreign).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('operator') });
            const again = await anchor('first', '--name', 'report');
            expect(again.code).toBe(1);
            expect(await stored()).toEqual(before);

            expect(await anchor('second', '--name', 'a second report')).toMatchObject({ code: 0, stderr: '' });
            expect(await stored()).toHaveLength(4);
        },
        deadlineMs,
    );
});
