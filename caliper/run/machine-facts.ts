import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../report/run-record';

const packages = ['fabric-network', '@hyperledger/caliper-core', '@hyperledger/caliper-fabric', '@grpc/grpc-js'];

/** The machine that everything ran on. */
export function readMachine(): RunRecord['machine'] {
    const cores = cpus();
    return {
        cpuModel: cores[0]?.model.trim() ?? 'unknown',
        cores: Math.max(1, cores.length),
        memoryMb: Math.round(totalmem() / 2 ** 20),
        node: process.version,
    };
}

/** Versions of this project and of what measures. */
export function readVersions(projectRoot: string): Record<string, string> {
    const require = createRequire(join(projectRoot, 'package.json'));
    const versionOf = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    return {
        'feeder-ledger': versionOf(join(projectRoot, 'package.json')),
        ...Object.fromEntries(packages.map((name) => [name, versionOf(require.resolve(`${name}/package.json`))])),
    };
}
