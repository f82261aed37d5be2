import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newPrometheusFiles } from '../../../../network/generate/prometheus-files';
import { writeGenerated } from '../../../../network/generate/write-generated';
import { projectRoot } from '../../../../network/topology/project-root';
import { aNetwork } from '../../../support/a-network';

/** The test where the tool is found; skipped with its name otherwise. */
function itWith(tool: readonly string[], title: string, run: (tool: readonly string[]) => void): void {
    const [program = '', ...args] = tool;
    const isThere = spawnSync(program, [...args, tool.includes('promtool') ? '--version' : 'version']).status === 0;
    (isThere ? it : it.skip)(isThere ? title : `${title} (skipped: ${tool.join(' ')} is not found)`, () => {
        run(tool);
    });
}

function expectAccepts([program = '', ...args]: readonly string[], ...more: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync(program, [...args, ...more], { cwd: projectRoot, encoding: 'utf8' });
    expect({ status, told: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, told: '' });
}

describe('docker-compose.yaml', () => {
    for (const compose of [['docker-compose'], ['docker', 'compose']]) {
        itWith(compose, `is read by ${compose.join(' ')} with every profile`, (tool) => {
            expectAccepts(tool, '--profile', 'explorer', '--profile', 'monitoring', 'config', '--quiet');
        });
    }
});

describe('the files for Prometheus', () => {
    let folder: string;
    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
        const files = newPrometheusFiles(aNetwork(), ({ host, operationsPort }) => `${host}:${operationsPort}`);
        await writeGenerated(folder, files, { check: false });
    });
    afterAll(() => {
        rmSync(folder, { recursive: true });
    });

    itWith(['promtool'], 'are what promtool takes, rules and all', (tool) => {
        expectAccepts(tool, 'check', 'config', join(folder, 'prometheus', 'prometheus.yml'));
    });
});
