/** From nothing to the first committed Set, several times in a row: `npm run bench:start`. See scripts/README.md. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { readMachine, readVersions } from '../caliper/run/machine-facts';
import { measureStarts, type CommandEnd, type StartCommands } from '../caliper/start/measure-starts';
import { renderStarts } from '../caliper/start/render-starts';
import { startRecordSchema } from '../caliper/start/start-record';
import { loadNetwork } from '../network/topology/load-network';
import type { Network } from '../network/topology/network-model';
import { projectRoot } from '../network/topology/project-root';
import { runDirectoryOf } from './run-directories';
import { runScript, UsageError } from './run-script';

/** What a start may take on two cores, from typing `up` to the first committed Set. */
const limitsMs: Readonly<Record<string, number>> = { native: 8_000, embedded: 6_000 };
const usage = `Usage: npm run bench:start [-- --backend native|embedded] [--times N] [--base-port N]
Types "network -- up --fresh" and "call -- Set" of a registered terminal, N times (10), on a network of its own, and
writes reports/latest/start.json. Exits with 3 when one start takes longer than ${limitsMs['native'] ?? 0} ms on native Fabric, ${limitsMs['embedded'] ?? 0} ms on the
embedded network. Let nothing else run meanwhile.`;

/** Its own name: ledgers that somebody keeps are not deleted, nor are its networks mistaken for anybody's. */
const networkName = 'start';
const shownLines = 20;

async function main(args: string[]): Promise<ExitCode> {
    const { values } = parseArgs({
        args,
        options: {
            backend: { type: 'string', default: 'native' },
            times: { type: 'string', default: '10' },
            // Away from the ports of networks that people start.
            'base-port': { type: 'string', default: '10050' },
            help: { type: 'boolean' },
        },
    });
    if (values.help === true) {
        console.log(usage);
        return exitCodes.kept;
    }
    const { backend } = values;
    const limitMs = Object.hasOwn(limitsMs, backend) ? limitsMs[backend] : undefined;
    if (limitMs === undefined) {
        throw new UsageError(
            `--backend ${backend} has no limit for its start: give ${Object.keys(limitsMs).join(' or ')}.`,
        );
    }
    const startedAt = new Date().toISOString();
    const times = wholeNumber('--times', values.times);
    const basePort = wholeNumber('--base-port', values['base-port']);
    const topologyFile = await writeTopology();
    const network = await loadNetwork(topologyFile, { basePort });
    const plan = { commands: newCommands(network, topologyFile, { backend, basePort }), times, limitMs };
    const starts = await measureStarts(plan, {
        run: runCommand,
        nowMs: () => performance.now(),
        load: () => loadavg()[0] ?? 0,
        progress: (line) => {
            console.error(line);
        },
    });
    const record = startRecordSchema.parse({
        schemaVersion: 1,
        startedAt,
        conditions: {
            backend,
            topology: 'wired',
            terminals: network.terminals.length,
            limitMs,
            machine: readMachine(),
            versions: readVersions(projectRoot),
        },
        starts,
    });
    const folder = join(projectRoot, 'reports', 'latest');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'start.json'), `${JSON.stringify(record, null, 2)}\n`);
    console.log(renderStarts(record));
    console.log(`Written: ${join('reports', 'latest', 'start.json')}`);
    return starts.every(({ kept }) => kept) ? exitCodes.kept : exitCodes.limitMissed;
}

function wholeNumber(option: string, text: string): number {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new UsageError(`${option} ${text}: give a whole number above 0.`);
}

/** The wired topology under the benchmark's own name; gives the file. */
async function writeTopology(): Promise<string> {
    const document = parseDocument(await readFile(join(projectRoot, 'network', 'topologies', 'wired.yaml'), 'utf8'));
    document.set('name', networkName);
    const folder = runDirectoryOf(networkName);
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${networkName}.yaml`);
    await writeFile(file, document.toString());
    return file;
}

function newCommands(
    { terminals }: Network,
    topologyFile: string,
    { backend, basePort }: { readonly backend: string; readonly basePort: number },
): StartCommands {
    const terminal = terminals[0]?.id ?? '';
    return {
        up: [
            ...['network', '--', 'up', '--fresh', '--backend', backend],
            ...['--topology', topologyFile, '--base-port', String(basePort)],
        ],
        set: ['call', '--', 'Set', '--topology', networkName, '--terminal', terminal, '--value', '10.2'],
        down: ['network', '--', 'down', '--topology', networkName],
    };
}

async function runCommand(words: readonly string[]): Promise<CommandEnd> {
    return new Promise((resolve, reject) => {
        const child = spawn('npm', ['run', '--silent', ...words], {
            cwd: projectRoot,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const lines: string[] = [];
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
        }
        child.once('error', reject);
        child.once('close', (status, signal) => {
            resolve({ status: status ?? signal ?? 'unknown', lastLines: lines.slice(-shownLines) });
        });
    });
}

runScript(main);
