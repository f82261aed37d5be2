/** Faults of private data, whichever contract keeps them. */
export type PrivateDataFault =
    | { readonly code: 'TRANSIENT_MISSING'; readonly field: string }
    | { readonly code: 'COLLECTION_NOT_DEFINED'; readonly collection: string }
    | { readonly code: 'NOT_A_MEMBER'; readonly collection: string; readonly mspId: string }
    | { readonly code: 'PRIVATE_DATA_NOT_HERE'; readonly collection: string };
