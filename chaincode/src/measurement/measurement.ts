import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type { TerminalKind, TerminalState } from '../registration/registration-api';
import type * as api from './measurement-api';
import type { TabledValue } from './reading-table-api';

// Decorated classes: they describe inputs and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class ReadingInput implements api.ReadingInput {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('type', 'string')
    readonly type!: api.ReadingType;
    @Property('value', 'number')
    readonly value!: number;
    @Property('unit', 'string')
    readonly unit!: string;
    @Property('quality', 'string')
    readonly quality!: api.Quality;
}

@LedgerObject()
export class ReadingSource implements api.ReadingSource {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
}

@LedgerObject()
export class ReadingQuantity implements api.ReadingQuantity {
    @Property('quality', 'string')
    readonly quality!: api.Quality;
    @Property('type', 'string')
    readonly type!: api.ReadingType;
    @Property('unit', 'string')
    readonly unit!: string;
}

@LedgerObject()
export class ReadingBatchTable implements api.ReadingBatchTable {
    @Property('concentratorId', 'string')
    readonly concentratorId!: string;
    @Property('quantities', 'ReadingQuantity[]')
    readonly quantities!: ReadingQuantity[];
    @Property('readings', 'number[][]')
    readonly readings!: TabledValue[];
    @Property('sources', 'ReadingSource[]')
    readonly sources!: ReadingSource[];
}

@LedgerObject()
export class ReportedReading implements api.ReportedReading {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('type', 'string')
    readonly type!: api.ReadingType;
    @Property('value', 'number')
    readonly value!: number;
    @Property('unit', 'string')
    readonly unit!: string;
    @Property('quality', 'string')
    readonly quality!: api.Quality;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('reporter', 'string')
    readonly reporter!: string;
    @Property('source', 'string')
    readonly source!: 'set' | 'batch';
    @Property('sequence', 'number')
    readonly sequence?: number;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class NewestAnswer implements api.NewestAnswer {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('kind', 'string')
    readonly kind!: TerminalKind;
    @Property('state', 'string')
    readonly state!: TerminalState;
    @Property('newest', 'ReportedReading')
    readonly newest!: ReportedReading | null;
    @Property('notInNewestBatchOf', 'string[]')
    readonly notInNewestBatchOf!: string[];
}

@LedgerObject()
export class HistoryFilter implements api.HistoryFilter {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class FeederFilter implements api.FeederFilter {
    @Property('feeder', 'string')
    readonly feeder!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class HistoryPage {
    @Property('items', 'ReportedReading[]')
    readonly items!: ReportedReading[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class FeederPage {
    @Property('items', 'NewestAnswer[]')
    readonly items!: NewestAnswer[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
