import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { GatewayConnection } from '../network/client/connect-gateway';
import { hasErrorCode } from '../network/backends/has-error-code';
import { anchorDocument } from '../network/client/documents/anchor-document';
import { checkDocument, type DocumentCheck } from '../network/client/documents/check-document';
import { LocalContentStore } from '../network/client/documents/local-content-store';
import { evaluateCall } from '../network/client/evaluate-call';
import { submitCall } from '../network/client/submit-call';
import { projectRoot } from '../network/topology/project-root';
import { UsageError } from './run-script';

export interface AnchoredFile {
    readonly file: string;
    /** The name on the ledger; without it the file's. */
    readonly name?: string | undefined;
    /** Folder of the store; without it `.run/documents` of the project. */
    readonly store?: string | undefined;
}

/** Puts a file into the store and its digest on the ledger; when the ledger refuses, the store is as it was before. */
export async function anchorFile(connection: GatewayConnection, given: AnchoredFile): Promise<string> {
    const bytes = await readIfThere(given.file);
    if (bytes === undefined) throw new UsageError(`${given.file} cannot be read: give the name of a file.`);
    const { name, sha256, sizeBytes, place } = await anchorDocument(nameOf(given), bytes, storeOf(given), {
        submit: (call) => submitCall(connection, call),
        ask: (call) => evaluateCall(connection, call),
    });
    return `${name} is anchored: ${sizeBytes} bytes with the SHA-256 ${sha256}, kept in ${place}.`;
}

/** Compares a file, which may be gone, and the store with the ledger. */
export async function checkFile(
    connection: GatewayConnection,
    given: AnchoredFile,
): Promise<{ readonly text: string; readonly isKept: boolean }> {
    const ask = (call: Parameters<typeof evaluateCall>[1]): Promise<unknown> => evaluateCall(connection, call);
    const check = await checkDocument(nameOf(given), await readIfThere(given.file), storeOf(given), ask);
    return { text: describeCheck(check), isKept: check.file === 'kept' && check.stored === 'kept' };
}

/** One sentence of file and store, and below it where the anchor is to be found. */
function describeCheck({ anchor, file, stored, swappedWith }: DocumentCheck): string {
    const { name, byName, byMspId, place, transactionId } = anchor;
    const anchored = `${byName} of ${byMspId} anchored at ${new Date(anchor.transactionTimeMs).toISOString()}`;
    const told = {
        kept: `${name} is what ${anchored}`,
        changed: `${name} was changed: it is not what ${anchored}, and nobody anchored its present bytes`,
        swapped: `${name} was swapped: it is not what ${anchored}, but what is anchored as ${swappedWith.join(', ')}`,
        missing: `${name} is missing; it is what ${anchored}`,
    } as const;
    const kept = {
        kept: 'the store has the anchored bytes',
        missing: 'the store does not have the anchored bytes',
        damaged: 'the store has other bytes in their place',
    } as const;
    return `${told[file]}; ${kept[stored]}.\n  ${place}, transaction ${transactionId}`;
}

function nameOf({ name, file }: AnchoredFile): string {
    return name ?? basename(file);
}

function storeOf({ store }: AnchoredFile): LocalContentStore {
    return new LocalContentStore(store ?? join(projectRoot, '.run', 'documents'));
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
    try {
        return await readFile(file);
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return undefined;
        throw new UsageError(`${file} cannot be read: give the name of a file.`);
    }
}
