import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';

/** What is said of a document that stays off-chain. */
export interface AnchorInput {
    /** The name by which it is checked: a file's, as a rule. */
    readonly name: string;
    /** SHA-256 of its bytes, 64 lower-case hex digits. */
    readonly sha256: string;
    readonly sizeBytes: number;
    /** Where it is kept. */
    readonly place: string;
}

/** The ledger record of an anchor, and the payload of its event. It never changes. */
export interface AnchorRecord extends AnchorInput {
    readonly schemaVersion: 1;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface DigestFilter extends PageRequest {
    readonly sha256: string;
}

export type AnchorFault =
    | { readonly code: 'ANCHOR_UNKNOWN'; readonly name: string }
    | { readonly code: 'ANCHOR_EXISTS'; readonly name: string; readonly sha256: string };

export const anchorsContract = 'anchors';
export const anchorsCalls = {
    /** By an operator. Once for each name: a new version of a document has a new name. */
    anchor: (input: AnchorInput): Call => submitCallOf(anchorsContract, 'AnchorDocument', input),
    /** Answers an AnchorRecord. */
    queryAnchor: (name: string): Call => evaluateCallOf(anchorsContract, 'QueryAnchor', { name }),
    /** Answers a Page<AnchorRecord>: every name under which these bytes are anchored. */
    listOfDigest: (input: DigestFilter): Call => evaluateCallOf(anchorsContract, 'ListAnchorsOfDigest', input),
} as const;

export const anchorsEvents = { anchored: 'anchors.anchored' } as const;
export interface AnchorsEventPayloads {
    readonly 'anchors.anchored': AnchorRecord;
}
