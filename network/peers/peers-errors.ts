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
    | { readonly code: 'PEERS_BUSY'; readonly runDirectory: string; readonly pid: number };

/** One sentence: what is wrong, where, what to do. */
export function describePeersFault(fault: PeersFault): string {
    switch (fault.code) {
        case 'PEERS_FIXED':
            return `A network with --backend ${fault.backend} cannot ${fault.step}: only --backend native can.`;
        case 'NOT_A_PEER':
            return `${fault.node} is the network's ${fault.kind}, and only a peer can ${fault.step}.`;
        case 'ORGANIZATION_ID_UNKNOWN':
            return `The network has no organisation ${fault.id}; it has ${fault.known.join(', ')}.`;
        case 'NODE_NOT_SERVING':
            return `${fault.node} does not serve, and ${fault.forWhat} needs it: look into its log, start it, and try again.`;
        case 'NO_LEDGER':
            return `${fault.node} runs the chaincode and has no ledger: back up a peer or an orderer.`;
        case 'PRIMARY_SERVES':
            return (
                `Every endorser of ${fault.organization} serves, ${fault.node} among them: there is nothing to bring a ` +
                'backup in for. To move a peer, say "npm run network -- migrate NODE".'
            );
        case 'NO_BACKUP_PEER':
            return (
                `${fault.organization} has no backup that serves; make one while others still have the ledger: ` +
                '"npm run network -- add-peer --org ORG --role backup".'
            );
        case 'CHAIN_BROKEN':
            return `Block ${fault.block} of ${fault.source} does not belong to the chain: ${fault.reason}.`;
        case 'BACKUP_FOLDER_TAKEN':
            return `${fault.folder} is there already, and a backup is never written over: name another folder.`;
        case 'BACKUP_INVALID':
            return `${fault.file} is of no use here: ${fault.reason}. Nothing was restored; take another backup.`;
        case 'PEERS_BUSY':
            return `Process ${fault.pid} is changing the peers of ${fault.runDirectory}: wait until it is done.`;
    }
}

export class PeersError extends Error {
    readonly fault: PeersFault;

    constructor(fault: PeersFault, options?: ErrorOptions) {
        super(describePeersFault(fault), options);
        this.name = PeersError.name;
        this.fault = fault;
    }
}
