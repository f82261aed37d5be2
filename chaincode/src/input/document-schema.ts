import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './document-api';

/** Describes a document in the contracts' metadata; never instantiated. */
@LedgerObject()
export class DocumentReference implements api.DocumentReference {
    @Property('title', 'string')
    readonly title!: string;
    @Property('sha256', 'string')
    readonly sha256!: string;
    @Property('sizeBytes', 'number')
    readonly sizeBytes!: number;
    @Property('place', 'string')
    readonly place!: string;
}
