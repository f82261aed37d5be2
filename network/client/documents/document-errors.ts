/** Why a document could not be kept, found or taken back. */
export type DocumentFault =
    | {
          readonly code: 'STORE_UNUSABLE';
          readonly folder: string;
          /** The system's own code, e.g. `EACCES`. */
          readonly why: string;
      }
    /** The ledger did not take an anchor, and the store still has what was put in for it. */
    | { readonly code: 'DOCUMENT_LEFT_BEHIND'; readonly place: string; readonly why: string; readonly refusal: string };

/** One sentence: what is wrong, where, what to do. */
export function describeDocumentFault(fault: DocumentFault): string {
    switch (fault.code) {
        case 'STORE_UNUSABLE':
            return `The store ${fault.folder} cannot be used (${fault.why}): name a folder that can be read and written with --store.`;
        case 'DOCUMENT_LEFT_BEHIND':
            return `${fault.refusal} What was put into the store for it could not be taken out again: see to ${fault.place} by hand. ${fault.why}`;
    }
}

export class DocumentError extends Error {
    readonly fault: DocumentFault;

    constructor(fault: DocumentFault, options?: ErrorOptions) {
        super(describeDocumentFault(fault), options);
        this.name = 'DocumentError';
        this.fault = fault;
    }
}
