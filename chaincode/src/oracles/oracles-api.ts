import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';

export const oracleStates = ['registered', 'suspended', 'retired'] as const;
export type OracleState = (typeof oracleStates)[number];

/** Acts on an oracle, as the state table and the record name them. */
export const oracleActs = ['register', 'suspend', 'resume', 'retire'] as const;
export type OracleAct = (typeof oracleActs)[number];

/** The certificate by which an oracle acts, and the key with which it signs. */
export interface OracleCertificate {
    /** X.509 serial number, lower-case hex without leading zeros. */
    readonly serial: string;
    /** SubjectPublicKeyInfo, DER in base64. */
    readonly publicKey: string;
}

/** Who did the newest act on an oracle, when, in which transaction. */
export interface OracleActRecord {
    readonly act: OracleAct;
    readonly byMspId: string;
    /** Common name of the certificate. */
    readonly byName: string;
    readonly reason: string | null;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/**
 * The ledger record of an oracle: a one-way agent that fetches data from outside and vouches for them by its signature
 * (seed 001, 2.5.1). It belongs to the organisation whose operator registered it.
 */
export interface OracleRecord {
    readonly schemaVersion: 1;
    readonly oracleId: string;
    readonly mspId: string;
    readonly certificate: OracleCertificate;
    readonly state: OracleState;
    readonly lastAct: OracleActRecord;
}

export interface OracleRegistration {
    readonly oracleId: string;
    readonly certificate: OracleCertificate;
}
export interface OracleName {
    readonly oracleId: string;
}
export interface OracleReason extends OracleName {
    readonly reason: string;
}

export type OracleFault =
    | { readonly code: 'ORACLE_UNKNOWN'; readonly oracleId: string }
    | { readonly code: 'ORACLE_EXISTS'; readonly oracleId: string; readonly state: OracleState }
    | {
          readonly code: 'FOREIGN_ORACLE';
          readonly oracleId: string;
          readonly mspId: string;
          readonly callerMspId: string;
      }
    | {
          readonly code: 'ORACLE_STATE_NOT_ALLOWED';
          readonly oracleId: string;
          readonly act: OracleAct;
          readonly state: OracleState;
      }
    | {
          readonly code: 'ORACLE_NOT_SERVING';
          readonly oracleId: string;
          readonly state: Exclude<OracleState, 'registered'>;
      }
    | { readonly code: 'NOT_THE_ORACLE'; readonly oracleId: string; readonly certificateSerial: string };

export const oraclesLimits = {
    /** Characters of a public key; that of a P-256 key has 124. */
    publicKeyLength: 400,
    /** By how much a transaction's time may lie before the newest act, and a source be fetched ahead of it. */
    clockToleranceMs: 10_000,
} as const;

export const oraclesContract = 'oracles';
export const oracleCalls = {
    /** By an operator, whose organisation the oracle belongs to from then on. */
    register: (input: OracleRegistration): Call => submitCallOf(oraclesContract, 'RegisterOracle', input),
    /** By an operator of the oracle's organisation, as the next two: what it submits is refused until it is resumed. */
    suspend: (input: OracleReason): Call => submitCallOf(oraclesContract, 'SuspendOracle', input),
    resume: (oracleId: string): Call => submitCallOf(oraclesContract, 'ResumeOracle', { oracleId }),
    /** For good. A new key or certificate is a new oracle, with an id of its own. */
    retire: (input: OracleReason): Call => submitCallOf(oraclesContract, 'RetireOracle', input),
    /** Answers an OracleRecord. */
    query: (oracleId: string): Call => evaluateCallOf(oraclesContract, 'QueryOracle', { oracleId }),
    /** Answers a Page<OracleRecord>. */
    list: (input: PageRequest): Call => evaluateCallOf(oraclesContract, 'ListOracles', input),
} as const;

export const oracleEvents = {
    register: 'oracles.registered',
    suspend: 'oracles.suspended',
    resume: 'oracles.resumed',
    retire: 'oracles.retired',
} as const satisfies Record<OracleAct, string>;
export interface OracleEventPayloads {
    readonly 'oracles.registered': OracleRecord;
    readonly 'oracles.suspended': OracleRecord;
    readonly 'oracles.resumed': OracleRecord;
    readonly 'oracles.retired': OracleRecord;
}
