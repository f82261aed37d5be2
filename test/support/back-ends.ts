/* eslint-disable jest/no-export -- declared here, run against each back end by the test files */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';
import { embeddedBackend } from '../../network/backends/embedded-backend';
import { nativeBackend } from '../../network/backends/native/native-backend';
import type { NetworkBackend } from '../../network/backends/network-backend';

/** A way to run the network that the same tests are run against. */
export interface BackEnd {
    readonly name: 'embedded' | 'native';
    /** As it stands in titles of tests. */
    readonly title: string;
    readonly backend: NetworkBackend;
    /** Why its tests are skipped here; undefined where they run. */
    readonly skipped: string | undefined;
}

export const embedded: BackEnd = {
    name: 'embedded',
    title: 'the embedded network',
    backend: embeddedBackend,
    skipped: undefined,
};

export const native: BackEnd = {
    name: 'native',
    title: 'native Fabric',
    backend: nativeBackend,
    skipped: hasFabricPrograms()
        ? undefined
        : 'skipped: neither FABRIC_BIN nor PATH leads to orderer and peer; install-fabric.sh binary brings them',
};

/** Declares the same tests once for each back end; where one cannot be run they are skipped, and the title says why. */
export function describeOnEachBackEnd(what: string, declare: (backEnd: BackEnd) => void): void {
    for (const backEnd of [embedded, native]) describeOn(backEnd, `${what}, on ${backEnd.title}`, declare);
}

/** Declares tests of one back end; where it cannot be run they are skipped, and the title says why. */
export function describeOn(backEnd: BackEnd, what: string, declare: (backEnd: BackEnd) => void): void {
    const body = (): void => {
        declare(backEnd);
    };
    /* eslint-disable jest/valid-title, jest/valid-describe-callback, jest/no-disabled-tests -- each back end has its own title, which says why */
    if (backEnd.skipped === undefined) describe(what, body);
    else describe.skip(`${what} (${backEnd.skipped})`, body);
    /* eslint-enable jest/valid-title, jest/valid-describe-callback, jest/no-disabled-tests */
}

function hasFabricPrograms(): boolean {
    const named = process.env['FABRIC_BIN'];
    const folders = named ? [named] : (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
    return ['orderer', 'peer'].every((program) => folders.some((folder) => isExecutable(join(folder, program))));
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
