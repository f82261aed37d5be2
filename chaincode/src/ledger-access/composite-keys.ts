import type { ChaincodeStub } from 'fabric-shim-api';

/**
 * Every key layout of the chaincode: the composite key's object type → its attributes, in order. Fabric ends each part
 * with U+0000, which no part may hold, so two layouts, or two keys of one, never collide.
 */
export const keyLayouts = {
    /** Which organisation may hold which role: one record. */
    roles: [],
    terminal: ['terminalId'],
    /** Index for lists: what is listed stands in the entry. */
    'terminal-by-state': ['mspId', 'state', 'feeder', 'terminalId'],
    /** Index for general interrogation: terminals that are not retired. */
    'terminal-by-feeder': ['feeder', 'terminalId'],
    /** Renewals that wait for an operator; apart from the terminal, so that asking disturbs no `Set`. */
    renewal: ['mspId', 'terminalId'],
    /** The terminals that a concentrator may report for. */
    roster: ['concentratorId'],
    /** A terminal's own newest reading; Fabric's history keeps the former ones. */
    reading: ['terminalId'],
    /** A concentrator's newest batch. */
    batch: ['concentratorId'],
    /** Dispatch authority: one record. */
    authority: [],
    /** What an organisation's operators propose: one record each. */
    'authority-proposal': ['mspId'],
    /** A displacement has a key of its own, so that no report of a block displaces another. */
    displacement: ['terminalId', 'soe'],
    /** A device's newest operation. */
    operation: ['terminalId', 'deviceId'],
    /** The tags on a device. */
    tag: ['terminalId', 'deviceId'],
    /** The earths on a section of the grid. */
    earth: ['section'],
    /** A reading that its terminal signed, under the terminal's own count: a second copy finds the first. */
    'signed-reading': ['terminalId', 'sequence'],
    'signed-batch': ['concentratorId', 'sequence'],
    /** Acquisition: what is to be read, when and by whom. */
    task: ['taskId'],
    /** One tick of a task. */
    round: ['taskId', 'tick'],
    /** Index for lists: rounds that are not sealed. */
    'open-round': ['taskId', 'tick'],
    'task-reading': ['taskId', 'tick', 'terminalId'],
    'task-batch': ['taskId', 'tick', 'concentratorId'],
    /** What a round was sealed into. */
    'data-block': ['taskId', 'tick'],
    /** The newest data block of a task. */
    'data-chain': ['taskId'],
    asset: ['assetId'],
    /** Index for lists: a static, dynamic or accounting attribute and its value. */
    'asset-by-attribute': ['attribute', 'value', 'assetId'],
    'asset-transfer': ['assetId', 'number'],
    /** A use of an asset's data, and the index of what either party is owed or owes. */
    'data-use': ['assetId', 'useId'],
    'data-use-by-party': ['mspId', 'side', 'state', 'assetId', 'useId'],
    'information-asset': ['assetId'],
    'information-asset-by-stage': ['mspId', 'stage', 'assetId'],
    /** Indexes for reports: who runs a version, who has a port open. */
    'information-asset-by-version': ['name', 'version', 'assetId'],
    'information-asset-by-port': ['protocol', 'port', 'assetId'],
    /** Every configuration that an information asset had. */
    'asset-configuration': ['assetId', 'revision'],
    'security-test': ['assetId', 'testId'],
    finding: ['assetId', 'findingId'],
    /** Index of the findings that wait for their rectification, in the order of their deadlines. */
    'finding-by-due': ['due', 'assetId', 'findingId'],
    /** In the supervisors' collection what only they read of a finding or test; on the ledger, once announced, its digest. */
    'finding-details': ['assetId', 'findingId'],
    'test-details': ['assetId', 'testId'],
    /** The digest of a document that stays off-chain, and the index that tells a swapped one. */
    anchor: ['name'],
    'anchor-by-digest': ['sha256', 'name'],
    /** Who may answer for data off the chain. */
    oracle: ['oracleId'],
    /** What oracles are asked, each answer under a key of its own, and what the answers of a round came to. */
    feed: ['feedId'],
    'feed-submission': ['feedId', 'tick', 'oracleId'],
    'feed-conclusion': ['feedId', 'tick'],
} as const satisfies Record<string, readonly string[]>;

export type KeyLayout = keyof typeof keyLayouts;

type KeyMaker = Pick<ChaincodeStub, 'createCompositeKey'>;

/** The key of one record. */
export function ledgerKey(stub: KeyMaker, layout: KeyLayout, attributes: readonly string[]): string {
    return stub.createCompositeKey(layout, [...attributes]);
}
