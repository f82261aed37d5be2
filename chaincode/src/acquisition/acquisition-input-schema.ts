import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type { Quality, ReadingType } from '../measurement/measurement-api';
import type * as api from './acquisition-api';

// Decorated classes: they describe what the transactions take in the contract's metadata, and are never instantiated.

@LedgerObject()
export class TaskDrive {
    @Property('kind', 'string')
    readonly kind!: api.TaskDrive['kind'];
    @Property('startMs', 'number')
    readonly startMs?: number;
    @Property('direction', 'string')
    readonly direction?: api.LimitDirection;
    @Property('limit', 'number')
    readonly limit?: number;
}

@LedgerObject()
export class TaskConcentrator implements api.TaskConcentrator {
    @Property('concentratorId', 'string')
    readonly concentratorId!: string;
    @Property('terminals', 'string[]')
    readonly terminals!: string[];
}

@LedgerObject()
export class TaskInput implements api.TaskInput {
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
}

@LedgerObject()
export class TaskName {
    @Property('taskId', 'string')
    readonly taskId!: string;
}

@LedgerObject()
export class RoundName implements api.RoundName {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
}

@LedgerObject()
export class TriggerInput implements api.TriggerInput {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('value', 'number')
    readonly value?: number;
}

@LedgerObject()
export class TaskReadingInput implements api.TaskReadingInput {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('value', 'number')
    readonly value!: number;
    @Property('quality', 'string')
    readonly quality!: Quality;
}

@LedgerObject()
export class MemberValue implements api.MemberValue {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('value', 'number')
    readonly value!: number;
    @Property('quality', 'string')
    readonly quality!: Quality;
}

@LedgerObject()
export class TaskBatchInput implements api.TaskBatchInput {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('concentratorId', 'string')
    readonly concentratorId!: string;
    @Property('readings', 'MemberValue[]')
    readonly readings!: MemberValue[];
}

@LedgerObject()
export class ProofRequest implements api.ProofRequest {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
}

@LedgerObject()
export class PageRequest {
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class TaskFilter implements api.TaskFilter {
    @Property('taskId', 'string')
    readonly taskId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
