import { describe, expect, it } from '@jest/globals';
import { measureStarts, type CommandEnd, type StartDesk } from '../../../../caliper/start/measure-starts';

const commands = { up: ['up'], set: ['set'], down: ['down'] };

interface TypedDesk extends StartDesk {
    readonly typed: string[];
}

/** A desk on which every command takes the next of these times, and ends as it is told. */
function aDesk(takesMs: readonly number[], endOf: (word: string) => number | string = () => 0): TypedDesk {
    const typed: string[] = [];
    let now = 0;
    return {
        typed,
        run: ([word = '']): Promise<CommandEnd> => {
            now += takesMs[typed.length] ?? 0;
            typed.push(word);
            return Promise.resolve({ status: endOf(word), lastLines: [`${word} said this`] });
        },
        nowMs: () => now,
        load: () => 0.5,
        progress: () => undefined,
    };
}

describe('measuring starts', () => {
    it('counts from typing up to the committed Set, and not the taking down', async () => {
        const desk = aDesk([3000, 900, 50_000, 3000, 1001, 50_000]);
        const starts = await measureStarts({ commands, times: 2, limitMs: 4000 }, desk);
        expect(starts).toEqual([
            { upMs: 3000, setMs: 900, totalMs: 3900, load: 0.5, kept: true },
            { upMs: 3000, setMs: 1001, totalMs: 4001, load: 0.5, kept: false },
        ]);
        expect(desk.typed).toEqual(['up', 'set', 'down', 'up', 'set', 'down']);
    });

    it('takes the network down and tells what failed, when the Set does', async () => {
        const desk = aDesk([], (word) => (word === 'set' ? 1 : 0));
        const measured = measureStarts({ commands, times: 2, limitMs: 4000 }, desk);
        await expect(measured).rejects.toThrow(/^"npm run set" ended with 1, .* try it by hand\..*\nset said this$/);
        await expect(measured).rejects.toMatchObject({
            fault: { code: 'COMMAND_FAILED', command: 'npm run set', status: 1, lastLines: ['set said this'] },
        });
        expect(desk.typed).toEqual(['up', 'set', 'down']);
    });
});
