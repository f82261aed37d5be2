/** One thing wrong in a file, and where. */
export interface Finding {
    /** Path in the file, e.g. `organizations.0.peers.0.host`, `line 12, column 3` or `buses.csv:7`. */
    readonly path: string;
    readonly message: string;
}

export type TopologyFault =
    | { readonly code: 'TOPOLOGY_INVALID'; readonly file: string; readonly findings: readonly Finding[] }
    | { readonly code: 'TOPOLOGY_NOT_FOUND'; readonly file: string; readonly known: readonly string[] }
    | { readonly code: 'GRID_DATA_INVALID'; readonly folder: string; readonly findings: readonly Finding[] };

/** One sentence (and a line for each finding): what is wrong, where, what to do. */
export function describeTopologyFault(fault: TopologyFault): string {
    switch (fault.code) {
        case 'TOPOLOGY_INVALID':
            return `The topology file ${fault.file} has ${countOf(fault.findings)}; correct and try again:${listOf(fault.findings)}`;
        case 'TOPOLOGY_NOT_FOUND':
            return `There is no topology file ${fault.file}; name one of ${fault.known.join(', ')}, or the path of a YAML file.`;
        case 'GRID_DATA_INVALID':
            return `The grid data in ${fault.folder} have ${countOf(fault.findings)}; correct the files or name another folder in grid.folder:${listOf(fault.findings)}`;
    }
}

export class TopologyError extends Error {
    readonly fault: TopologyFault;

    constructor(fault: TopologyFault, options?: ErrorOptions) {
        super(describeTopologyFault(fault), options);
        this.name = TopologyError.name;
        this.fault = fault;
    }
}

function countOf(findings: readonly Finding[]): string {
    return findings.length === 1 ? '1 fault' : `${findings.length} faults`;
}

function listOf(findings: readonly Finding[]): string {
    return findings.map((finding) => `\n  ${finding.path}: ${finding.message}`).join('');
}
