import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AdminSession } from '../admin/admin-session';
import { fetchBlocks } from '../admin/fetch-blocks';
import type { BlockHolder } from '../admin/fetch-blocks';
import { hasErrorCode } from '../backends/has-error-code';
import { FieldWriter } from '../wire/field-writer';
import { backupFiles, manifestHashLine } from './backup-manifest';
import type { BackupManifest } from './backup-manifest';
import { ChainCheck } from './chain-check';
import { PeersError } from './peers-errors';

export interface BackupOptions {
    readonly now: Date;
    /** A file of blocks is ended when it holds this much; 8 MiB when left out. */
    readonly bytesPerFile?: number;
}

const defaultBytesPerFile = 8 * 1024 * 1024;

/**
 * Copies every block that a node of the running network has at this moment into a new folder, each checked as
 * {@link ChainCheck} does. The folder appears when all of it is on disk, or not at all. Throws PeersError
 * BACKUP_FOLDER_TAKEN, CHAIN_BROKEN; AdminError BLOCKS_REFUSED, NODE_UNREACHABLE.
 */
export async function writeBackup(
    session: AdminSession,
    from: BlockHolder,
    folder: string,
    options: BackupOptions,
): Promise<BackupManifest> {
    await mkdir(dirname(folder), { recursive: true });
    const unfinished = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
    try {
        const manifest = await writeAll(session, from, unfinished, options);
        await moveTo(unfinished, folder);
        return manifest;
    } catch (error) {
        await rm(unfinished, { recursive: true, force: true });
        throw error;
    }
}

async function writeAll(
    session: AdminSession,
    from: BlockHolder,
    folder: string,
    { now, bytesPerFile = defaultBytesPerFile }: BackupOptions,
): Promise<BackupManifest> {
    const chain = new ChainCheck(from.node.name);
    const files: BackupManifest['files'] = [];
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    const writeWaiting = async (): Promise<void> => {
        const blocks = waiting.length;
        const writer = new FieldWriter(waitingBytes + 10 * blocks);
        for (const block of waiting) writer.bytesAlways(1, block);
        const bytes = writer.finish();
        const file = backupFiles.blocks(files.length);
        await writeDurably(join(folder, file), bytes);
        files.push({ file, firstBlock: chain.height - blocks, blocks, bytes: bytes.length, sha256: sha256(bytes) });
        waiting = [];
        waitingBytes = 0;
    };
    for await (const block of fetchBlocks(session, from)) {
        chain.add(block);
        waiting.push(block);
        waitingBytes += block.length;
        if (waitingBytes >= bytesPerFile) await writeWaiting();
    }
    if (waiting.length > 0) await writeWaiting();
    const manifest: BackupManifest = {
        format: 'feeder-ledger-backup/1',
        network: session.network.name,
        channel: session.network.channel.name,
        node: { name: from.node.name, kind: from.kind, mspId: from.organization.mspId },
        madeAt: now.toISOString(),
        height: chain.height,
        genesisHash: chain.genesisHash.toString('hex'),
        newestHash: chain.newestHash.toString('hex'),
        files,
    };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 4)}\n`);
    await writeDurably(backupFiles.manifest(folder), text);
    await writeDurably(backupFiles.manifestHash(folder), Buffer.from(manifestHashLine(sha256(text))));
    return manifest;
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
    const handle = await open(file, 'wx');
    try {
        await handle.writeFile(bytes);
        await handle.sync();
    } finally {
        await handle.close();
    }
}

/** A folder that is there and not empty is not replaced. */
async function moveTo(unfinished: string, folder: string): Promise<void> {
    try {
        await rename(unfinished, folder);
    } catch (cause) {
        const isTaken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].some((code) => hasErrorCode(cause, code));
        throw isTaken ? new PeersError({ code: 'BACKUP_FOLDER_TAKEN', folder }, { cause }) : cause;
    }
}

function sha256(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
}
