/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseReadWriteSet } from '../../../network/wire/rwset';
import type { RangeRead } from '../../../network/wire/rwset';
import { parseChaincodeAction } from '../../../network/wire/transaction';
import { FieldReader } from '../../../network/wire/field-reader';
import { recordedBytes } from '../../support/recorded-fabric';
import { chaincodeName } from '../conformance-network';
import type { Suite } from './suite';

const keyCount = 250;

export const queries: Suite = ({ client }) => {
    const keyAt = (index: number): string => `many/${String(index).padStart(4, '0')}`;
    const allKeys = Array.from({ length: keyCount }, (_, index) => keyAt(index));
    const rangeOf = async (args: readonly string[]): Promise<RangeRead | undefined> => {
        const { answer } = await client().endorse({ args });
        const sets = parseReadWriteSet(resultsOf(answer?.payload));
        return sets.find(({ namespace }) => namespace === chaincodeName)?.rangeReads[0];
    };

    beforeAll(async () => {
        await client().submit(['PutMany', 'many/', String(keyCount)]);
    });

    describe('a range of keys', () => {
        it('is read whole though it is longer than two batches', async () => {
            expect(JSON.parse(await client().query(['Range', 'many/', 'many0']))).toEqual(allKeys);
        });

        it('includes its start, excludes its end, and an empty end is open', async () => {
            expect(JSON.parse(await client().query(['Range', keyAt(3), keyAt(5)]))).toEqual([keyAt(3), keyAt(4)]);
            const open = JSON.parse(await client().query(['Range', keyAt(keyCount - 2), ''])) as string[];
            expect(open.slice(0, 2)).toEqual([keyAt(keyCount - 2), keyAt(keyCount - 1)]);
        });

        it('orders keys by their UTF-8 bytes', async () => {
            const keys = ['utf/a', 'utf/\uffee', 'utf/\u{1f50c}', 'utf/é'];
            for (const key of keys) await client().submit(['Put', key, 'x']);
            const found = JSON.parse(await client().query(['Range', 'utf/', 'utf0'])) as string[];
            expect(found).toEqual(['utf/a', 'utf/é', 'utf/\uffee', 'utf/\u{1f50c}']);
        });

        it('of composite keys holds the whole prefix and nothing else', async () => {
            await client().submit(['PutComposite', 'reading', '["F1","T1"]', 'x']);
            await client().submit(['PutComposite', 'reading', '["F1","\u{10fffe}"]', 'x']);
            await client().submit(['PutComposite', 'reading', '["F2","T1"]', 'x']);
            expect(JSON.parse(await client().query(['RangeComposite', 'reading', '["F1"]']))).toEqual([
                ['F1', 'T1'],
                ['F1', '\u{10fffe}'],
            ]);
        });
    });

    describe('what a range query leaves in the read-write set', () => {
        it('is the caller’s own end when the range was read to its end', async () => {
            const range = await rangeOf(['Range', keyAt(0), keyAt(10)]);
            expect(range).toMatchObject({ startKey: keyAt(0), endKey: keyAt(10), exhausted: true });
            expect(range?.reads.map(({ key }) => key)).toEqual(allKeys.slice(0, 10));
        });

        it('is the last key that the peer read ahead when the chaincode stopped early', async () => {
            const range = await rangeOf(['RangeStart', 'many/', 'many0', '3']);
            expect(range).toMatchObject({ startKey: 'many/', endKey: keyAt(100), exhausted: false });
        });

        it('is a page’s last key, not exhausted, as a real peer recorded it', async () => {
            const range = await rangeOf(['Page', 'many/', 'many0', '5', '']);
            expect(range).toMatchObject({ endKey: keyAt(4), exhausted: false });
            const [, recorded] = parseReadWriteSet(recordedBytes('rwset-range-page.pb'));
            expect(recorded?.rangeReads[0]).toMatchObject({ exhausted: false });
            expect(recorded?.rangeReads[0]?.reads).toHaveLength(range?.reads.length ?? 0);
        });

        it('has the same shape as a real peer’s for an early stop', () => {
            const [, recorded] = parseReadWriteSet(recordedBytes('rwset-range-not-exhausted.pb'));
            const range = recorded?.rangeReads[0];
            expect(range?.exhausted).toBe(false);
            expect(range?.merkle).toBeDefined();
        });
    });

    describe('a paged query', () => {
        it('goes on at its bookmark until the bookmark is empty', async () => {
            const pages: Page[] = [];
            let bookmark = '';
            do {
                const page = JSON.parse(await client().query(['Page', 'many/', 'many0', '100', bookmark])) as Page;
                pages.push(page);
                bookmark = page.bookmark;
            } while (bookmark !== '');
            expect(pages.map(({ count }) => count)).toEqual([100, 100, 50]);
            expect(pages.flatMap(({ keys }) => keys)).toEqual(allKeys);
            expect(pages[0]?.bookmark).toBe(keyAt(100));
        });

        it('and a write exclude each other, in either order, with Fabric’s own words', async () => {
            const after = await client().endorse({ args: ['PageThenPut', 'many/', 'many0', 'x'] });
            expect(after.answer?.response.message).toContain(
                `txid [${after.proposal.txId}]: unsuppored transaction. Transaction has already performed a ` +
                    'paginated query. Writes are not allowed',
            );
            const before = await client().endorse({ args: ['PutThenPage', 'many/', 'many0', 'x'] });
            expect(before.answer?.response.message).toContain(
                `txid [${before.proposal.txId}]: unsuppored transaction. Paginated queries are supported only in a ` +
                    'read-only transaction',
            );
        });
    });

    describe('each endorsement', () => {
        it('reads the definition’s sequence, so that a new definition invalidates it', async () => {
            const { answer } = await client().endorse({ args: ['Put', 'x', 'y'] });
            const sets = parseReadWriteSet(resultsOf(answer?.payload));
            expect(sets.map(({ namespace }) => namespace)).toEqual(['_lifecycle', chaincodeName]);
            expect(sets[0]?.reads).toHaveLength(1);
            expect(sets[0]?.reads[0]).toMatchObject({ key: `namespaces/fields/${chaincodeName}/Sequence` });
            expect(sets[0]?.reads[0]?.version).toBeDefined();
        });
    });
};

interface Page {
    readonly keys: readonly string[];
    readonly bookmark: string;
    readonly count: number;
}

function resultsOf(payload: Uint8Array | undefined): Buffer {
    const reader = new FieldReader('ProposalResponsePayload', payload ?? Buffer.alloc(0));
    let action: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) action = reader.bytes();
        else reader.skip();
    }
    return parseChaincodeAction(action).results;
}
