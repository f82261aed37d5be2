/** What can go wrong with bringing a network up or down. */
export type BackendFault =
    | { readonly code: 'BACKEND_UNKNOWN'; readonly name: string; readonly known: readonly string[] }
    | { readonly code: 'NETWORK_ALREADY_UP'; readonly runDirectory: string; readonly pid: number }
    | { readonly code: 'NETWORK_NOT_UP'; readonly runDirectory: string }
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
          readonly reason: string;
          readonly logFile: string;
          readonly lastLines: readonly string[];
      }
    | {
          readonly code: 'BINARIES_MISSING';
          readonly missing: readonly string[];
          /** Where they were looked for, in words. */
          readonly searched: string;
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

/** One sentence: what is wrong, where, what to do. */
export function describeBackendFault(fault: BackendFault): string {
    switch (fault.code) {
        case 'BACKEND_UNKNOWN':
            return `There is no back end named "${fault.name}"; use ${fault.known.join(' or ')}.`;
        case 'NETWORK_ALREADY_UP':
            return (
                `A network is already up (process ${fault.pid}, run directory ${fault.runDirectory}). ` +
                'Stop it with "npm run network -- down" first.'
            );
        case 'NETWORK_NOT_UP':
            return `No network is up in ${fault.runDirectory}. Start one with "npm run network -- up".`;
        case 'NETWORK_NOT_STARTED':
            return `The network did not start: ${fault.reason} (Its log: ${fault.logFile})`;
        case 'NETWORK_ENDED':
            return (
                `The network ended by itself (process ${fault.pid}); its log is ${fault.logFile}.` +
                describeLines(fault.lastLines)
            );
        case 'NODE_ENDED':
            return `${fault.node} ended by itself (${fault.reason}); its log is ${fault.logFile}.${describeLines(fault.lastLines)}`;
        case 'BINARIES_MISSING':
            return (
                `Fabric's ${fault.missing.join(' and ')} cannot be found in ${fault.searched}. ` +
                'Fabric\'s own installer fetches them ("install-fabric.sh binary"); put its bin folder on PATH or name it in ' +
                'FABRIC_BIN.'
            );
        case 'PROFILE_INVALID': {
            const findings = fault.findings.map(({ path, message }) => `${path === '' ? 'the file' : path} ${message}`);
            return `${fault.file} does not describe a Fabric network: ${findings.join('; ')}.`;
        }
        case 'CHAINCODE_NOT_BUILT':
            return `The chaincode in ${fault.directory} cannot be compiled: ${fault.reason}`;
        case 'WAITED_TOO_LONG':
            return `Waited ${fault.deadlineMs} ms in vain for ${fault.forWhat}.${describeLines(fault.lastLines)}`;
    }
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
