import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { projectRoot } from '../../../../network/topology/project-root';

describe('npm run generate -- --check', () => {
    it('finds every generated document current', async () => {
        const run = promisify(execFile)('npx', ['ts-node', 'scripts/generate.ts', '--check'], { cwd: projectRoot });
        await expect(run).resolves.toMatchObject({ stdout: '' });
    });
});
