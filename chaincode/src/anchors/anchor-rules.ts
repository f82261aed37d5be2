import type { AnchorFault, AnchorInput, AnchorRecord } from './anchors-api';

/** A new anchor. A name is anchored once, by whoever comes first: what was said of a document cannot be unsaid. */
export function decideAnchor(
    existing: AnchorRecord | undefined,
    input: AnchorInput,
    act: Pick<AnchorRecord, 'byMspId' | 'byName' | 'transactionId' | 'transactionTimeMs'>,
): AnchorRecord | AnchorFault {
    return existing === undefined
        ? { schemaVersion: 1, ...input, ...act }
        : { code: 'ANCHOR_EXISTS', name: existing.name, sha256: existing.sha256 };
}
