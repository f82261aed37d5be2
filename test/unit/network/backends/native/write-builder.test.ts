import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeBuilder } from '../../../../../network/backends/native/write-builder';

describe('our own builder for chaincode as a service', () => {
    const folder = mkdtempSync(join(tmpdir(), 'write-builder-'));
    const at = (name: string): string => join(folder, name);
    const run = (name: string, ...args: string[]): number | null =>
        spawnSync(join(folder, 'builder', 'bin', name), args.map(at)).status;
    beforeAll(async () => {
        await writeBuilder(at('builder'));
        for (const name of ['source', 'empty', 'ccaas', 'golang', 'output', 'release']) mkdirSync(at(name));
        writeFileSync(join(at('ccaas'), 'metadata.json'), '{"path":"","type":"ccaas","label":"a"}');
        writeFileSync(join(at('golang'), 'metadata.json'), '{"path":"","type":"golang","label":"ccaas"}');
        writeFileSync(join(at('source'), 'connection.json'), '{"address":"127.0.0.1:1"}');
    });
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it('detects packages of type ccaas and no others', () => {
        expect([run('detect', 'source', 'ccaas'), run('detect', 'source', 'golang')]).toEqual([0, 1]);
    });

    it('hands the connection on to where a peer looks for it', () => {
        expect(run('build', 'source', 'ccaas', 'output')).toBe(0);
        expect(run('release', 'output', 'release')).toBe(0);
        const released = join(at('release'), 'chaincode', 'server', 'connection.json');
        expect(readFileSync(released, 'utf8')).toBe('{"address":"127.0.0.1:1"}');
    });

    it('refuses a package without a connection', () => {
        expect(run('build', 'empty', 'ccaas', 'release')).toBe(1);
        expect(existsSync(join(at('release'), 'connection.json'))).toBe(false);
    });
});
