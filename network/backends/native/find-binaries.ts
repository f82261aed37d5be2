import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { BackendError } from '../backend-errors';

/** Fabric's own programs. */
export interface FabricBinaries {
    readonly orderer: string;
    readonly peer: string;
    /** Folder of the builder for chaincode as a service that Fabric's release lays beside them; undefined without one. */
    readonly builder: string | undefined;
}

const builderPrograms = ['detect', 'build', 'release'];

/**
 * Finds Fabric's programs in the folder that FABRIC_BIN names, or else on PATH. Throws BINARIES_MISSING; nothing else is
 * ever taken in their place.
 */
export async function findBinaries(environment: NodeJS.ProcessEnv): Promise<FabricBinaries> {
    const named = environment['FABRIC_BIN'];
    const folders = named ? [named] : (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
    const [orderer, peer] = [await findProgram(folders, 'orderer'), await findProgram(folders, 'peer')];
    if (orderer === undefined || peer === undefined) {
        const missing = [...(orderer ? [] : ['orderer']), ...(peer ? [] : ['peer'])];
        const searched = named ? `FABRIC_BIN (${named})` : 'PATH';
        throw new BackendError({ code: 'BINARIES_MISSING', missing, searched });
    }
    return { orderer, peer, builder: await findBuilder(peer) };
}

async function findProgram(folders: readonly string[], name: string): Promise<string | undefined> {
    for (const folder of folders) {
        const file = join(folder, name);
        if (await isExecutable(file)) return realpath(file);
    }
    return undefined;
}

/** Fabric's archive holds `bin/` and `builders/ccaas/bin/`. */
async function findBuilder(peer: string): Promise<string | undefined> {
    const folder = join(dirname(dirname(peer)), 'builders', 'ccaas');
    const found = await Promise.all(builderPrograms.map((name) => isExecutable(join(folder, 'bin', name))));
    return found.every(Boolean) ? folder : undefined;
}

async function isExecutable(file: string): Promise<boolean> {
    try {
        await access(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
