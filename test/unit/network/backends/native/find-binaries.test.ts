import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { findBinaries } from '../../../../../network/backends/native/find-binaries';

describe('findBinaries', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'find-binaries-')));
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    const program = (...path: string[]): string => {
        const file = join(folder, ...path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, '', { mode: 0o755 });
        return file;
    };
    const peer = program('one', 'bin', 'peer');
    const orderer = program('two', 'bin', 'orderer');
    const both = [program('both', 'bin', 'peer'), program('both', 'bin', 'orderer')];

    it('finds each program on PATH, without a builder where none lies beside them', async () => {
        const PATH = `${join(folder, 'one', 'bin')}:${join(folder, 'two', 'bin')}`;
        expect(await findBinaries({ PATH })).toEqual({ orderer, peer, builder: undefined });
    });

    it('takes FABRIC_BIN alone when it is set, and the builder of the release beside it', async () => {
        for (const name of ['detect', 'build', 'release']) program('both', 'builders', 'ccaas', 'bin', name);
        const found = await findBinaries({ FABRIC_BIN: join(folder, 'both', 'bin'), PATH: join(folder, 'one', 'bin') });
        const builder = join(folder, 'both', 'builders', 'ccaas');
        expect(found).toEqual({ peer: both[0], orderer: both[1], builder });
    });

    it('names what is missing, where it looked, and who installs it (BINARIES_MISSING)', async () => {
        const FABRIC_BIN = join(folder, 'one', 'bin');
        const found = findBinaries({ FABRIC_BIN, PATH: join(folder, 'both', 'bin') });
        await expect(found).rejects.toMatchObject({ fault: { code: 'BINARIES_MISSING', missing: ['orderer'] } });
        await expect(found).rejects.toThrow(
            `Fabric's orderer cannot be found in FABRIC_BIN (${FABRIC_BIN}). Fabric's own installer fetches them ` +
                '("install-fabric.sh binary"); put its bin folder on PATH or name it in FABRIC_BIN.',
        );
        await expect(findBinaries({ PATH: '' })).rejects.toThrow("Fabric's orderer and peer cannot be found in PATH.");
    });
});
