import type { FaultEntries } from '../faults/fault-entry';
import type { AnchorFault } from './anchors-api';

/** What the faults of anchors mean, and what to do. */
export const anchorsCatalogue: FaultEntries<AnchorFault['code']> = {
    ANCHOR_UNKNOWN: {
        meaning: 'No document of this name was anchored.',
        action: 'Check the name, or anchor the document.',
        says: (f) => `No document “${f.name}” is anchored.`,
    },
    ANCHOR_EXISTS: {
        meaning: 'A document of this name was anchored before; an anchor does not change.',
        action: 'Anchor a new version under a new name.',
        says: (f) => `The document “${f.name}” is anchored with the digest ${f.sha256}.`,
    },
};
