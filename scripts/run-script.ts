import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { joinNegativeNumbers } from './typed-arguments';

// Discovered nodes are addresses on loopback, where Node would rather see names: told to nobody who could change it.
process.noDeprecation = true;

/** What was typed cannot be used; the message says how it is meant. */
export class UsageError extends Error {
    override readonly name = 'UsageError';
    readonly fault = { code: 'USAGE' } as const;
}

/** Runs a script's main function on what was typed: sets the exit code, and tells a fault in a sentence, without a stack. */
export function runScript(main: (args: string[]) => Promise<ExitCode>): void {
    main(joinNegativeNumbers(process.argv.slice(2))).then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            const code = exitCodeOfError(error);
            if (code === undefined) throw error;
            console.error(sentenceOf(error as Error));
            process.exitCode = code;
        },
    );
}

/** Node's own words for an option that does not exist, or lacks its value, go on about something else after the first sentence. */
export function sentenceOf(error: Error): string {
    if (!isArgumentError(error)) return error.message;
    const [said = ''] = error.message.split(/\.?\n|\. |\.$/);
    const [, option] = /^Option '(?:-\w, )?(--[^']+)' argument is ambiguous/.exec(said) ?? [];
    const what =
        option === undefined ? said : `${option} needs a value; one that begins with a dash is typed ${option}=-…`;
    return `${what}: --help lists what may be given.`;
}

function isArgumentError(error: Error): boolean {
    return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Faults that whoever typed the command can cure, by typing another one or by making room for it. */
const badInputCodes = new Set([
    'USAGE',
    'CALL_UNUSABLE',
    'TOPOLOGY_INVALID',
    'TOPOLOGY_NOT_FOUND',
    'GRID_DATA_INVALID',
    'IDENTITY_UNKNOWN',
    'IDENTITY_FILE_MISSING',
    'ORGANIZATION_UNKNOWN',
    'BACKEND_UNKNOWN',
    'SITE_UNKNOWN',
    'LINKS_NOT_MODELLED',
    'LINKS_NOT_ON_BACKEND',
    'BINARIES_MISSING',
    'BINARIES_WRONG',
    'LEDGERS_OF_ANOTHER_NETWORK',
    'RUN_DIRECTORY_UNUSABLE',
    'NODE_UNKNOWN',
    'NOT_ON_EMBEDDED',
    'BLOCK_CUTTING_INVALID',
    'ADMINISTRATOR_NOT_REVOCABLE',
    'PEERS_FIXED',
    'NOT_A_PEER',
    'NO_LEDGER',
    'ORGANIZATION_ID_UNKNOWN',
    'BACKUP_FOLDER_TAKEN',
    'BACKUP_INVALID',
    'ALREADY_WATCHED',
    'DOCKER_MISSING',
    'DOCKER_NOT_ANSWERING',
    'PROFILE_INVALID',
    'NETWORK_ALREADY_UP',
    'PORT_IN_USE',
    'CHAINCODE_NOT_BUILT',
    'CHAINCODE_NOT_STARTED',
    'BENCH_ARGUMENT_INVALID',
    'BENCH_ALREADY_RUNNING',
    'TRANSACTIONS_NOT_DIVISIBLE',
    'ROUND_EXCEEDS_MEDIUM',
    'ROUND_ARGUMENTS_INVALID',
    'DRILL_IMPOSSIBLE',
    'REPORT_UNREADABLE',
    'REPORT_INVALID',
    'GENESIS_UNUSABLE',
    'SOURCE_ADDRESS_INVALID',
    'SOURCE_CA_UNUSABLE',
    'STORE_UNUSABLE',
]);

/** The exit code of an error that carries a fault, and so a sentence of its own; undefined for a bug. */
export function exitCodeOfError(error: unknown): ExitCode | undefined {
    if (!(error instanceof Error)) return undefined;
    if (isArgumentError(error)) return exitCodes.badInput;
    const fault = 'fault' in error ? error.fault : undefined;
    if (typeof fault !== 'object' || fault === null || !('code' in fault)) return undefined;
    const codes = [fault.code, 'causeCode' in fault ? fault.causeCode : undefined];
    return codes.some((code) => typeof code === 'string' && badInputCodes.has(code))
        ? exitCodes.badInput
        : exitCodes.lost;
}
