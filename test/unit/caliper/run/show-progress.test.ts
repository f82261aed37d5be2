import { describe, expect, it } from '@jest/globals';
import type { BenchmarkProgress } from '../../../../caliper/run/benchmark-progress';
import { newProgressDisplay } from '../../../../caliper/run/show-progress';

const round = (succeeded: number, isOver: boolean): BenchmarkProgress => ({
    kind: 'round',
    label: 'wired-set-50',
    isOver,
    planned: 10,
    submitted: 8,
    succeeded,
    failed: 0,
});

function shown(isTerminal: boolean, all: BenchmarkProgress[]): string {
    let text = '';
    const show = newProgressDisplay((part) => (text += part), isTerminal);
    for (const progress of all) show(progress);
    return text;
}

describe('newProgressDisplay', () => {
    const all = [{ kind: 'step', topology: 'wired', text: 'starting' } as const, round(5, false), round(10, true)];

    it('moves the last line of a terminal, and keeps it when the round is over', () => {
        const lines = shown(true, all).split('\n');
        expect(lines).toHaveLength(3);
        expect(lines[1]?.split('\r').at(-2)).toMatch(/\[#{10}\.{10}\] 8\/10 sent, 5 done, 0 failed$/);
        expect(lines[1]).toMatch(/\[#{20}\] 8\/10 sent, 10 done, 0 failed$/);
    });

    it('writes only whole lines into a file', () => {
        expect(shown(false, all).split('\n')).toEqual(['wired: starting', expect.stringContaining('10 done'), '']);
    });
});
