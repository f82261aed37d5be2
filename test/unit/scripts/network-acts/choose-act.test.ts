import { describe, expect, it } from '@jest/globals';
import { chooseAct, usageOf } from '../../../../scripts/network-acts/choose-act';
import { findAct, listActs } from '../../../../scripts/network-acts/list-acts';
import type { NetworkAct } from '../../../../scripts/network-acts/network-act';

const noOptions = {};
const acts: readonly NetworkAct[] = [
    {
        name: 'open',
        usage: 'opens',
        options: { wide: { type: 'boolean', usage: 'wholly' } },
        run: () => Promise.resolve(0),
    },
    {
        name: 'paint',
        words: ['DOOR', 'COLOUR'],
        usage: 'paints',
        options: { coats: { type: 'string', value: 'N', usage: 'how often' } },
        run: () => Promise.resolve(0),
    },
    { name: 'shut', usage: 'shuts', options: noOptions, run: () => Promise.resolve(0) },
];

describe('chooseAct', () => {
    it('reads the act, its words and its options wherever they stand', () => {
        expect(chooseAct(acts, ['--coats', '2', 'paint', 'front', 'red'])).toEqual({
            act: acts[1],
            values: { coats: '2' },
            words: ['front', 'red'],
        });
    });

    it('tells a wish for help from nothing at all', () => {
        expect([chooseAct(acts, ['shut', '--help']), chooseAct(acts, [])]).toEqual(['help', 'nothing']);
    });

    it.each([
        [['lock'], 'There is no "lock": say open, paint or shut.'],
        [['shut', 'it'], 'it is one word too many.'],
        [['paint', 'front'], 'paint needs COLOUR.'],
        [['paint'], 'paint needs DOOR and COLOUR.'],
        [['shut', '--wide'], '--wide is not an option of shut.'],
        [['shut', '--fast'], "Unknown option '--fast'"],
    ])('refuses %j: %s', (args, sentence) => {
        expect(() => chooseAct(acts, args)).toThrow(sentence);
    });
});

describe('usageOf', () => {
    it('names every act with its words, and every option once', () => {
        const lines = usageOf(acts).split('\n');
        expect(lines[0]).toBe('Usage: npm run network -- open | paint | shut');
        expect(lines).toContain('  paint DOOR COLOUR  paints');
        expect(lines.filter((line) => line.includes('--coats N'))).toHaveLength(1);
    });

    it('has a line of its own for every act there is', () => {
        expect(listActs().map(({ name }) => name)).toEqual([
            ...['up', 'down', 'status', 'logs', 'stop', 'start', 'kill', 'link', 'configure', 'revoke', 'upgrade'],
            ...['add-peer', 'migrate', 'reprotect', 'watch', 'backup', 'restore'],
        ]);
    });

    it('finds an act by its name, and nothing by another', () => {
        expect(findAct('add-peer')?.name).toBe('add-peer');
        expect(findAct('toString')).toBeUndefined();
    });
});
