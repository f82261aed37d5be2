import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { explainEnd, newNodeEnded } from '../../../../../network/backends/native/node-ended';

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
