import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasErrorCode } from '../backends/has-error-code';
import { FieldWriter } from '../wire/field-writer';
import { backupFiles, manifestHashLine } from './backup-manifest';
import type { BackupManifest } from './backup-manifest';
import { ChainCheck } from './chain-check';
import { PeersError } from './peers-errors';

/** What is backed up: every block of a channel, as a node gave them. */
export interface BackupSource extends Pick<BackupManifest, 'network' | 'channel' | 'node'> {
    /** From block 0 on. */
    readonly blocks: AsyncIterable<Buffer>;
}

export interface BackupOptions {
    readonly now: Date;
    /** A file of blocks is ended when it holds this much; 8 MiB when left out. */
    readonly bytesPerFile?: number;
}

const defaultBytesPerFile = 8 * 1024 * 1024;

/**
 * Copies a channel's blocks into a new folder, each checked as {@link ChainCheck} does. The folder appears when all of it is
 * on disk, or not at all. Throws PeersError BACKUP_FOLDER_TAKEN, CHAIN_BROKEN, and what the source throws.
 */
export async function writeBackup(
    source: BackupSource,
    folder: string,
    options: BackupOptions,
): Promise<BackupManifest> {
    await mkdir(dirname(folder), { recursive: true });
    const unfinished = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
    try {
        const manifest = await writeAll(source, unfinished, options);
        await moveTo(unfinished, folder);
        return manifest;
    } catch (error) {
        await rm(unfinished, { recursive: true, force: true });
        throw error;
    }
}

async function writeAll(
    { blocks, ...about }: BackupSource,
    folder: string,
    { now, bytesPerFile = defaultBytesPerFile }: BackupOptions,
): Promise<BackupManifest> {
    const chain = new ChainCheck(about.node.name);
    const files = new BlockFiles(folder);
    for await (const block of blocks) {
        chain.add(block);
        files.add(block);
        if (files.waitingBytes >= bytesPerFile) await files.flush();
    }
    await files.flush();
    const manifest: BackupManifest = {
        format: 'feeder-ledger-backup/1',
        ...about,
        madeAt: now.toISOString(),
        height: chain.height,
        genesisHash: chain.genesisHash.toString('hex'),
        newestHash: chain.newestHash.toString('hex'),
        files: files.written,
    };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 4)}\n`);
    await writeDurably(backupFiles.manifest(folder), text);
    await writeDurably(backupFiles.manifestHash(folder), Buffer.from(manifestHashLine(sha256(text))));
    return manifest;
}

/** Writes blocks into file after file. */
class BlockFiles {
    readonly written: BackupManifest['files'] = [];
    readonly #folder: string;
    #waiting: Buffer[] = [];
    #waitingBytes = 0;
    #height = 0;

    constructor(folder: string) {
        this.#folder = folder;
    }

    get waitingBytes(): number {
        return this.#waitingBytes;
    }

    add(block: Buffer): void {
        this.#waiting.push(block);
        this.#waitingBytes += block.length;
    }

    /** Writes what waits; nothing when nothing does. */
    async flush(): Promise<void> {
        const blocks = this.#waiting.length;
        if (blocks === 0) return;
        const writer = new FieldWriter(this.#waitingBytes + 10 * blocks);
        for (const block of this.#waiting) writer.bytesAlways(1, block);
        const bytes = writer.finish();
        const file = backupFiles.blocks(this.written.length);
        await writeDurably(join(this.#folder, file), bytes);
        this.written.push({ file, firstBlock: this.#height, blocks, bytes: bytes.length, sha256: sha256(bytes) });
        this.#height += blocks;
        this.#waiting = [];
        this.#waitingBytes = 0;
    }
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
