import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpSource } from '../../../../network/client/oracles/http-source';
import {
    CertificateAuthority,
    type IssuedCertificate,
    type Validity,
} from '../../../../network/identities/certificate-authority';
import type { Authority } from '../../../../network/identities/identity';
import { projectRoot } from '../../../../network/topology/project-root';
import { sourceOf } from '../../../../scripts/oracle-acts/source-options';
import { closed, sourceFaultOf } from '../../../support/oracle-sources';

const execute = promisify(execFile);
const hourMs = 3_600_000;
const fromTo = (fromMs: number, toMs: number): Validity => ({
    notBefore: new Date(Date.now() + fromMs),
    notAfter: new Date(Date.now() + toMs),
});
const present = fromTo(-hourMs, hourMs);
const host = '127.0.0.1';
const csv: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' }).end('a\n1\n');
};

describe('an HTTPS source', () => {
    let authority: Authority;
    let impostor: Authority;
    let right: IssuedCertificate;
    let ending: (() => Promise<unknown>)[];

    const issue = (hosts: readonly string[], validity: Validity): Promise<IssuedCertificate> =>
        new CertificateAuthority(authority).issueTls({ commonName: 'weather', hosts }, validity);

    beforeAll(async () => {
        authority = await CertificateAuthority.create('Utility CA', 'Utility', fromTo(-3 * hourMs, 3 * hourMs));
        impostor = await CertificateAuthority.create('Utility CA', 'Utility', present);
        right = await issue([host], present);
    });
    beforeEach(() => {
        ending = [];
    });
    afterEach(() => Promise.all(ending.map((end) => end())));

    async function serving(
        answer: RequestListener,
        { certificatePem: cert, privateKeyPem: key }: IssuedCertificate = right,
        options: ServerOptions = {},
    ): Promise<string> {
        const server: Server = createServer({ cert, key, ...options }, answer).listen(0, host);
        await once(server, 'listening');
        ending.push(() => closed(server));
        return `https://${host}:${(server.address() as AddressInfo).port}`;
    }

    const sourceAt = (address: string, limits: { maxBytes?: number; timeoutMs?: number } = {}): HttpSource =>
        new HttpSource(address, { ca: authority.certificatePem, ...limits });
    const faultAt = (...asked: Parameters<typeof sourceAt>): ReturnType<typeof sourceFaultOf> =>
        sourceFaultOf(sourceAt(...asked).read());

    it('is read where its CA is the one that is named, also by the file that was typed', async () => {
        const address = await serving(csv);
        expect((await sourceAt(address).read()).toString()).toBe('a\n1\n');
        const folder = await mkdtemp(join(tmpdir(), 'source-ca-'));
        ending.push(() => rm(folder, { recursive: true }));
        const file = join(folder, 'ca.pem');
        await writeFile(file, `# ${impostor.certificatePem}\n${authority.certificatePem}`);
        const typed = await sourceOf({ url: address, 'source-ca': file }, undefined);
        expect((await typed.read()).toString()).toBe('a\n1\n');
    });

    it('is not trusted where nobody named its CA, or another one of the same name', async () => {
        const address = await serving(csv);
        const fault = { code: 'SOURCE_CA_UNKNOWN', source: `${address}/` };
        expect(await sourceFaultOf(new HttpSource(address).read())).toEqual(fault);
        const mistaken = new HttpSource(address, { ca: impostor.certificatePem });
        expect(await sourceFaultOf(mistaken.read())).toEqual(fault);
    });

    it('is not trusted either where the environment has Node believe anybody', async () => {
        const address = await serving(csv);
        const preload = join(projectRoot, 'network', 'client', 'preload.cjs');
        const file = join(projectRoot, 'test', 'support', 'source-process.ts');
        const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
        const { stdout } = await execute(process.execPath, ['--require', preload, file, address], { env });
        expect(stdout.trim()).toBe('SOURCE_CA_UNKNOWN');
    });

    it('is told to show the certificate of another host', async () => {
        const address = await serving(csv, await issue(['weather.example'], present));
        expect(await faultAt(address)).toMatchObject({
            code: 'SOURCE_OF_OTHER_NAME',
            host,
            names: 'DNS:weather.example',
        });
    });

    it.each([
        ['that was', fromTo(-2 * hourMs, -hourMs), 'certificate has expired'],
        ['to come', fromTo(hourMs, 2 * hourMs), 'certificate is not yet valid'],
    ])('is told to show a certificate of a time %s', async (_, validity, why) => {
        const address = await serving(csv, await issue([host], validity));
        expect(await faultAt(address)).toMatchObject({ code: 'SOURCE_CERTIFICATE_OUTDATED', why });
    });

    it('that asks who reads it has its alert told, without OpenSSL’s places', async () => {
        const strict = { requestCert: true, rejectUnauthorized: true, ca: authority.certificatePem };
        const fault = await faultAt(await serving(csv, right, strict));
        expect(fault).toMatchObject({ code: 'SOURCE_UNREACHABLE', why: 'tlsv13 alert certificate required' });
    });

    it('that is asked by http hangs up, and is told to be of https', async () => {
        const address = (await serving(csv)).replace('https', 'http');
        const fault = await sourceFaultOf(new HttpSource(address).read());
        expect(fault).toMatchObject({ code: 'SOURCE_UNREACHABLE', why: expect.stringContaining('https') });
    });

    it('is told to be of http where the port speaks no TLS', async () => {
        const plain = createPlainServer(csv).listen(0, host);
        await once(plain, 'listening');
        ending.push(() => closed(plain));
        const address = `https://${host}:${(plain.address() as AddressInfo).port}`;
        expect(await faultAt(address)).toEqual({ code: 'SOURCE_OF_OTHER_SCHEME', source: `${address}/` });
    });

    it('is followed within its origin, and never down to http', async () => {
        const address = await serving((request, response) => {
            if (request.url === '/now') csv(request, response);
            else {
                const location = request.url === '/' ? '/now' : address.replace('https', 'http');
                response.writeHead(302, { location }).end();
            }
        });
        expect((await sourceAt(address).read()).toString()).toBe('a\n1\n');
        const fault = await faultAt(`${address}/down`);
        expect(fault).toMatchObject({ code: 'SOURCE_REDIRECTED', to: `${address.replace('https', 'http')}/` });
    });

    it('is larger than allowed, and let go at the limit though it would go on for ever', async () => {
        let gone: Promise<unknown> | undefined;
        const address = await serving((_, response) => {
            gone = once(response, 'close');
            response.writeHead(200);
            const more = (): void => {
                while (response.write('x'.repeat(1_024)));
            };
            response.on('drain', more);
            more();
        });
        expect(await faultAt(address, { maxBytes: 4_096 })).toMatchObject({
            code: 'SOURCE_TOO_LARGE',
            maxBytes: 4_096,
        });
        await gone;
    });

    it('that stalls in its answer is given up after its time', async () => {
        const address = await serving((_, response) => {
            response.writeHead(200);
            response.write('x');
        });
        expect(await faultAt(address, { timeoutMs: 200 })).toMatchObject({ code: 'SOURCE_TIMED_OUT', timeoutMs: 200 });
    });

    it('that stalls before TLS begins is given up after its time', async () => {
        const sockets: Socket[] = [];
        const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, host);
        await once(silent, 'listening');
        ending.push(async () => {
            for (const socket of sockets) socket.destroy();
            silent.close();
            await once(silent, 'close');
        });
        const address = `https://${host}:${(silent.address() as AddressInfo).port}`;
        expect(await faultAt(address, { timeoutMs: 200 })).toMatchObject({ code: 'SOURCE_TIMED_OUT', timeoutMs: 200 });
    });
});
