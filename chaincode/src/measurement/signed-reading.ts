import { Object as LedgerObject, Property } from 'fabric-contract-api';
import { ReadingBatchTable, ReadingInput } from './measurement';
import type { Quality, ReadingType } from './measurement-api';
import type * as api from './signed-reading-api';

// Decorated classes: they describe inputs and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class SignedReadingInput implements api.SignedReadingInput {
    @Property('reading', 'ReadingInput')
    readonly reading!: ReadingInput;
    @Property('sequence', 'number')
    readonly sequence!: number;
    @Property('signature', 'string')
    readonly signature!: string;
}

@LedgerObject()
export class SignedBatchTable implements api.SignedBatchTable {
    @Property('batch', 'ReadingBatchTable')
    readonly batch!: ReadingBatchTable;
    @Property('sequence', 'number')
    readonly sequence!: number;
    @Property('signature', 'string')
    readonly signature!: string;
}

@LedgerObject()
export class SignedReadingName implements api.SignedReadingName {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('sequence', 'number')
    readonly sequence!: number;
}

@LedgerObject()
export class SignedReadingRecord implements api.SignedReadingRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('type', 'string')
    readonly type!: ReadingType;
    @Property('value', 'number')
    readonly value!: number;
    @Property('unit', 'string')
    readonly unit!: string;
    @Property('quality', 'string')
    readonly quality!: Quality;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('reporter', 'string')
    readonly reporter!: string;
    @Property('sequence', 'number')
    readonly sequence!: number;
    @Property('signature', 'string')
    readonly signature!: string;
    @Property('forwardedBy', 'string')
    readonly forwardedBy!: string;
    @Property('forwardedByMspId', 'string')
    readonly forwardedByMspId!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class SignedBatchRecord implements api.SignedBatchRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('concentratorId', 'string')
    readonly concentratorId!: string;
    @Property('sequence', 'number')
    readonly sequence!: number;
    @Property('signature', 'string')
    readonly signature!: string;
    @Property('forwardedBy', 'string')
    readonly forwardedBy!: string;
    @Property('forwardedByMspId', 'string')
    readonly forwardedByMspId!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}
