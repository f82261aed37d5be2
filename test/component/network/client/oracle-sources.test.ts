import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FileSource } from '../../../../network/client/oracles/file-source';
import { HttpSource } from '../../../../network/client/oracles/http-source';
import { closed, sourceFaultOf as faultOf } from '../../../support/oracle-sources';

async function listening(answer: RequestListener): Promise<{ server: Server; origin: string }> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('an HTTP source', () => {
    let server: Server;
    let origin: string;
    let answer: RequestListener;

    beforeEach(async () => {
        ({ server, origin } = await listening((request, response) => {
            answer(request, response);
        }));
    });
    afterEach(() => closed(server));

    const json: RequestListener = (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"t":1}');
    };

    it('is read whole, uncompressed, and named by its address without a fragment', async () => {
        let accepted: unknown;
        answer = (request, response) => {
            accepted = [request.headers['accept-encoding'], request.headers.accept];
            json(request, response);
        };
        const source = new HttpSource(`${origin}/now#top`, { format: 'json' });
        expect((await source.read()).toString()).toBe('{"t":1}');
        expect(source.name).toBe(`${origin}/now`);
        expect(accepted).toEqual(['identity', 'application/json']);
        expect(new HttpSource(`${origin}/now?key=1`, { name: 'weather' }).name).toBe('weather');
    });

    it.each([
        ['json', 'application/geo+json', true],
        ['json', 'text/json', false],
        ['json', 'text/html', false],
        ['csv', 'text/csv;charset=utf-8', true],
        ['csv', 'text/plain', false],
        ['any', 'application/pdf', true],
    ] as const)('that is to be %s is taken as %s: %s', async (format, type, isTaken) => {
        answer = (_, response) => {
            response.writeHead(200, { 'content-type': type }).end('x');
        };
        const fault = await faultOf(new HttpSource(origin, { format }).read());
        expect(fault?.code).toBe(isTaken ? undefined : 'SOURCE_OF_OTHER_TYPE');
    });

    it('is refused without a type where one is needed, and when it comes compressed', async () => {
        answer = (_, response) => {
            response.writeHead(200).end('x');
        };
        const untyped = await faultOf(new HttpSource(origin, { format: 'csv' }).read());
        expect(untyped).toMatchObject({ code: 'SOURCE_OF_OTHER_TYPE', given: 'of no type', wanted: 'text/csv' });
        answer = (_, response) => {
            response.writeHead(200, { 'content-encoding': 'br' }).end('x');
        };
        expect(await faultOf(new HttpSource(origin).read())).toMatchObject({
            code: 'SOURCE_OF_OTHER_TYPE',
            given: 'br',
        });
    });

    it.each([204, 404, 500])('that answers with status %d is refused', async (status) => {
        answer = (_, response) => {
            response.writeHead(status).end();
        };
        expect(await faultOf(new HttpSource(origin).read())).toMatchObject({ code: 'SOURCE_REFUSED', status });
    });

    it('is larger than allowed, whether it says so or not', async () => {
        answer = (_, response) => {
            response.writeHead(200);
            response.write('x'.repeat(600));
            response.end('x'.repeat(600));
        };
        const read = (maxBytes: number): Promise<Buffer> => new HttpSource(origin, { maxBytes }).read();
        expect(await faultOf(read(1_199))).toMatchObject({ code: 'SOURCE_TOO_LARGE', maxBytes: 1_199 });
        expect(await read(1_200)).toHaveLength(1_200);
    });

    it.each([
        ['says nothing', (): void => undefined],
        [
            'stops in the middle',
            (_: unknown, response: Parameters<RequestListener>[1]): void => {
                response.writeHead(200);
                response.write('x');
            },
        ],
    ])('that %s is given up after its time', async (_, silent) => {
        answer = silent;
        const fault = await faultOf(new HttpSource(origin, { timeoutMs: 200 }).read());
        expect(fault).toMatchObject({ code: 'SOURCE_TIMED_OUT', timeoutMs: 200 });
    });

    it('that breaks off, or that nobody serves, does not answer', async () => {
        answer = (_, response) => {
            response.writeHead(200, { 'content-length': '10' });
            response.write('x', () => response.destroy());
        };
        expect((await faultOf(new HttpSource(origin).read()))?.code).toBe('SOURCE_UNREACHABLE');
        const gone = await listening(json);
        await closed(gone.server);
        const fault = await faultOf(new HttpSource(gone.origin).read());
        expect(fault).toMatchObject({ code: 'SOURCE_UNREACHABLE', why: expect.stringContaining('ECONNREFUSED') });
    });

    it('is followed within its origin, three times at most', async () => {
        answer = (request, response) => {
            const left = Number(request.url?.slice(1));
            if (left === 0) json(request, response);
            else response.writeHead(302, { location: `/${left - 1}` }).end();
        };
        expect((await new HttpSource(`${origin}/3`).read()).toString()).toBe('{"t":1}');
        expect(await faultOf(new HttpSource(`${origin}/4`).read())).toMatchObject({
            code: 'SOURCE_REDIRECTED',
            to: `${origin}/0`,
        });
    });

    it('is not followed to another origin', async () => {
        const other = await listening(json);
        try {
            answer = (_, response) => {
                response.writeHead(301, { location: `${other.origin}/x` }).end();
            };
            const fault = await faultOf(new HttpSource(origin).read());
            expect(fault).toMatchObject({ code: 'SOURCE_REDIRECTED', to: `${other.origin}/x` });
        } finally {
            await closed(other.server);
        }
    });

    it.each([
        ['here', 'it is no address'],
        ['ftp://127.0.0.1/x', 'it is neither http nor https'],
        ['file:///etc/hosts', 'it is neither http nor https'],
    ])('cannot be %s', async (address, why) => {
        const fault = await faultOf(Promise.resolve().then(() => new HttpSource(address)));
        expect(fault).toEqual({ code: 'SOURCE_ADDRESS_INVALID', source: address, why });
    });

    it('cannot hold a password, which is not repeated', async () => {
        const fault = await faultOf(Promise.resolve().then(() => new HttpSource('http://me:secret@127.0.0.1/x')));
        expect(fault?.code).toBe('SOURCE_ADDRESS_INVALID');
        expect(JSON.stringify(fault)).not.toContain('secret');
    });
});

describe('a file source', () => {
    let folder: string;
    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'oracle-sources-'));
        await writeFile(join(folder, 'w.csv'), 'a,b\n1,2\n');
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it('is read whole, and named without its folders', async () => {
        const source = new FileSource(join(folder, 'w.csv'));
        expect((await source.read()).toString()).toBe('a,b\n1,2\n');
        expect(source.name).toBe('file:w.csv');
        expect(new FileSource(join(folder, 'w.csv'), { maxBytes: 9, name: 'weather' }).name).toBe('weather');
    });

    it('is told to be missing, a folder, or larger than allowed', async () => {
        const missing = new FileSource(join(folder, 'x.csv'));
        expect(await faultOf(missing.read())).toMatchObject({ code: 'SOURCE_UNREADABLE', why: 'ENOENT' });
        expect(await faultOf(new FileSource(folder).read())).toMatchObject({
            code: 'SOURCE_UNREADABLE',
            why: 'EISDIR',
        });
        const small = new FileSource(join(folder, 'w.csv'), { maxBytes: 7 });
        expect(await faultOf(small.read())).toMatchObject({ code: 'SOURCE_TOO_LARGE', maxBytes: 7 });
    });
});
