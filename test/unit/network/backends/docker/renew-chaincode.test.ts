import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startControlServer } from '../../../../../network/backends/control-server';
import { changeContainer } from '../../../../../network/backends/docker/change-container';
import { ComposeProject } from '../../../../../network/backends/docker/compose-project';
import { dockerBackend } from '../../../../../network/backends/docker/docker-backend';
import { dockerPackages } from '../../../../../network/backends/docker/docker-files';
import { nativeBackend } from '../../../../../network/backends/native/native-backend';
import type { RunningNetwork } from '../../../../../network/backends/running-network';
import { outsideDocker } from '../../../../../network/generate/compose-names';
import { aNetwork } from '../../../../support/a-network';

const network = outsideDocker(aNetwork());
const services = network.organizations.map(({ id }) => `${id}-chaincode`);
let folder: string;
let project: ComposeProject;
let programs: { compose: string[]; environment: NodeJS.ProcessEnv };

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'renew-chaincode-'));
    programs = { compose: ['docker-compose'], environment: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder } };
    project = new ComposeProject(network, folder, programs);
});
afterEach(() => {
    rmSync(folder, { recursive: true });
});

/** A program of that name whose script is given. */
function pretend(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
}

/** What was run, and what the network's process was asked for, in the order in which it was. */
function done(): string[] {
    return readFileSync(join(folder, 'done'), 'utf8').trimEnd().split('\n');
}

/** A network in containers whose process notes what it is asked for. */
async function aRunningNetwork(): Promise<RunningNetwork> {
    const control = await startControlServer({
        change: (act, node) => {
            writeFileSync(join(folder, 'done'), `${act} ${node}\n`, { flag: 'a' });
            return Promise.resolve({ node, changed: false });
        },
    });
    return {
        ...{ backend: 'docker', network, runDirectory: folder, identitiesDirectory: folder, docker: programs, control },
        ...{ connectionProfiles: {}, networkPid: process.pid, chaincodePids: [], startedAtMs: 0 },
    };
}

describe('the packages of a network in containers', () => {
    const idsOf = (packages: ReturnType<typeof dockerPackages>): string[] =>
        Object.values(packages).map(({ id }) => id);

    it('name its services as its peers know them, though this machine reaches it by loopback', () => {
        const installed = idsOf(dockerPackages(aNetwork()));
        expect(idsOf(dockerBackend.packagesOf(network))).toEqual(installed);
        expect(idsOf(nativeBackend.packagesOf(network))).not.toEqual(installed);
    });
});

describe('chaincode that is renewed in containers', () => {
    const noteWhatFollowsTheProject = 'shift 6; echo "$*" >> "$FOLDER/done"';

    it('is made into an image first, then each service is in a new container and serves before the next', async () => {
        pretend('docker-compose', noteWhatFollowsTheProject);
        await dockerBackend.renewChaincode(await aRunningNetwork(), folder);
        expect(done()).toEqual([
            `build ${services[0] ?? ''}`,
            ...network.organizations.flatMap(({ id, chaincodeService }) => [
                `up --detach --no-build --no-deps ${id}-chaincode`,
                `start ${chaincodeService.name}`,
            ]),
        ]);
    });

    it('stays as it is when no image can be made of it (DOCKER_REFUSED)', async () => {
        pretend('docker-compose', `${noteWhatFollowsTheProject}; echo "error TS2322" >&2; exit 1`);
        const renewed = dockerBackend.renewChaincode(await aRunningNetwork(), folder);
        await expect(renewed).rejects.toThrow('error TS2322');
        expect(done()).toEqual([`build ${services[0] ?? ''}`]);
    });
});

describe('a chaincode service that is started in its container', () => {
    const [{ chaincodeService, id }] = network.organizations as [(typeof network.organizations)[number]];
    const start = async (): Promise<unknown> => changeContainer(project, network, 'start', chaincodeService.name);

    it('is up when it is healthy, and not as soon as it runs', async () => {
        pretend(
            'docker',
            `echo . >> "$FOLDER/asked"; [ $(wc -l < "$FOLDER/asked") -gt 3 ] && health="(healthy)" || health="(health: starting)"
            printf 'c0\\t${id}-chaincode\\trunning\\tUp 1 second %s\\n' "$health"`,
        );
        expect(await start()).toEqual({ node: chaincodeService.name, changed: false });
        expect(readFileSync(join(folder, 'asked'), 'utf8').length).toBeGreaterThan(3);
    });

    it('is told with its last lines when it ends again and again (NODE_ENDED)', async () => {
        pretend(
            'docker',
            `if [ "$1" = logs ]; then echo "Error: this chaincode cannot be loaded" >&2
            elif [ "$1" = ps ]; then printf 'c0\\t${id}-chaincode\\trestarting\\tRestarting (1) 1 second ago\\n'; fi`,
        );
        const fault = { code: 'NODE_ENDED', lastLines: ['Error: this chaincode cannot be loaded'] };
        await expect(start()).rejects.toMatchObject({ fault });
    });
});
