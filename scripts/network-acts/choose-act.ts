import { parseArgs } from 'node:util';
import { UsageError } from '../run-script';
import type { ActOptions, ActValues, NetworkAct } from './network-act';

/** What was typed behind `npm run network --`, or another command that has acts. */
export interface ChosenAct {
    readonly act: NetworkAct;
    readonly values: ActValues<ActOptions>;
    readonly words: readonly string[];
}

/**
 * Reads a command line: the act, its words and its options. Gives `help` when that was asked for or nothing was typed.
 * Throws UsageError for an act that there is not, for words too many or too few, and for an option of another act.
 */
export function chooseAct(
    acts: readonly NetworkAct[],
    args: readonly string[],
    command = 'network',
): ChosenAct | 'help' | 'nothing' {
    const all = Object.assign({}, ...acts.map(({ options }) => options)) as ActOptions;
    const known = { ...all, help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true });
    const { help, ...given } = values as Record<string, string | boolean | undefined>;
    const [name, ...words] = positionals;
    if (help) return 'help';
    if (name === undefined) return 'nothing';
    const act = acts.find((each) => each.name === name);
    const usage = usageOf(acts, command);
    if (!act) {
        const names = acts.map((each) => each.name);
        const listed = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
        throw new UsageError(`There is no "${name}": say ${listed}.\n${usage}`);
    }
    const wanted = act.words ?? [];
    if (words.length > wanted.length) {
        throw new UsageError(`${words.slice(wanted.length).join(' ')} is one word too many.\n${usage}`);
    }
    if (words.length < wanted.length) {
        throw new UsageError(`${act.name} needs ${wanted.slice(words.length).join(' and ')}.\n${usage}`);
    }
    const foreign = Object.keys(given).find((option) => !Object.hasOwn(act.options, option));
    if (foreign !== undefined) {
        throw new UsageError(`--${foreign} is not an option of ${act.name}.\n${usage}`);
    }
    return { act, values: given as ActValues<ActOptions>, words };
}

/** How the command is used: every act, then every option with the acts that take it. */
export function usageOf(acts: readonly NetworkAct[], command = 'network'): string {
    const actLines = acts.map((act) => [[act.name, ...(act.words ?? [])].join(' '), act.usage] as const);
    const options = new Map(acts.flatMap((act) => Object.entries(act.options)));
    const optionLines = [...options].map(
        ([name, { value, usage }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, usage] as const,
    );
    const width = Math.max(...[...actLines, ...optionLines].map(([left]) => left.length)) + 2;
    const render = ([left, right]: readonly [string, string]): string => `  ${left.padEnd(width)}${right}`;
    return [
        `Usage: npm run ${command} -- ${acts.map(({ name }) => name).join(' | ')}`,
        ...actLines.map(render),
        '',
        ...optionLines.map(render),
    ].join('\n');
}
