import { join } from 'node:path';
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal');

/** What a backup says of itself, in backup.json. */
export const manifestSchema = z.strictObject({
    format: z.literal('feeder-ledger-backup/1'),
    network: z.string(),
    channel: z.string(),
    /** Whose blocks they are. */
    node: z.strictObject({ name: z.string(), kind: z.enum(['peer', 'orderer']), mspId: z.string() }),
    madeAt: z.iso.datetime(),
    /** Number of blocks. */
    height: z.int().min(1),
    genesisHash: hash,
    /** Of the newest block's header; the next block must name it. */
    newestHash: hash,
    files: z
        .array(
            z.strictObject({
                file: z.string().regex(/^blocks-\d{6}$/, 'must be the name of a file of blocks'),
                firstBlock: z.int().min(0),
                blocks: z.int().min(1),
                bytes: z.int().min(1),
                sha256: hash,
            }),
        )
        .min(1),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

/**
 * Files of a backup. A file of blocks is one protobuf message of common.BlockData's form: each of its `data` is a block as
 * the node delivered it. `backup.json.sha256` is for `sha256sum -c`.
 */
export const backupFiles = {
    manifest: (folder: string): string => join(folder, 'backup.json'),
    manifestHash: (folder: string): string => join(folder, 'backup.json.sha256'),
    blocks: (index: number): string => `blocks-${String(index).padStart(6, '0')}`,
} as const;

/** The one line of `backup.json.sha256`. */
export function manifestHashLine(sha256: string): string {
    return `${sha256}  backup.json\n`;
}
