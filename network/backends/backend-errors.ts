/** What can go wrong with bringing a network up or down. */
export type BackendFault =
    | { readonly code: 'BACKEND_UNKNOWN'; readonly name: string; readonly known: readonly string[] }
    | {
          readonly code: 'NETWORK_ALREADY_UP';
          readonly runDirectory: string;
          readonly pid: number;
          /** In what it is not the one that was asked for, in words. */
          readonly differs?: string;
      }
    | { readonly code: 'LEDGERS_OF_ANOTHER_NETWORK'; readonly runDirectory: string; readonly differs: string }
    | {
          /** Nothing can be written there: a full disk, a folder of somebody else's. */
          readonly code: 'RUN_DIRECTORY_UNUSABLE';
          readonly runDirectory: string;
          readonly reason: string;
      }
    | { readonly code: 'NETWORK_NOT_UP'; readonly runDirectory: string }
    | {
          /** An upgrade takes collections, and nothing else, from a topology. */
          readonly code: 'TOPOLOGY_CHANGED_FURTHER';
          readonly network: string;
          readonly topology: string;
      }
    | {
          readonly code: 'NETWORK_NOT_STARTED';
          /** Code of the fault that stopped it, e.g. PORT_IN_USE, CHAINCODE_NOT_STARTED; PROCESS_ENDED when it told none. */
          readonly causeCode: string;
          readonly reason: string;
          readonly logFile: string;
      }
    | {
          readonly code: 'NETWORK_ENDED';
          readonly pid: number;
          readonly logFile: string;
          readonly lastLines: readonly string[];
      }
    | {
          readonly code: 'NODE_ENDED';
          readonly node: string;
          /** How it ended: a signal or an exit status. */
          readonly reason: string;
          /** Why, as its log tells, and what to do; left out where the log tells nothing that is known. */
          readonly because?: string;
          readonly logFile: string;
          readonly lastLines: readonly string[];
      }
    | {
          /** A node that runs refused an administrator's step. */
          readonly code: 'NODE_REFUSED';
          readonly node: string;
          /** Which, and how, in a sentence. */
          readonly reason: string;
          /** As of NODE_ENDED. */
          readonly because?: string;
          readonly logFile: string;
          readonly lastLines: readonly string[];
      }
    | { readonly code: 'NODE_UNKNOWN'; readonly name: string; readonly near: readonly string[] }
    | {
          readonly code: 'NODE_NOT_CHANGED';
          readonly node: string;
          /** start, stop or kill */
          readonly act: string;
          readonly reason: string;
      }
    | {
          readonly code: 'NOT_ON_EMBEDDED';
          /** Completes "The embedded network cannot …". */
          readonly step: string;
          readonly because: string;
      }
    | {
          readonly code: 'BINARIES_MISSING';
          readonly missing: readonly string[];
          /** Where they were looked for, in words. */
          readonly searched: string;
      }
    | {
          readonly code: 'BINARIES_WRONG';
          readonly program: string;
          readonly file: string;
          /** What it is or said instead, in words. */
          readonly found: string;
      }
    | {
          readonly code: 'PROFILE_INVALID';
          readonly file: string;
          readonly findings: readonly { readonly path: string; readonly message: string }[];
      }
    | { readonly code: 'CHAINCODE_NOT_BUILT'; readonly directory: string; readonly reason: string }
    | {
          readonly code: 'WAITED_TOO_LONG';
          readonly forWhat: string;
          readonly deadlineMs: number;
          readonly lastLines: readonly string[];
      };

type Sentences = {
    readonly [Code in BackendFault['code']]: (fault: Extract<BackendFault, { readonly code: Code }>) => string;
};

const sentences: Sentences = {
    BACKEND_UNKNOWN: ({ name, known }) => `There is no back end named "${name}"; use ${known.join(' or ')}.`,
    NETWORK_ALREADY_UP: ({ differs, pid, runDirectory }) =>
        `A network is already up${differs === undefined ? '' : ` with ${differs}`} ` +
        `(process ${pid}, run directory ${runDirectory}). Stop it with "npm run network -- down" first.`,
    LEDGERS_OF_ANOTHER_NETWORK: ({ runDirectory, differs }) =>
        `${runDirectory} keeps the ledgers of a network with ${differs}. Bring that one up again as it was, or begin anew ` +
        'with "npm run network -- up --fresh", which deletes them.',
    RUN_DIRECTORY_UNUSABLE: ({ runDirectory, reason }) =>
        `Nothing can be written into ${runDirectory} (${reason}): make room or give access, and try again.`,
    NETWORK_NOT_UP: ({ runDirectory }) =>
        `No network is up in ${runDirectory}. Start one with "npm run network -- up".`,
    TOPOLOGY_CHANGED_FURTHER: ({ network, topology }) =>
        `The topology ${topology} is not that of the network ${network} with other collections: an upgrade takes ` +
        'chaincode.collections from it and nothing else. Name the file of that network, with these alone changed.',
    NETWORK_NOT_STARTED: ({ reason, logFile }) => `The network did not start: ${reason} (Its log: ${logFile})`,
    NETWORK_ENDED: ({ pid, logFile, lastLines }) =>
        `The network ended by itself (process ${pid}); its log is ${logFile}.${describeLines(lastLines)}`,
    NODE_ENDED: ({ node, reason, because, logFile, lastLines }) =>
        `${node} ended by itself (${reason})${because === undefined ? '' : `: ${because}`}; its log is ${logFile}.` +
        describeLines(lastLines),
    NODE_REFUSED: ({ node, reason, because, logFile, lastLines }) =>
        `${reason.replace(/\.$/, '')}${because === undefined ? '' : `: ${because}`}; the log of ${node} is ${logFile}.` +
        describeLines(lastLines),
    NODE_UNKNOWN: ({ name, near }) =>
        `The network has no node named "${name}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} ` +
        '"npm run network -- status" lists them.',
    NODE_NOT_CHANGED: ({ node, act, reason }) => `${node} did not ${act}: ${reason}`,
    NOT_ON_EMBEDDED: ({ step, because }) =>
        `The embedded network cannot ${step}: ${because}. A network with --backend native can.`,
    BINARIES_MISSING: ({ missing, searched }) =>
        `Fabric's ${missing.join(' and ')} cannot be found in ${searched}. Fabric's own installer fetches them ` +
        '("install-fabric.sh binary"); put its bin folder on PATH or name it in FABRIC_BIN.',
    BINARIES_WRONG: ({ program, file, found }) =>
        `${file} is not the ${program} of Fabric 2.5: ${found}. Put Fabric 2.5's on PATH or in FABRIC_BIN.`,
    PROFILE_INVALID: ({ file, findings }) => {
        const told = findings.map(({ path, message }) => `${path === '' ? 'the file' : path} ${message}`);
        return `${file} does not describe a Fabric network: ${told.join('; ')}.`;
    },
    CHAINCODE_NOT_BUILT: ({ directory, reason }) => `The chaincode in ${directory} cannot be compiled: ${reason}`,
    WAITED_TOO_LONG: ({ deadlineMs, forWhat, lastLines }) =>
        `Waited ${deadlineMs} ms in vain for ${forWhat}.${describeLines(lastLines)}`,
};

/** One sentence: what is wrong, where, what to do. */
export function describeBackendFault(fault: BackendFault): string {
    const says = sentences[fault.code] as (fault: BackendFault) => string;
    return says(fault);
}

function describeLines(lines: readonly string[]): string {
    return lines.length > 0 ? ` The last lines were:\n${lines.join('\n')}` : '';
}

export class BackendError extends Error {
    readonly fault: BackendFault;

    constructor(fault: BackendFault, options?: ErrorOptions) {
        super(describeBackendFault(fault), options);
        this.name = BackendError.name;
        this.fault = fault;
    }
}
