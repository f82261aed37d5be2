/** Why a document could not be kept or found. */
export interface DocumentFault {
    readonly code: 'STORE_UNUSABLE';
    readonly folder: string;
    /** The system's own code, e.g. `EACCES`. */
    readonly why: string;
}

/** One sentence: what is wrong, where, what to do. */
export function describeDocumentFault(fault: DocumentFault): string {
    return `The store ${fault.folder} cannot be used (${fault.why}): name a folder that can be read and written with --store.`;
}

export class DocumentError extends Error {
    readonly fault: DocumentFault;

    constructor(fault: DocumentFault, options?: ErrorOptions) {
        super(describeDocumentFault(fault), options);
        this.name = 'DocumentError';
        this.fault = fault;
    }
}
