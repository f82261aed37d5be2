import { describe, expect, it } from '@jest/globals';
import { SourceError } from '../../../../network/client/oracles/source-errors';
import { feedOf } from '../../../../scripts/oracle-acts/define-feed';
import { pickOf, sourceOf } from '../../../../scripts/oracle-acts/source-options';
import { UsageError } from '../../../../scripts/run-script';

describe('a feed as it is typed', () => {
    const asked = { question: 'q', type: 't', oracles: 'a, b,c' };

    it('has what was left out filled in: a majority, a minute, half of it, from now on', () => {
        expect(feedOf({ ...asked, unit: '°C', tolerance: '0.5' }, 'F', 17.5)).toEqual({
            feedId: 'F',
            question: 'q',
            type: 't',
            agreement: { rule: 'median', unit: '°C', tolerance: 0.5 },
            quorum: 2,
            oracles: ['a', 'b', 'c'],
            startMs: 17,
            intervalMs: 60_000,
            windowMs: 30_000,
        });
    });

    it('is taken as it was typed', () => {
        const typed = { documents: true, quorum: '3', interval: '3600', window: '0.5', start: '2026-11-29T00:00:00Z' };
        expect(feedOf({ ...asked, ...typed }, 'F', 0)).toMatchObject({
            agreement: { rule: 'same-digest' },
            quorum: 3,
            startMs: Date.UTC(2026, 10, 29),
            intervalMs: 3_600_000,
            windowMs: 500,
        });
    });

    it.each([
        [{}, 'feed needs --unit'],
        [{ unit: 'K', documents: true }, 'either --documents or --unit'],
        [{ unit: 'K', quorum: '4' }, '--quorum 4 is not a number from 1 to 3.'],
        [{ unit: 'K', interval: '' }, '--interval  is not a number'],
        [{ unit: 'K', window: 'long' }, '--window long is not a number'],
        [{ unit: 'K', tolerance: '-1' }, '--tolerance -1 is not a number'],
        [{ unit: 'K', start: 'noon' }, '--start noon is neither'],
    ])('is refused as %j', (typed, sentence) => {
        expect(() => feedOf({ ...asked, ...typed }, 'F', 0)).toThrow(sentence);
    });
});

describe('a source as it is typed', () => {
    it('is a cell of a CSV, a place in a JSON, or the bytes themselves', () => {
        expect(pickOf({ column: 'c' })).toEqual({ format: 'csv', separator: ',', column: 'c' });
        expect(pickOf({ column: 'c', separator: ';', row: 'k=v=w' })).toEqual({
            format: 'csv',
            separator: ';',
            column: 'c',
            row: { column: 'k', value: 'v=w' },
        });
        expect(pickOf({ pointer: '/a/0' })).toEqual({ format: 'json', pointer: '/a/0' });
        expect(pickOf({})).toBeUndefined();
    });

    it.each([
        [{ pointer: '/a', column: 'c' }, 'either --pointer'],
        [{ pointer: 'a' }, '--pointer a does not begin with a slash'],
        [{ row: 'k=v' }, '--row needs --column'],
        [{ separator: ';' }, '--separator needs --column'],
        [{ column: 'c', separator: ';;' }, '--separator ;; is not one character'],
        [{ column: 'c', row: 'k' }, '--row k is not COLUMN=TEXT'],
    ])('has no value at %j', (typed, sentence) => {
        expect(() => pickOf(typed)).toThrow(UsageError);
        expect(() => pickOf(typed)).toThrow(sentence);
    });

    it('is a file or an address, under the name that the ledger is to have', async () => {
        expect((await sourceOf({ file: '/var/log/w.csv' }, undefined)).name).toBe('file:w.csv');
        const named = { url: 'http://127.0.0.1/w?key=1', source: 'weather', timeout: '5' };
        expect((await sourceOf(named, undefined)).name).toBe('weather');
    });

    it.each([
        [{}, 'run needs either --file or --url'],
        [{ file: 'f', url: 'http://127.0.0.1/' }, 'run needs either --file or --url'],
        [{ file: 'f', timeout: '5' }, '--timeout belongs to --url'],
        [{ file: 'f', 'source-ca': 'ca.pem' }, '--source-ca belongs to --url'],
        [{ url: 'http://127.0.0.1/', 'source-ca': 'ca.pem' }, '--source-ca belongs to an https address'],
        [{ file: 'f', 'max-bytes': '0' }, '--max-bytes 0 is not a number'],
        [{ url: 'http://127.0.0.1/', timeout: 'long' }, '--timeout long is not a number'],
    ])('is refused as %j', async (typed, sentence) => {
        await expect(sourceOf(typed, undefined)).rejects.toThrow(sentence);
    });

    it('is refused when its address holds a password, or no CA can be read', async () => {
        await expect(sourceOf({ url: 'http://a:b@127.0.0.1/' }, undefined)).rejects.toThrow(SourceError);
        const missing = { url: 'https://127.0.0.1/', 'source-ca': '/no/such/ca.pem' };
        await expect(sourceOf(missing, undefined)).rejects.toMatchObject({
            fault: { code: 'SOURCE_CA_UNUSABLE', source: '/no/such/ca.pem', why: 'ENOENT' },
        });
    });
});
