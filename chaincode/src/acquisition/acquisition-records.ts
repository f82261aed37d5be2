import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type { Quality, ReadingType } from '../measurement/measurement-api';
import type * as api from './acquisition-api';
import { MemberValue, TaskConcentrator, TaskDrive } from './acquisition-input-schema';
import type * as block from './data-block-api';

// Decorated classes: they describe records and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class TaskRecord implements api.TaskRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('type', 'string')
    readonly type!: ReadingType;
    @Property('unit', 'string')
    readonly unit!: string;
    @Property('toleranceMs', 'number')
    readonly toleranceMs!: number;
    @Property('timeScaleMs', 'number')
    readonly timeScaleMs!: number;
    @Property('drive', 'TaskDrive')
    readonly drive!: TaskDrive & api.TaskDrive;
    @Property('terminals', 'string[]')
    readonly terminals!: string[];
    @Property('concentrators', 'TaskConcentrator[]')
    readonly concentrators!: TaskConcentrator[];
    @Property('sensorNumber', 'number')
    readonly sensorNumber!: number;
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number;
    @Property('state', 'string')
    readonly state!: api.TaskState;
    @Property('definedByMspId', 'string')
    readonly definedByMspId!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
    @Property('endedMs', 'number')
    readonly endedMs!: number | null;
}

@LedgerObject()
export class RoundCause implements api.RoundCause {
    @Property('kind', 'string')
    readonly kind!: api.TaskDrive['kind'];
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('eventMs', 'number')
    readonly eventMs!: number | null;
    @Property('value', 'number')
    readonly value!: number | null;
}

@LedgerObject()
export class RoundRecord implements api.RoundRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('dueMs', 'number')
    readonly dueMs!: number;
    @Property('toleranceMs', 'number')
    readonly toleranceMs!: number;
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number;
    @Property('terminals', 'string[]')
    readonly terminals!: string[];
    @Property('concentrators', 'TaskConcentrator[]')
    readonly concentrators!: TaskConcentrator[];
    @Property('state', 'string')
    readonly state!: 'open' | 'sealed';
    @Property('cause', 'RoundCause')
    readonly cause!: RoundCause;
    @Property('blockNumber', 'number')
    readonly blockNumber!: number | null;
    @Property('blockHash', 'string')
    readonly blockHash!: string | null;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class RoundAnswer implements api.RoundAnswer {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('dueMs', 'number')
    readonly dueMs!: number;
    @Property('toleranceMs', 'number')
    readonly toleranceMs!: number;
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number;
    @Property('terminals', 'string[]')
    readonly terminals!: string[];
    @Property('concentrators', 'TaskConcentrator[]')
    readonly concentrators!: TaskConcentrator[];
    @Property('state', 'string')
    readonly state!: api.RoundState;
    @Property('cause', 'RoundCause')
    readonly cause!: RoundCause;
    @Property('blockNumber', 'number')
    readonly blockNumber!: number | null;
    @Property('blockHash', 'string')
    readonly blockHash!: string | null;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class OpenRoundEntry implements api.OpenRoundEntry {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('dueMs', 'number')
    readonly dueMs!: number;
}

@LedgerObject()
export class TaskReadingRecord implements api.TaskReadingRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('value', 'number')
    readonly value!: number;
    @Property('quality', 'string')
    readonly quality!: Quality;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class TaskBatchRecord implements api.TaskBatchRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('concentratorId', 'string')
    readonly concentratorId!: string;
    @Property('readings', 'MemberValue[]')
    readonly readings!: MemberValue[];
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class DataElement implements block.DataElement {
    @Property('id', 'string')
    readonly id!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('value', 'number')
    readonly value!: number;
}

@LedgerObject()
export class DataBlockHeader implements block.DataBlockHeader {
    @Property('version', 'number')
    readonly version!: 1;
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('number', 'number')
    readonly number!: number;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('previousHash', 'string')
    readonly previousHash!: string;
    @Property('timestampMs', 'number')
    readonly timestampMs!: number;
    @Property('merkleRoot', 'string')
    readonly merkleRoot!: string;
    @Property('elements', 'number')
    readonly elements!: number;
    @Property('missing', 'string[]')
    readonly missing!: string[];
    @Property('late', 'string[]')
    readonly late!: string[];
    @Property('doubtful', 'string[]')
    readonly doubtful!: string[];
}

@LedgerObject()
export class DataBlockRecord implements block.DataBlockRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('header', 'DataBlockHeader')
    readonly header!: DataBlockHeader;
    @Property('hash', 'string')
    readonly hash!: string;
    @Property('body', 'DataElement[]')
    readonly body!: DataElement[];
}

@LedgerObject()
export class InclusionProof implements block.InclusionProof {
    @Property('element', 'DataElement')
    readonly element!: DataElement;
    @Property('index', 'number')
    readonly index!: number;
    @Property('path', 'string[]')
    readonly path!: string[];
    @Property('header', 'DataBlockHeader')
    readonly header!: DataBlockHeader;
}

@LedgerObject()
export class TaskPage {
    @Property('items', 'TaskRecord[]')
    readonly items!: TaskRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class OpenRoundPage {
    @Property('items', 'OpenRoundEntry[]')
    readonly items!: OpenRoundEntry[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
