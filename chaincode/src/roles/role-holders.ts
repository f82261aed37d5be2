import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './roles-api';

// Decorated classes: they describe the records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class RoleHolders implements api.RoleHolders {
    @Property('operator', 'string[]')
    readonly operator!: string[];
    @Property('dispatcher', 'string[]')
    readonly dispatcher!: string[];
    @Property('supervisor', 'string[]')
    readonly supervisor!: string[];
}

@LedgerObject()
export class RolesRecord implements api.RolesRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('operator', 'string[]')
    readonly operator!: string[];
    @Property('dispatcher', 'string[]')
    readonly dispatcher!: string[];
    @Property('supervisor', 'string[]')
    readonly supervisor!: string[];
    @Property('assignedByMspId', 'string')
    readonly assignedByMspId!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}
