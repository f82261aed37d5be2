import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkBinaries } from '../../../../../network/backends/native/check-binaries';

describe('checkBinaries', () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-binaries-'));
    afterAll(() => {
        rmSync(folder, { recursive: true });
    });
    const aProgram = (name: string, text: string): string => {
        const file = join(folder, name);
        writeFileSync(file, text, { mode: 0o755 });
        return file;
    };
    const says = (name: string, version: string): string =>
        aProgram(`${name}-${version}`, `#!/bin/sh\nprintf '${name}:\\n Version: ${version}\\n Go version: go1\\n'\n`);
    const check = async (peer: string): Promise<void> =>
        checkBinaries({ orderer: says('orderer', 'v2.5.16'), peer, builder: undefined });

    it('is content with the programs of 2.5', async () => {
        await expect(check(says('peer', '2.5.4'))).resolves.toBeUndefined();
    });

    it('names what a program is instead (BINARIES_WRONG)', async () => {
        const fault = { code: 'BINARIES_WRONG', program: 'peer' };
        await expect(check(says('peer', 'v3.0.1'))).rejects.toMatchObject({
            fault: { ...fault, found: 'it is version v3.0.1' },
        });
        await expect(check(says('orderer', 'v2.5.1'))).rejects.toMatchObject({ fault });
        await expect(check(aProgram('talker', '#!/bin/sh\necho hello\n'))).rejects.toThrow(
            'to "version" it says "hello"',
        );
        await expect(check(aProgram('failing', '#!/bin/sh\necho no such libc >&2; exit 1\n'))).rejects.toThrow(
            'it does not run: no such libc',
        );
        await expect(check(aProgram('foreign', '\u007fELF of another machine'))).rejects.toMatchObject({ fault });
    });
});
