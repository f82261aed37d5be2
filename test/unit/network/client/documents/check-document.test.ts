import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../../../../../chaincode/src/calls/call-api';
import { anchorDocument } from '../../../../../network/client/documents/anchor-document';
import { checkDocument, type DocumentCheck } from '../../../../../network/client/documents/check-document';
import { digestOf } from '../../../../../network/client/documents/content-store';
import type { DocumentError } from '../../../../../network/client/documents/document-errors';
import { LocalContentStore } from '../../../../../network/client/documents/local-content-store';
import { expectFault } from '../../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../../support/chaincode/test-grid';

const report = Buffer.from('passed\n');
const policy = Buffer.from('no open ports\n');
let folder: string;
let store: LocalContentStore;
let grid: TestGrid;

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    store = new LocalContentStore(folder);
    grid = await TestGrid.start();
    await anchor('report', report);
    await anchor('policy', policy);
});

afterEach(async () => {
    await rm(folder, { recursive: true });
});

function anchor(name: string, bytes: Buffer): Promise<unknown> {
    return anchorDocument(name, bytes, store, {
        submit: (call) => grid.ledger.submit(call, grid.operator),
        ask: (call) => grid.ledger.evaluate(call, grid.operator),
    });
}

function check(bytes: Buffer | undefined, name = 'report'): Promise<DocumentCheck> {
    return checkDocument(name, bytes, store, (call: Call) => grid.ledger.evaluate(call, grid.reader));
}

/** Where the store keeps bytes: its place is a path in its folder. */
function fileOf(bytes: Buffer): string {
    return join(folder, store.placeOf(digestOf(bytes)).replace('folder:', ''));
}

describe('checking a document', () => {
    it.each([
        { title: 'kept', bytes: report, file: 'kept', swappedWith: [] },
        { title: 'changed by a byte', bytes: Buffer.from('passed\r\n'), file: 'changed', swappedWith: [] },
        { title: 'swapped with another', bytes: policy, file: 'swapped', swappedWith: ['policy'] },
        { title: 'missing', bytes: undefined, file: 'missing', swappedWith: [] },
    ])('tells a file that is $title', async ({ bytes, file, swappedWith }) => {
        expect(await check(bytes)).toMatchObject({ file, swappedWith, stored: 'kept' });
    });

    it('tells a store that lost the bytes, or has others in their place', async () => {
        await writeFile(fileOf(report), 'failed\n');
        expect(await check(report)).toMatchObject({ file: 'kept', stored: 'damaged' });
        await rm(fileOf(report));
        expect(await check(report)).toMatchObject({ file: 'kept', stored: 'missing' });
    });

    it('passes on that nobody anchored a document of this name', async () => {
        await expectFault(check(report, 'unheard-of'), 'ANCHOR_UNKNOWN');
    });
});

describe('the folder of documents', () => {
    it('keeps equal bytes once, and puts damaged ones right', async () => {
        await anchor('copy of the report', report);
        expect(await readdir(join(folder, digestOf(report).slice(0, 2)))).toEqual([digestOf(report)]);
        await writeFile(fileOf(report), 'failed\n');
        await store.put(report);
        expect(await store.get(digestOf(report))).toEqual(report);
    });

    it('has nothing under a digest that was not put in', async () => {
        expect(await store.get('00'.repeat(32))).toBeUndefined();
    });

    it('is told in a fault when its folder cannot be used', async () => {
        const file = join(folder, 'a file');
        await writeFile(file, 'x');
        const unusable = new LocalContentStore(join(file, 'store'));
        const faults = [unusable.put(report), unusable.get(digestOf(report))].map((attempt) =>
            attempt.then(
                () => undefined,
                (error: unknown) => (error as Partial<DocumentError>).fault,
            ),
        );
        const fault = { code: 'STORE_UNUSABLE', folder: join(file, 'store'), why: 'ENOTDIR' };
        expect(await Promise.all(faults)).toEqual([fault, fault]);
    });
});
