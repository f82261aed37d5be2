import { describe, expect, it } from '@jest/globals';
import { parseArgs } from 'node:util';
import { BackendError } from '../../../network/backends/backend-errors';
import { ClientError } from '../../../network/client/client-errors';
import { TopologyError } from '../../../network/topology/topology-errors';
import { exitCodeOfError, sentenceOf, UsageError } from '../../../scripts/run-script';

function thrownBy(act: () => unknown): Error {
    try {
        act();
    } catch (error) {
        return Object.assign(new Error((error as Error).message), error);
    }
    throw new Error('nothing was thrown');
}

describe('sentenceOf', () => {
    const more = '--help lists what may be given.';

    it.each([
        [['--nonsense'], `Unknown option '--nonsense': ${more}`],
        [['--rates'], `Option '--rates <value>' argument missing: ${more}`],
        [['--rates', '--check'], `--rates needs a value; one that begins with a dash is typed --rates=-…: ${more}`],
        [['--check=-1'], `Option '--check' does not take an argument: ${more}`],
        [['word'], `Unexpected argument 'word': ${more}`],
    ])('makes one of what Node says of %j', (args, sentence) => {
        const options = { rates: { type: 'string' }, check: { type: 'boolean' } } as const;
        expect(sentenceOf(thrownBy(() => parseArgs({ args, options })))).toBe(sentence);
    });
});

describe('exitCodeOfError', () => {
    it('is 2 for what whoever typed the command can cure', () => {
        const started = { code: 'NETWORK_NOT_STARTED', reason: 'x', logFile: 'x' } as const;
        const errors = [
            new UsageError('x'),
            new TopologyError({ code: 'TOPOLOGY_NOT_FOUND', file: 'x', known: [] }),
            new BackendError({ code: 'BACKEND_UNKNOWN', name: 'x', known: [] }),
            new BackendError({ code: 'NETWORK_ALREADY_UP', runDirectory: 'x', pid: 1 }),
            new BackendError({ ...started, causeCode: 'PORT_IN_USE' }),
            new ClientError({ code: 'CALL_UNUSABLE', why: 'x' }),
            thrownBy(() => parseArgs({ args: ['--nonsense'], options: {} })),
        ];
        expect(errors.map(exitCodeOfError)).toEqual(errors.map(() => 2));
    });

    it('is 1 for a network that is not there, and for a call that was refused', () => {
        const errors = [
            new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: 'x' }),
            new ClientError({ code: 'CLIENT_UNREACHABLE', node: 'x', why: 'x' }),
            new ClientError({ code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' }),
        ];
        expect(errors.map(exitCodeOfError)).toEqual([1, 1, 1]);
    });

    it('is none for a bug, which is shown with its stack', () => {
        expect([new TypeError('x'), 'text', undefined].map(exitCodeOfError)).toEqual([undefined, undefined, undefined]);
    });
});
