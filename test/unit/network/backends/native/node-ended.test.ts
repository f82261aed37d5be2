import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AdminError } from '../../../../../network/admin/admin-errors';
import { explainEnd, newNodeEnded, withLogOfNode } from '../../../../../network/backends/native/node-ended';

/** Last words of nodes of Fabric 2.5.16. */
const lastWords: readonly (readonly [string, string])[] = [
    ['Cannot commit block to the ledger due to write /x/blockfile_000000: no space left on device', 'its disk is full'],
    ['Could not append block: error appending block to file: write /x: no space left on device', 'its disk is full'],
    [
        'Error: failed to initialize operations subsystem: listen tcp 127.0.0.1:1: bind: address already in use',
        'its port',
    ],
    ['Cannot run peer because error when setting up MSP: signing identity expired 1h0m0.89s ago', 'has expired'],
    ['KeyMaterial not found in SigningIdentityInfo', 'do not belong together'],
];

describe('explainEnd', () => {
    it.each(lastWords)('knows "%s"', (line, because) => {
        expect(explainEnd(['before', line, 'goroutine 1 [running]:']).because).toContain(because);
    });

    it('shows the lines up to the one that tells, not the stacks behind it', () => {
        const stack = Array.from({ length: 40 }, (_, at) => `goroutine ${at}`);
        const { lines } = explainEnd([...stack, 'no space left on device', ...stack]);
        expect(lines).toHaveLength(10);
        expect(lines.at(-1)).toBe('no space left on device');
    });

    it('invents no reason', () => {
        expect(explainEnd(['all is well', 'so long'])).toEqual({ lines: ['all is well', 'so long'] });
    });
});

describe('newNodeEnded', () => {
    it('is one sentence with the node, the reason, the log and its last lines (NODE_ENDED)', () => {
        const folder = mkdtempSync(join(tmpdir(), 'node-ended-'));
        const logFile = join(folder, 'peer0.log');
        writeFileSync(logFile, 'one\nwrite /x: no space left on device\n');
        const error = newNodeEnded('peer0.primary', 'status 2', logFile);
        rmSync(folder, { recursive: true });
        expect(error.message).toBe(
            'peer0.primary ended by itself (status 2): its disk is full: make room, then start it again; ' +
                `its log is ${logFile}. The last lines were:\none\nwrite /x: no space left on device`,
        );
    });
});

describe('withLogOfNode', () => {
    const refused = new AdminError({
        code: 'ORDERER_NOT_JOINED',
        node: 'orderer.primary',
        channel: 'distribution',
        status: 400,
        reason: 'failed to initialize WAL: no space left on device',
    });

    it('adds the log of the node that refused, and why as far as its words are known (NODE_REFUSED)', () => {
        const folder = mkdtempSync(join(tmpdir(), 'node-refused-'));
        mkdirSync(join(folder, 'logs'));
        writeFileSync(join(folder, 'logs', 'orderer.primary.log'), 'one\ntwo\n');
        const error = withLogOfNode(refused, folder);
        rmSync(folder, { recursive: true });
        expect(error).toMatchObject({
            fault: { code: 'NODE_REFUSED', node: 'orderer.primary', lastLines: ['one', 'two'] },
        });
        expect((error as Error).message).toMatch(
            /^orderer\.primary did not join .* no space left on device: its disk is full: make room, .*\.log\. The last lines were:\none\ntwo$/,
        );
    });

    it('leaves alone what is no refusal by a node', () => {
        const bug = new TypeError('a bug');
        expect(withLogOfNode(bug, '/nowhere')).toBe(bug);
    });
});
