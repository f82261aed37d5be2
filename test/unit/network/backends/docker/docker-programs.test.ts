import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dockerBackend } from '../../../../../network/backends/docker/docker-backend';
import { findDocker, runDocker } from '../../../../../network/backends/docker/docker-programs';
import { projectRoot } from '../../../../../network/topology/project-root';
import { aNetwork } from '../../../../support/a-network';

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-programs-'));
});
afterEach(() => {
    rmSync(folder, { recursive: true });
});

/** A program of that name whose script is given. */
function pretend(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
}
const find = async (): ReturnType<typeof findDocker> => findDocker({ PATH: folder });

describe('findDocker', () => {
    it('says what to install when there is no Docker, and takes nothing else (DOCKER_MISSING)', async () => {
        await expect(find()).rejects.toMatchObject({ fault: { code: 'DOCKER_MISSING', missing: 'docker' } });
        const options = {
            runDirectory: join(folder, 'run'),
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: { PATH: folder },
            now: new Date(),
        };
        await expect(dockerBackend.start(aNetwork(), options)).rejects.toThrow('docker.io and docker-compose');
    });

    it('passes on why the engine does not answer (DOCKER_NOT_ANSWERING)', async () => {
        pretend('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
        const fault = { code: 'DOCKER_NOT_ANSWERING', reason: 'Cannot connect to the Docker daemon' };
        await expect(find()).rejects.toMatchObject({ fault });
    });

    it('misses Compose when neither form of it is there', async () => {
        pretend('docker', '[ "$1" = version ]');
        await expect(find()).rejects.toMatchObject({ fault: { code: 'DOCKER_MISSING', missing: 'Compose' } });
    });

    it('takes the plugin before the program of its own', async () => {
        pretend('docker-compose', 'exit 0');
        pretend('docker', '[ "$1" = version ]');
        expect((await find()).compose).toEqual(['docker-compose']);
        pretend('docker', 'exit 0');
        expect((await find()).compose).toEqual(['docker', 'compose']);
    });

    it('keeps back what would point Compose elsewhere, and what is nobody’s business', async () => {
        pretend('docker', 'exit 0');
        const { environment } = await findDocker({
            PATH: folder,
            DOCKER_HOST: 'unix:///there',
            COMPOSE_FILE: 'other.yaml',
            COMPOSE_PROFILES: 'explorer',
            TOKEN: 'secret',
        });
        expect(environment).toEqual({ PATH: folder, DOCKER_HOST: 'unix:///there' });
    });
});

describe('the log of a node in a container', () => {
    it('is shown by the command that the fault names (LOG_KEPT_BY_DOCKER)', () => {
        const kept = { network: aNetwork(), runDirectory: '/run/small' };
        const project = '--file /run/small/docker/docker-compose.yaml --project-name feeder-small-7050';
        expect(() => dockerBackend.logOf(kept, 'peer0.primary')).toThrow(`${project} logs primary-peer0`);
    });
});

describe('runDocker', () => {
    it('tells the last lines of what failed (DOCKER_REFUSED)', async () => {
        pretend('docker', 'seq 1 20; echo "no space left on device" >&2; exit 3');
        const refused = runDocker(['docker', 'pull', 'x'], { environment: { PATH: `${folder}:/usr/bin:/bin` } });
        await expect(refused).rejects.toMatchObject({ fault: { code: 'DOCKER_REFUSED', command: 'docker pull x' } });
        await expect(refused).rejects.toThrow('no space left on device');
    });
});
