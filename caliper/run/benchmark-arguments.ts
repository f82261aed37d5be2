import { parseArgs } from 'node:util';
import { CaliperError } from '../caliper-errors';
import type { ConnectorKind } from '../rounds/operations';
import type { Suite } from '../rounds/plan-rounds';
import { suites } from '../rounds/plan-rounds';

export const benchmarkUsage = `Usage: npm run bench [-- OPTIONS]
Measures displacements, remote controls, Set and Query on every topology, then loses its main station in a drill, and
judges all of it; the report goes to reports/latest.
  --topology NAME|FILE   wired, wireless or a topology file; may be given again (default: wired and wireless)
  --suite NAME           default, full (more rates, each medium alone), thesis (its own rates) or drill (the drill alone)
  --no-drill             end without the drill; there is none in suite thesis, with --connector stock, --profile, docker
  --rates N,N,…          of Set and Query a second, in place of the suite's
  --transactions N       of each round (default 500)
  --connector NAME       grid (ours) or stock (Caliper's own, unmodified)
  --backend NAME         embedded (default), native (Fabric's own programs, from FABRIC_BIN or PATH) or docker (its images)
  --profile FILE         an existing Fabric 2.5 network in place of a back end
  --output FOLDER        for the report and the files of the run (default: reports, and .run/bench)
  --base-port N          first of the ports that each network takes (default: the topology's)
  --seed N               of the load and the links (default: the topology's)
Exit status: 0 all limits kept, 1 a round lost a transaction or a round or drill did not run to its end, 2 bad input, 3 a limit missed.`;

export interface BenchmarkArguments {
    readonly help: boolean;
    readonly topologies: readonly string[];
    readonly suite: Suite;
    readonly rates: readonly number[] | undefined;
    readonly transactions: number;
    readonly connector: ConnectorKind;
    readonly backend: string;
    readonly profile: string | undefined;
    readonly basePort: number | undefined;
    readonly seed: number | undefined;
    readonly output: string | undefined;
    /** Why no run ends with a drill; undefined where each that can does. */
    readonly withoutDrill: string | undefined;
}

const text = { type: 'string' } as const;
const options = {
    help: { type: 'boolean', default: false },
    topology: { type: 'string', multiple: true },
    suite: text,
    'no-drill': { type: 'boolean', default: false },
    rates: text,
    transactions: text,
    connector: text,
    backend: text,
    profile: text,
    'base-port': text,
    seed: text,
    output: text,
} as const;

/**
 * What was typed → what is meant. Throws CaliperError `BENCH_ARGUMENT_INVALID`, and what Node's parser throws of an option
 * that there is not.
 */
export function readBenchmarkArguments(args: readonly string[]): BenchmarkArguments {
    const { values } = parseArgs({ args: [...args], options });
    if (values.profile !== undefined) {
        refuseBeside('--backend', values.backend);
        refuseBeside('--topology', values.topology?.join(','));
        refuseBeside('--base-port', values['base-port']);
    }
    const suite = oneOf('--suite', values.suite ?? 'default', suites);
    const withoutDrill = whyWithoutDrill(values);
    if (suite === 'drill') refuseBesideDrill(values, withoutDrill);
    return {
        help: values.help,
        topologies: values.topology ?? ['wired', 'wireless'],
        suite,
        rates: values.rates?.split(',').map((rate) => wholeNumber('--rates', rate, 1)),
        transactions: wholeNumber('--transactions', values.transactions ?? '500', 1),
        connector: oneOf('--connector', values.connector ?? 'grid', ['grid', 'stock'] as const),
        backend: values.backend ?? 'embedded',
        profile: values.profile,
        output: values.output,
        basePort: values['base-port'] === undefined ? undefined : portNumber('--base-port', values['base-port']),
        seed: values.seed === undefined ? undefined : wholeNumber('--seed', values.seed, 0),
        withoutDrill,
    };
}

function refuse(argument: string, value: string, expected: string): never {
    throw new CaliperError({ code: 'BENCH_ARGUMENT_INVALID', argument, value, expected });
}

function refuseBeside(argument: string, value: string | undefined): void {
    if (value !== undefined) refuse(argument, value, 'either it or --profile, whose file names both');
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

function whyWithoutDrill({ 'no-drill': noDrill, profile, backend }: Values): string | undefined {
    if (noDrill) return '--no-drill was given.';
    if (profile !== undefined) return 'the nodes of --profile are somebody else’s, and are not killed.';
    return backend === 'docker' ? 'nodes in containers are not killed.' : undefined;
}

/** The drill alone has no rounds, and is played by our own main station on a network of the benchmark's own. */
function refuseBesideDrill({ rates, transactions, connector }: Values, withoutDrill: string | undefined): void {
    if (rates !== undefined) refuse('--rates', rates, 'no rates with --suite drill, which has no rounds');
    if (transactions !== undefined)
        refuse('--transactions', transactions, 'none with --suite drill, which has no rounds');
    if (connector === 'stock') refuse('--connector', connector, 'grid with --suite drill');
    if (withoutDrill !== undefined) refuse('--suite', 'drill', `another suite: ${withoutDrill.replace(/\.$/, '')}`);
}

function oneOf<Name extends string>(argument: string, value: string, names: readonly Name[]): Name {
    return names.find((name) => name === value) ?? refuse(argument, value, names.join(' or '));
}

function portNumber(argument: string, value: string): number {
    const port = wholeNumber(argument, value, 1024);
    return port <= 65_000 ? port : refuse(argument, value, 'a whole number from 1024 to 65000');
}

function wholeNumber(argument: string, value: string, least: number): number {
    const number = Number(value);
    if (value.trim() === '' || !Number.isSafeInteger(number) || number < least) {
        refuse(argument, value, `whole numbers from ${least} on`);
    }
    return number;
}
