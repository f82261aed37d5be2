import type { ExitCode } from '../../caliper/report/exit-code';

/** An option of an act, and its line in the usage. */
export interface ActOption {
    readonly type: 'string' | 'boolean';
    /** What a string stands for, e.g. `N`. */
    readonly value?: string;
    readonly usage: string;
}

export type ActOptions = Readonly<Record<string, ActOption>>;

/** What was given of an act's options. */
export type ActValues<Options extends ActOptions> = {
    readonly [Name in keyof Options]?: Options[Name]['type'] extends 'boolean' ? boolean : string;
};

/** One thing that `npm run network` does, or another command that has acts. */
export interface NetworkAct<Options extends ActOptions = ActOptions> {
    /** The word that chooses it. */
    readonly name: string;
    /** The words that must follow, as the usage names them, e.g. `NODE`. */
    readonly words?: readonly string[];
    /** Its line in the usage. */
    readonly usage: string;
    readonly options: Options;
    run(values: ActValues<Options>, words: readonly string[]): Promise<ExitCode>;
}

/** Options that say which network is meant. */
export const whichNetwork = {
    topology: { type: 'string', value: 'NAME|FILE', usage: 'wired (default of up), wireless, or a topology file' },
    backend: {
        type: 'string',
        value: 'NAME',
        usage: "embedded (default of up), native (Fabric's own programs, from FABRIC_BIN or PATH) or docker (its images)",
    },
} as const satisfies ActOptions;
