/** What can go wrong with adding peers to a running network, backing nodes up, and moving them. */
export type PeersFault =
    | { readonly code: 'PEERS_FIXED'; readonly backend: string; readonly step: string }
    | { readonly code: 'NOT_A_PEER'; readonly node: string; readonly kind: string; readonly step: string }
    | { readonly code: 'ORGANIZATION_ID_UNKNOWN'; readonly id: string; readonly known: readonly string[] }
    | { readonly code: 'NODE_NOT_SERVING'; readonly node: string; readonly forWhat: string }
    | { readonly code: 'NO_LEDGER'; readonly node: string }
    | { readonly code: 'PRIMARY_SERVES'; readonly organization: string; readonly node: string }
    | { readonly code: 'NO_BACKUP_PEER'; readonly organization: string }
    | { readonly code: 'CHAIN_BROKEN'; readonly source: string; readonly block: number; readonly reason: string }
    | { readonly code: 'BACKUP_FOLDER_TAKEN'; readonly folder: string }
    | { readonly code: 'BACKUP_INVALID'; readonly file: string; readonly reason: string }
    | { readonly code: 'PEERS_BUSY'; readonly runDirectory: string; readonly pid: number }
    | { readonly code: 'ALREADY_WATCHED'; readonly runDirectory: string; readonly pid: number };

type Sentences = {
    readonly [Code in PeersFault['code']]: (fault: Extract<PeersFault, { readonly code: Code }>) => string;
};

const sentences: Sentences = {
    PEERS_FIXED: (fault) =>
        `A network with --backend ${fault.backend} cannot ${fault.step}: only --backend native can.`,
    NOT_A_PEER: (fault) => `${fault.node} is the network's ${fault.kind}, and only a peer can ${fault.step}.`,
    ORGANIZATION_ID_UNKNOWN: (fault) =>
        `The network has no organisation ${fault.id}; it has ${fault.known.join(', ')}.`,
    NODE_NOT_SERVING: (fault) =>
        `${fault.node} does not serve, and ${fault.forWhat} needs it: look into its log, start it, and try again.`,
    NO_LEDGER: (fault) => `${fault.node} runs the chaincode and has no ledger: back up a peer or an orderer.`,
    PRIMARY_SERVES: (fault) =>
        `Every endorser of ${fault.organization} serves, ${fault.node} among them: there is nothing to bring a ` +
        'backup in for. To move a peer, say "npm run network -- migrate NODE".',
    NO_BACKUP_PEER: (fault) =>
        `${fault.organization} has no backup that serves; make one while others still have the ledger: ` +
        '"npm run network -- add-peer --org ORG --role backup".',
    CHAIN_BROKEN: (fault) => `Block ${fault.block} of ${fault.source} does not belong to the chain: ${fault.reason}.`,
    BACKUP_FOLDER_TAKEN: (fault) =>
        `${fault.folder} is there already, and a backup is never written over: name another folder.`,
    BACKUP_INVALID: (fault) =>
        `${fault.file} is of no use here: ${fault.reason}. Nothing was restored; take another backup.`,
    PEERS_BUSY: (fault) =>
        `Process ${fault.pid} is changing the peers of ${fault.runDirectory}: wait until it is done.`,
    ALREADY_WATCHED: (fault) =>
        `Process ${fault.pid} is watching the endorsers of ${fault.runDirectory} already: one is enough.`,
};

/** One sentence: what is wrong, where, what to do. */
export function describePeersFault(fault: PeersFault): string {
    const says = sentences[fault.code] as (fault: PeersFault) => string;
    return says(fault);
}

export class PeersError extends Error {
    readonly fault: PeersFault;

    constructor(fault: PeersFault, options?: ErrorOptions) {
        super(describePeersFault(fault), options);
        this.name = PeersError.name;
        this.fault = fault;
    }
}
