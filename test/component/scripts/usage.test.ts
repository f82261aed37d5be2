import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../network/topology/project-root';

/** Every `npm run` of the project that is a script of ours: its name and its file. */
const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
};
const ours = Object.entries(scripts).flatMap(([name, command]) => {
    const file = /^ts-node (scripts\/\S+)$/.exec(command)?.[1];
    return file === undefined ? [] : [[name, file] as const];
});
/** A numeric option of each script that has one, behind what else its command needs before it looks at it. */
const numeric = {
    bench: '--rates',
    'bench:capacity': '--pairs',
    'bench:clients': '--base-port',
    'bench:start': '--times',
    ledger: 'blocks --from',
    network: 'up --base-port',
    oracle: 'run F --as A --file f --every',
} as const;
/** The others have something to do without being told more. */
const needArguments = new Set(['network', 'call', 'ledger', 'terminal', 'oracle']);

interface Ended {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

function run(file: string, args: readonly string[]): Promise<Ended> {
    const tsNode = join(projectRoot, 'node_modules', 'ts-node', 'dist', 'bin.js');
    return new Promise((resolve) => {
        const options = { cwd: projectRoot };
        execFile(process.execPath, [tsNode, file, ...args], options, (error, stdout, stderr) => {
            resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        });
    });
}

describe('npm run', () => {
    it.each(ours)('%s -- --help tells how it is used, in its own words', async (name, file) => {
        const { code, stdout, stderr } = await run(file, ['--help']);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(new RegExp(`^Usage: npm run ${name}\\b`));
    });

    it.each(ours.filter(([name]) => needArguments.has(name)))(
        '%s tells the same without an argument, with exit code 2',
        async (_, file) => {
            const { code, stdout, stderr } = await run(file, []);
            expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
            expect(stdout).toBe((await run(file, ['--help'])).stdout);
        },
    );

    it.each(ours)('%s refuses an option that there is not, in one sentence', async (_, file) => {
        const { code, stdout, stderr } = await run(file, ['--nonsense']);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stderr).toContain('--nonsense');
    });

    it.each(Object.entries(numeric))(
        '%s tells what is wrong with %s -1, as with any other number',
        async (name, words) => {
            const file = new Map(ours).get(name) ?? '';
            const { code, stdout, stderr } = await run(file, [...words.split(' '), '-1']);
            expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
            expect(stderr.trim().split('\n')).toHaveLength(1);
            expect(stderr).toMatch(/^--[a-z-]+( is)? '?-1\b/);
        },
    );

    it.each(['bench', 'ledger'])('%s tells an option without its value in one sentence', async (name) => {
        const [, option = ''] = /(--.*)/.exec(numeric[name as keyof typeof numeric]) ?? [];
        const { code, stderr } = await run(new Map(ours).get(name) ?? '', [option, '--help']);
        expect(code).toBe(2);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stderr).toContain(`${option} needs a value`);
    });
});
