import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadNetwork } from '../../../../network/topology/load-network';
import { projectRoot } from '../../../../network/topology/project-root';

describe('the commands that people are shown', () => {
    it.each(['README.md', 'scripts/README.md'])('of %s name terminals that the default network has', async (file) => {
        const network = await loadNetwork('wired');
        const known = new Set(network.terminals.map(({ id }) => id));
        const named = readFileSync(join(projectRoot, file), 'utf8').match(/\b[FDT]TU-[A-Z]\d+\b/g) ?? [];
        expect(named.length).toBeGreaterThan(0);
        expect(named.filter((id) => !known.has(id))).toEqual([]);
    });
});
