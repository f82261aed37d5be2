/** What the ledger holds cannot be read: written by another version of this chaincode, or not by it at all. */
export interface StoredRecordFault {
    readonly code: 'RECORD_UNREADABLE';
    /** The layout of its key. */
    readonly record: string;
    readonly schemaVersion: number | null;
}
