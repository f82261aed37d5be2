import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BackupManifest } from '../../../../network/peers/backup-manifest';
import { ChainCheck } from '../../../../network/peers/chain-check';
import { readBackup } from '../../../../network/peers/read-backup';
import { writeBackup } from '../../../../network/peers/write-backup';
import { blockHeaderHash, encodeBlock, parseBlock, withMetadata } from '../../../../network/wire/block';
import { recordedChain } from '../../../support/recorded-fabric';

const chain = recordedChain();
const channel = 'distribution';
const node = { name: 'peer0.dispatch.feeder.example', kind: 'peer', mspId: 'DispatchMSP' } as const;
const now = new Date('2026-05-01T12:00:00Z');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* given(blocks: readonly Buffer[]): AsyncGenerator<Buffer> {
    for (const block of blocks) yield await Promise.resolve(block);
}

let parent = '';
let folder = '';
beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'backup-'));
    folder = join(parent, 'copy');
});
afterEach(() => {
    rmSync(parent, { recursive: true, force: true });
});

async function write(blocks: readonly Buffer[] = chain, bytesPerFile = 30_000): Promise<BackupManifest> {
    const channelId = recordedChannel();
    return writeBackup({ network: 'small', channel: channelId, node, blocks: given(blocks) }, folder, {
        now,
        bytesPerFile,
    });
}

function recordedChannel(): string {
    const check = new ChainCheck('the recorded chain');
    check.add(chain[0] ?? Buffer.alloc(0));
    return check.config?.channelId ?? channel;
}

/** Changes the manifest, and its hash with it, as somebody would who knows how. */
function forgeManifest(change: (manifest: BackupManifest) => object): void {
    const file = join(folder, 'backup.json');
    const text = JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as BackupManifest));
    writeFileSync(file, text);
    writeFileSync(`${file}.sha256`, `${sha256(Buffer.from(text))}  backup.json\n`);
}

describe('a backup of a channel recorded from Fabric', () => {
    it('holds every block to the byte, in files that tell their hashes', async () => {
        const manifest = await write();
        const last = parseBlock(chain.at(-1) ?? Buffer.alloc(0));
        expect(manifest).toMatchObject({
            height: chain.length,
            newestHash: blockHeaderHash(last.header).toString('hex'),
        });
        expect(manifest.files.length).toBeGreaterThan(2);
        for (const { file, sha256: told } of manifest.files)
            expect(sha256(readFileSync(join(folder, file)))).toBe(told);
        const backup = await readBackup(folder);
        expect(backup.manifest).toEqual(manifest);
        expect(chain.every((block, number) => backup.block(number)?.equals(block))).toBe(true);
        expect(backup.block(chain.length)).toBeUndefined();
    });

    it('is refused when one byte of any of its files is another, and the file is named (BACKUP_INVALID)', async () => {
        await write(chain, 200_000);
        for (const name of readdirSync(folder)) {
            const file = join(folder, name);
            const bytes = readFileSync(file);
            for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
                const flipped = Buffer.from(bytes);
                flipped[at] = (flipped[at] ?? 0) ^ 1;
                writeFileSync(file, flipped);
                const named = name === 'backup.json.sha256' ? 'backup.json' : name;
                await expect(readBackup(folder)).rejects.toMatchObject({
                    fault: { code: 'BACKUP_INVALID', file: join(folder, named) },
                });
            }
            writeFileSync(file, bytes);
        }
        expect((await readBackup(folder)).manifest.height).toBe(chain.length);
    });

    it('is refused when a file is missing, or the manifest tells of other blocks than there are', async () => {
        const { files } = await write();
        forgeManifest((manifest) => ({ ...manifest, files: files.slice(0, -1) }));
        await expect(readBackup(folder)).rejects.toThrow(
            /backup\.json is of no use here: it tells of other blocks than its files hold, which are \d+/,
        );
        forgeManifest((manifest) => ({ ...manifest, files, newestHash: '0'.repeat(64) }));
        await expect(readBackup(folder)).rejects.toThrow('it tells of other blocks than its files hold');
        forgeManifest((manifest) => ({ ...manifest, files: [files[1], files[0]] }));
        await expect(readBackup(folder)).rejects.toThrow('block 0 would have to be its first');
        rmSync(join(folder, files[0]?.file ?? ''));
        forgeManifest((manifest) => ({ ...manifest, files }));
        await expect(readBackup(folder)).rejects.toThrow(/blocks-000000 is of no use here: it cannot be read/);
    });

    it('is refused when its blocks are no chain, though every hash of a file is right', async () => {
        await write();
        const file = join(folder, 'blocks-000001');
        const bytes = readFileSync(file);
        const at = bytes.indexOf(parseBlock(chain[1] ?? Buffer.alloc(0)).header.dataHash);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        forgeManifest(({ files: [first, second, ...others], ...manifest }) => ({
            ...manifest,
            files: [first, { ...second, sha256: sha256(bytes) }, ...others],
        }));
        await expect(readBackup(folder)).rejects.toThrow(
            /blocks-000001 is of no use here: .* its data hash is not the hash of its/,
        );
    });

    it('is never written over another, and leaves nothing when it cannot be made', async () => {
        await write();
        await expect(write()).rejects.toMatchObject({ fault: { code: 'BACKUP_FOLDER_TAKEN', folder } });
        rmSync(folder, { recursive: true });
        await expect(write([...chain.slice(0, 5), ...chain.slice(6)])).rejects.toMatchObject({
            fault: { code: 'CHAIN_BROKEN', source: node.name, block: 5 },
        });
        expect(existsSync(folder)).toBe(false);
        expect(readdirSync(parent)).toEqual([]);
    });
});

describe('ChainCheck', () => {
    const upTo = (height: number): ChainCheck => {
        const check = new ChainCheck('a node');
        for (const block of chain.slice(0, height)) check.add(block);
        return check;
    };

    it('believes no block without an orderer’s signature', () => {
        const unsigned = encodeBlock(withMetadata(parseBlock(chain[3] ?? Buffer.alloc(0)), 0, Buffer.alloc(0)));
        expect(() => {
            upTo(3).add(unsigned);
        }).toThrow(/Block 3 of a node does not belong to the chain: /);
    });

    it('begins with block 0, and goes on with the next one', () => {
        expect(() => {
            upTo(0).add(chain[1] ?? Buffer.alloc(0));
        }).toThrow('it is block 1, and the chain begins with block 0');
        expect(() => {
            upTo(4).add(chain[3] ?? Buffer.alloc(0));
        }).toThrow('block 4 is the next one');
        expect(() => {
            upTo(1).add(Buffer.from('no block'));
        }).toThrow(/CHAIN_BROKEN|does not belong to the chain/);
    });
});
