import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './feeds-api';
import type * as oracles from './oracles-api';

// Decorated classes: they describe what the transactions take in the contract's metadata, and are never instantiated.

@LedgerObject()
export class OracleCertificate implements oracles.OracleCertificate {
    @Property('serial', 'string')
    readonly serial!: string;
    @Property('publicKey', 'string')
    readonly publicKey!: string;
}

@LedgerObject()
export class OracleRegistration implements oracles.OracleRegistration {
    @Property('oracleId', 'string')
    readonly oracleId!: string;
    @Property('certificate', 'OracleCertificate')
    readonly certificate!: OracleCertificate;
}

@LedgerObject()
export class OracleName implements oracles.OracleName {
    @Property('oracleId', 'string')
    readonly oracleId!: string;
}

@LedgerObject()
export class OracleReason implements oracles.OracleReason {
    @Property('oracleId', 'string')
    readonly oracleId!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

/** Unit and tolerance belong to the rule `median`. */
@LedgerObject()
export class Agreement {
    @Property('rule', 'string')
    readonly rule!: api.Agreement['rule'];
    @Property('unit', 'string')
    readonly unit?: string;
    @Property('tolerance', 'number')
    readonly tolerance?: number;
}

@LedgerObject()
export class FeedInput implements api.FeedInput {
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
}

@LedgerObject()
export class FeedName implements api.FeedName {
    @Property('feedId', 'string')
    readonly feedId!: string;
}

@LedgerObject()
export class FeedRoundName implements api.FeedRoundName {
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('tickMs', 'number')
    readonly tickMs!: number;
}

@LedgerObject()
export class SourceReference implements api.SourceReference {
    @Property('name', 'string')
    readonly name!: string;
    @Property('sha256', 'string')
    readonly sha256!: string;
    @Property('sizeBytes', 'number')
    readonly sizeBytes!: number;
    @Property('fetchedMs', 'number')
    readonly fetchedMs!: number;
}

@LedgerObject()
export class SubmissionInput implements api.SubmissionInput {
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
}

@LedgerObject()
export class FeedFilter implements api.FeedFilter {
    @Property('feedId', 'string')
    readonly feedId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
