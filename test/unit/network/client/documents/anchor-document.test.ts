import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anchorsCalls } from '../../../../../chaincode/src/anchors/anchors-api';
import { ClientError, type ClientFault } from '../../../../../network/client/client-errors';
import { anchorDocument, type AnchoringLedger } from '../../../../../network/client/documents/anchor-document';
import { digestOf } from '../../../../../network/client/documents/content-store';
import { LocalContentStore } from '../../../../../network/client/documents/local-content-store';
import { expectFault } from '../../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../../support/chaincode/test-grid';

const report = Buffer.from('passed\n');
const draft = Buffer.from('not yet\n');
let above: string;
let folder: string;
let store: LocalContentStore;
let grid: TestGrid;
let ledger: AnchoringLedger;

beforeEach(async () => {
    above = await mkdtemp(join(tmpdir(), 'documents-'));
    folder = join(above, 'a', 'store');
    store = new LocalContentStore(folder);
    grid = await TestGrid.start();
    ledger = {
        submit: (call) => grid.ledger.submit(call, grid.operator),
        ask: (call) => grid.ledger.evaluate(call, grid.operator),
    };
});

afterEach(async () => {
    await rm(above, { recursive: true });
});

/** Anchors a name from another store: this one has none of its bytes. */
async function anchorElsewhere(name: string, bytes: Buffer): Promise<void> {
    const anchor = { name, sha256: digestOf(bytes), sizeBytes: bytes.length, place: 'elsewhere' };
    await ledger.submit(anchorsCalls.anchor(anchor));
}

/** Whatever lies below the folder above the store. */
async function everything(): Promise<string[]> {
    return (await readdir(above, { recursive: true })).sort();
}

function refusing(fault: ClientFault, more: Partial<AnchoringLedger> = {}): AnchoringLedger {
    return { ...ledger, submit: () => Promise.reject(new ClientError(fault)), ...more };
}

const notCommitted: ClientFault = { code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' };

describe('a document whose anchor the ledger refuses', () => {
    beforeEach(() => anchorElsewhere('report', report));

    it('leaves nothing in the store, and no folder that was made for it', async () => {
        await expectFault(anchorDocument('report', draft, store, ledger), 'ANCHOR_EXISTS');
        expect(await everything()).toEqual([]);
        await mkdir(folder, { recursive: true });
        await expectFault(anchorDocument('report', draft, store, ledger), 'ANCHOR_EXISTS');
        expect(await everything()).toEqual(['a', 'a/store']);
    });

    it('leaves what lay there before: the same bytes, and others', async () => {
        await store.put(draft);
        await store.put(report);
        const before = await everything();
        await expectFault(anchorDocument('report', draft, store, ledger), 'ANCHOR_EXISTS');
        await expectFault(anchorDocument('report', Buffer.from('else'), store, ledger), 'ANCHOR_EXISTS');
        expect(await everything()).toEqual(before);
        expect(await store.get(digestOf(draft))).toEqual(draft);
    });

    it('stays where another anchor names its bytes', async () => {
        await anchorElsewhere('draft', draft);
        await expectFault(anchorDocument('report', draft, store, ledger), 'ANCHOR_EXISTS');
        expect(await store.get(digestOf(draft))).toEqual(draft);
        expect(await readdir(join(folder, digestOf(draft).slice(0, 2)))).toEqual([digestOf(draft)]);
    });

    it('stays where somebody else put it in meanwhile', async () => {
        const other: AnchoringLedger = {
            ...ledger,
            ask: async (call) => {
                const answer = await ledger.ask(call);
                await anchorDocument('draft', draft, store, ledger);
                return answer;
            },
        };
        await expectFault(anchorDocument('report', draft, store, other), 'ANCHOR_EXISTS');
        expect(await store.get(digestOf(draft))).toEqual(draft);
    });
});

describe('a document whose anchor fails on its way', () => {
    it.each<ClientFault>([
        { code: 'COMMIT_TIMEOUT', afterMs: 1 },
        { code: 'COMMIT_UNKNOWN', why: 'w' },
    ])('stays where the anchor may yet be committed: %j', async (fault) => {
        await expect(anchorDocument('report', report, store, refusing(fault))).rejects.toMatchObject({ fault });
        expect(await store.get(digestOf(report))).toEqual(report);
    });

    it.each<ClientFault>([notCommitted, { code: 'NOT_ORDERED', why: 'w' }, { code: 'REQUEST_TIMEOUT', afterMs: 1 }])(
        'is taken out where it will never be: %j',
        async (fault) => {
            await expect(anchorDocument('report', report, store, refusing(fault))).rejects.toMatchObject({ fault });
            expect(await everything()).toEqual([]);
        },
    );

    it('stays where nobody can say whether another anchor names it', async () => {
        const silent = (): Promise<never> => Promise.reject(new ClientError({ code: 'REQUEST_TIMEOUT', afterMs: 1 }));
        const attempt = anchorDocument('report', report, store, refusing(notCommitted, { ask: silent }));
        await expect(attempt).rejects.toMatchObject({ fault: notCommitted });
        expect(await store.get(digestOf(report))).toEqual(report);
    });

    it('is told with its place where it cannot be taken out', async () => {
        const spoiling: AnchoringLedger = {
            ...ledger,
            submit: async () => {
                await rm(folder, { recursive: true });
                throw new ClientError(notCommitted);
            },
        };
        await expect(anchorDocument('report', report, store, spoiling)).rejects.toMatchObject({
            fault: {
                code: 'DOCUMENT_LEFT_BEHIND',
                place: store.placeOf(digestOf(report)),
                refusal: expect.stringContaining('MVCC_READ_CONFLICT'),
            },
        });
    });
});

it('a document that was taken out by whoever put it in before is there once it is anchored', async () => {
    const { withdraw } = await store.put(report);
    const slow: AnchoringLedger = {
        ...ledger,
        submit: async (call) => {
            await withdraw?.(() => Promise.resolve(false));
            return ledger.submit(call);
        },
    };
    await anchorDocument('report', report, store, slow);
    expect(await store.get(digestOf(report))).toEqual(report);
});
