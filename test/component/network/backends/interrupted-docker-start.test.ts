import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startDockerNetwork } from '../../../../network/backends/docker/docker-network';
import { runFiles } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { projectRoot } from '../../../../network/topology/project-root';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'interrupted-docker-'));
});
afterEach(() => {
    rmSync(folder, { recursive: true });
});

/** Compose and Docker that note what they are told: this step of Compose lasts, and no container ever serves. */
function pretend(lasting: string): void {
    const note = `#!/bin/sh\necho "$*" >> "${folder}/done"\n`;
    const last = `case "$*" in *" ${lasting} "*) exec sleep 600;; esac\n`;
    for (const [name, script] of Object.entries({ docker: note, 'docker-compose': note + last })) {
        writeFileSync(join(folder, name), script);
        chmodSync(join(folder, name), 0o755);
    }
}
const done = (): string[] => {
    const file = join(folder, 'done');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
};

async function startUntil(isReached: () => boolean): Promise<unknown> {
    const network = await aNetworkOnFreePorts();
    const runDirectory = join(folder, 'run');
    mkdirSync(runFiles.docker(runDirectory), { recursive: true });
    const interruption = new AbortController();
    const start = startDockerNetwork(
        {
            ...{ network, runDirectory, identitiesDirectory: runDirectory, connectionProfiles: {} },
            ...{ chaincodeDirectory: join(projectRoot, 'chaincode'), endsWithStarter: false, links: false },
            programs: { compose: ['docker-compose'], environment: { PATH: `${folder}:/usr/bin:/bin` } },
        },
        () => undefined,
        interruption.signal,
    );
    const ended = start.then(
        () => undefined,
        (error: unknown) => error,
    );
    await waitUntil(isReached, { deadlineMs: 20_000, forWhat: 'the start to be half-way' });
    interruption.abort();
    return ended;
}

describe('the start of a network in containers that is interrupted', () => {
    it.each(['build', 'up'])('while Compose is at "%s" ends that, and takes down what there is', async (step) => {
        pretend(step);
        const error = await startUntil(() => done().some((line) => line.includes(` ${step} `)));
        expect(error).toMatchObject({ fault: { code: 'DOCKER_REFUSED' } });
        expect(done().at(-1)).toMatch(/ down --volumes /);
    });

    it('while it waits for the containers takes them down', async () => {
        pretend('nothing');
        const error = await startUntil(() => done().some((line) => line.startsWith('ps ')));
        expect(error).toMatchObject({ name: 'AbortError' });
        expect(done().at(-1)).toMatch(/ down --volumes /);
    });
});
