import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './feeds-api';
import type * as oracles from './oracles-api';
import { Agreement, OracleCertificate, SourceReference } from './oracles-input-schema';

// Decorated classes: they describe records and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class OracleActRecord implements oracles.OracleActRecord {
    @Property('act', 'string')
    readonly act!: oracles.OracleAct;
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('reason', 'string')
    readonly reason!: string | null;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class OracleRecord implements oracles.OracleRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('oracleId', 'string')
    readonly oracleId!: string;
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('certificate', 'OracleCertificate')
    readonly certificate!: OracleCertificate;
    @Property('state', 'string')
    readonly state!: oracles.OracleState;
    @Property('lastAct', 'OracleActRecord')
    readonly lastAct!: OracleActRecord;
}

@LedgerObject()
export class OraclePage {
    @Property('items', 'OracleRecord[]')
    readonly items!: OracleRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class FeedRecord implements api.FeedRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('question', 'string')
    readonly question!: string;
    @Property('type', 'string')
    readonly type!: string;
    @Property('agreement', 'Agreement')
    readonly agreement!: Agreement & api.Agreement;
    @Property('quorum', 'number')
    readonly quorum!: number;
    @Property('oracles', 'string[]')
    readonly oracles!: string[];
    @Property('startMs', 'number')
    readonly startMs!: number;
    @Property('intervalMs', 'number')
    readonly intervalMs!: number;
    @Property('windowMs', 'number')
    readonly windowMs!: number;
    @Property('state', 'string')
    readonly state!: api.FeedState;
    @Property('definedByMspId', 'string')
    readonly definedByMspId!: string;
    @Property('definedByName', 'string')
    readonly definedByName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class FeedPage {
    @Property('items', 'FeedRecord[]')
    readonly items!: FeedRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class SubmissionRecord implements api.SubmissionRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('oracleId', 'string')
    readonly oracleId!: string;
    @Property('value', 'number')
    readonly value!: number | null;
    @Property('source', 'SourceReference')
    readonly source!: SourceReference;
    @Property('signature', 'string')
    readonly signature!: string;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class FeedOutcome implements api.FeedOutcome {
    @Property('value', 'number')
    readonly value!: number | null;
    @Property('sha256', 'string')
    readonly sha256!: string | null;
    @Property('agreed', 'string[]')
    readonly agreed!: string[];
    @Property('deviated', 'string[]')
    readonly deviated!: string[];
    @Property('missing', 'string[]')
    readonly missing!: string[];
    @Property('late', 'string[]')
    readonly late!: string[];
}

@LedgerObject()
export class ConclusionRecord implements api.ConclusionRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('value', 'number')
    readonly value!: number | null;
    @Property('sha256', 'string')
    readonly sha256!: string | null;
    @Property('agreed', 'string[]')
    readonly agreed!: string[];
    @Property('deviated', 'string[]')
    readonly deviated!: string[];
    @Property('missing', 'string[]')
    readonly missing!: string[];
    @Property('late', 'string[]')
    readonly late!: string[];
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class ConclusionPage {
    @Property('items', 'ConclusionRecord[]')
    readonly items!: ConclusionRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class FeedRoundAnswer implements api.FeedRoundAnswer {
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
    @Property('state', 'string')
    readonly state!: api.FeedRoundState;
    @Property('outcome', 'FeedOutcome')
    readonly outcome!: FeedOutcome;
    @Property('submissions', 'SubmissionRecord[]')
    readonly submissions!: SubmissionRecord[];
    @Property('conclusion', 'ConclusionRecord')
    readonly conclusion!: ConclusionRecord | null;
}
