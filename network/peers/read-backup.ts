import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedChannelConfig } from '../wire/channel-config';
import { FieldReader } from '../wire/field-reader';
import { WireError } from '../wire/wire-errors';
import { backupFiles, manifestHashLine, manifestSchema } from './backup-manifest';
import type { BackupManifest } from './backup-manifest';
import { ChainCheck } from './chain-check';
import { PeersError } from './peers-errors';

/** A backup, every byte of which was checked. */
export interface Backup {
    readonly folder: string;
    readonly manifest: BackupManifest;
    /** The configuration valid after its newest block. */
    readonly config: ParsedChannelConfig;
    /** A block's bytes, read from its file; undefined for one beyond the newest. */
    block(number: number): Buffer | undefined;
}

interface Place {
    readonly file: string;
    readonly start: number;
    readonly length: number;
}

/**
 * Reads a backup and believes nothing of it: the manifest must have its hash, each file its manifest's, and the blocks must
 * be one chain, signed by orderers, of the height and newest hash that the manifest tells. Throws PeersError BACKUP_INVALID,
 * which names the file.
 */
export async function readBackup(folder: string): Promise<Backup> {
    const manifest = await readManifest(folder);
    const chain = new ChainCheck(folder);
    const places: Place[] = [];
    for (const entry of manifest.files) places.push(...(await readBlocks(join(folder, entry.file), entry, chain)));
    const { config } = chain;
    if (!config || !isAsTold(manifest, chain)) {
        const reason = `it tells of other blocks than its files hold, which are ${chain.height}`;
        throw invalid(backupFiles.manifest(folder), reason);
    }
    return { folder, manifest, config, block: (number) => readPlace(places[number]) };
}

/** Adds a file's blocks to the chain, and gives where each lies. */
async function readBlocks(file: string, told: BackupManifest['files'][number], chain: ChainCheck): Promise<Place[]> {
    const bytes = await read(file);
    if (sha256(bytes) !== told.sha256) throw invalid(file, 'its SHA-256 is not the one in backup.json');
    if (told.firstBlock !== chain.height) throw invalid(file, `block ${chain.height} would have to be its first`);
    const places: Place[] = [];
    try {
        for (const block of blocksOf(bytes)) {
            chain.add(block);
            places.push({ file, start: block.byteOffset - bytes.byteOffset, length: block.length });
        }
    } catch (cause) {
        if (!(cause instanceof PeersError || cause instanceof WireError)) throw cause;
        throw invalid(file, cause.message.replace(/\.$/, ''), cause);
    }
    if (places.length !== told.blocks) throw invalid(file, `it does not hold ${told.blocks} blocks`);
    return places;
}

function isAsTold({ height, newestHash, genesisHash, channel }: BackupManifest, chain: ChainCheck): boolean {
    return (
        height === chain.height &&
        newestHash === chain.newestHash.toString('hex') &&
        genesisHash === chain.genesisHash.toString('hex') &&
        channel === chain.config?.channelId
    );
}

async function readManifest(folder: string): Promise<BackupManifest> {
    const file = backupFiles.manifest(folder);
    const text = await read(file);
    const hashFile = backupFiles.manifestHash(folder);
    if ((await read(hashFile)).toString() !== manifestHashLine(sha256(text))) {
        throw invalid(file, `its SHA-256 is not the one in ${hashFile}`);
    }
    try {
        return manifestSchema.parse(JSON.parse(text.toString()));
    } catch (cause) {
        throw invalid(file, 'it is not the manifest of a backup', cause);
    }
}

function* blocksOf(bytes: Buffer): Generator<Buffer> {
    const reader = new FieldReader('file of blocks', bytes);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) yield reader.bytes();
        else reader.skip();
    }
}

function readPlace(place: Place | undefined): Buffer | undefined {
    if (!place) return undefined;
    const block = Buffer.alloc(place.length);
    const descriptor = openSync(place.file, 'r');
    try {
        readSync(descriptor, block, 0, place.length, place.start);
    } finally {
        closeSync(descriptor);
    }
    return block;
}

async function read(file: string): Promise<Buffer> {
    try {
        return await readFile(file);
    } catch (cause) {
        throw invalid(file, 'it cannot be read', cause);
    }
}

function invalid(file: string, reason: string, cause?: unknown): PeersError {
    return new PeersError({ code: 'BACKUP_INVALID', file, reason }, { cause });
}

function sha256(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
}
