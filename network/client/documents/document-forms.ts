import { anchorsCalls, anchorsContract } from '../../../chaincode/src/anchors/anchors-api';
import { form, jsonOnly, needed, pageOf, pageOptions, type CallForm } from '../call-form';

/** The calls of anchors that can be made by hand; `npm run ledger -- anchor` makes the first of a file. */
export const documentForms: Readonly<Record<string, CallForm>> = {
    AnchorDocument: jsonOnly(anchorsContract, 'operator', 'name, sha256, sizeBytes and place'),
    QueryAnchor: form(anchorsContract, 'reader', {
        options: { name: "the document's name" },
        build: (options) => anchorsCalls.queryAnchor(needed(options, 'name')),
    }),
    ListAnchorsOfDigest: form(anchorsContract, 'reader', {
        options: { digest: 'SHA-256, 64 hex digits', ...pageOptions },
        build: (options) => anchorsCalls.listOfDigest({ sha256: needed(options, 'digest'), ...pageOf(options) }),
    }),
};
