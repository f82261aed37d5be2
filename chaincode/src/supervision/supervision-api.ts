import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { DocumentReference } from '../input/document-api';
import type { DetailsFault, DetailsRecord, DetailsSubject, TestName } from './details-api';
import type { FindingFault, FindingRecord } from './finding-api';

/** Before launch, in operation, gone. */
export const assetStages = ['testing', 'running', 'retired'] as const;
export type AssetStage = (typeof assetStages)[number];

export const stageActs = [
    'enrol',
    'update',
    'test',
    'put-online',
    'report-finding',
    'close-finding',
    'retire',
] as const;
export type StageAct = (typeof stageActs)[number];

export const transportProtocols = ['tcp', 'udp'] as const;
export type TransportProtocol = (typeof transportProtocols)[number];

export interface SoftwareVersion {
    readonly name: string;
    readonly version: string;
}
export interface OpenPort {
    readonly protocol: TransportProtocol;
    readonly port: number;
}

/** What an information asset is made of and how it is protected (seed 001, section 3). */
export interface AssetConfiguration {
    readonly deploymentArea: string;
    /** The documents stay off-chain. */
    readonly baseline: DocumentReference;
    readonly protectionPolicy: DocumentReference;
    readonly operatingSystem: SoftwareVersion;
    readonly software: readonly SoftwareVersion[];
    readonly openPorts: readonly OpenPort[];
}

export const testVerdicts = ['passed', 'failed'] as const;
export type TestVerdict = (typeof testVerdicts)[number];

export interface StageActRecord {
    readonly act: StageAct;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The newest test of an asset, as far as going on line depends on it. */
export interface NewestTest {
    readonly testId: string;
    readonly verdict: TestVerdict;
    /** The configuration that was tested. */
    readonly revision: number;
}

/** The ledger record of an information asset: a device, system or application. */
export interface InformationAssetRecord {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly name: string;
    readonly ownerMspId: string;
    readonly stage: AssetStage;
    /** Number of the configuration; 1 is the one it was enrolled with. */
    readonly revision: number;
    readonly configuration: AssetConfiguration;
    readonly newestTest: NewestTest | null;
    /** Ids of the critical findings that the supervisor has not closed. */
    readonly openCriticalFindings: readonly string[];
    readonly lastAct: StageActRecord;
}

/** Index entry, and what lists tell of each. */
export interface InformationAssetSummary {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly name: string;
    readonly ownerMspId: string;
    readonly stage: AssetStage;
    readonly deploymentArea: string;
}

/** A configuration that an asset had, and what was done to get there: the record of an update. */
export interface ConfigurationRecord {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly revision: number;
    readonly change: string;
    readonly configuration: AssetConfiguration;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The report of a test; the payload of its event. */
export interface SecurityTestRecord extends NewestTest {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly report: DocumentReference;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface Enrolment {
    readonly assetId: string;
    readonly name: string;
    readonly configuration: AssetConfiguration;
}
export interface ConfigurationUpdate {
    readonly assetId: string;
    /** What was done, for people. */
    readonly change: string;
    readonly configuration: AssetConfiguration;
}
export interface SecurityTest extends TestName {
    readonly verdict: TestVerdict;
    /** The configuration that was tested: a test of another one says nothing about the present. */
    readonly revision: number;
    readonly report: DocumentReference;
}
export interface StageFilter extends PageRequest {
    readonly ownerMspId: string;
    readonly stage: AssetStage;
}
export interface OfInformationAsset extends PageRequest {
    readonly assetId: string;
}
export interface VersionFilter extends PageRequest, SoftwareVersion {}
export interface PortFilter extends PageRequest, OpenPort {}

export type SupervisionFault =
    | { readonly code: 'INFORMATION_ASSET_UNKNOWN'; readonly assetId: string }
    | { readonly code: 'INFORMATION_ASSET_EXISTS'; readonly assetId: string }
    | {
          readonly code: 'FOREIGN_INFORMATION_ASSET';
          readonly assetId: string;
          readonly ownerMspId: string;
          readonly callerMspId: string;
      }
    | {
          readonly code: 'STAGE_NOT_ALLOWED';
          readonly assetId: string;
          readonly act: StageAct;
          readonly stage: AssetStage;
      }
    | {
          readonly code: 'NO_PASSED_TEST';
          readonly assetId: string;
          readonly revision: number;
          /** What the newest test was of, and what it said; null when there is none. */
          readonly testedRevision: number | null;
          readonly verdict: TestVerdict | null;
      }
    | { readonly code: 'REVISION_NOT_PRESENT'; readonly assetId: string; readonly revision: number }
    | { readonly code: 'TEST_EXISTS'; readonly assetId: string; readonly testId: string }
    | { readonly code: 'CRITICAL_FINDINGS_OPEN'; readonly assetId: string; readonly findings: readonly string[] }
    | FindingFault
    | DetailsFault;

export const supervisionLimits = {
    software: 100,
    openPorts: 100,
    revision: 1_000_000,
    /** Open critical findings of one asset. */
    criticalFindings: 50,
    clockToleranceMs: 60_000,
} as const;

export const supervisionContract = 'supervision';
export const supervisionCalls = {
    /** By an operator, whose organisation is the owner. */
    enrol: (input: Enrolment): Call => submitCallOf(supervisionContract, 'EnrolInformationAsset', input),
    /** By an operator of the owner. */
    update: (input: ConfigurationUpdate): Call => submitCallOf(supervisionContract, 'UpdateConfiguration', input),
    /** By a supervisor. */
    recordTest: (input: SecurityTest): Call => submitCallOf(supervisionContract, 'RecordTest', input),
    /** By an operator of the owner, after a passed test of the present configuration. */
    putOnline: (assetId: string): Call => submitCallOf(supervisionContract, 'PutOnline', { assetId }),
    /** By an operator of the owner, when no critical finding is open. Final. */
    retire: (assetId: string): Call => submitCallOf(supervisionContract, 'RetireInformationAsset', { assetId }),
    /** Answers an InformationAssetRecord. */
    queryAsset: (assetId: string): Call => evaluateCallOf(supervisionContract, 'QueryInformationAsset', { assetId }),
    /** Answers a Page<InformationAssetSummary>, as the next two. */
    listAssets: (input: StageFilter): Call => evaluateCallOf(supervisionContract, 'ListInformationAssets', input),
    /** Operating systems and software alike; retired assets run nothing. */
    listWithVersion: (input: VersionFilter): Call => evaluateCallOf(supervisionContract, 'ListWithVersion', input),
    listWithPort: (input: PortFilter): Call => evaluateCallOf(supervisionContract, 'ListWithPort', input),
    /** Answers a Page<ConfigurationRecord>, oldest first. */
    listUpdates: (input: OfInformationAsset): Call => evaluateCallOf(supervisionContract, 'ListUpdates', input),
    /** Answers a Page<SecurityTestRecord>, by test id. */
    listTests: (input: OfInformationAsset): Call => evaluateCallOf(supervisionContract, 'ListTests', input),
} as const;

export const supervisionEvents = {
    enrolled: 'supervision.enrolled',
    updated: 'supervision.updated',
    tested: 'supervision.tested',
    online: 'supervision.online',
    retired: 'supervision.retired',
    found: 'supervision.finding-reported',
    rectified: 'supervision.finding-rectified',
    closed: 'supervision.finding-closed',
    reopened: 'supervision.finding-reopened',
    deposited: 'supervision.details-deposited',
    announced: 'supervision.details-announced',
} as const;
export interface SupervisionEventPayloads {
    readonly 'supervision.enrolled': InformationAssetRecord;
    readonly 'supervision.updated': InformationAssetRecord;
    readonly 'supervision.tested': SecurityTestRecord;
    readonly 'supervision.online': InformationAssetRecord;
    readonly 'supervision.retired': InformationAssetRecord;
    readonly 'supervision.finding-reported': FindingRecord;
    readonly 'supervision.finding-rectified': FindingRecord;
    readonly 'supervision.finding-closed': FindingRecord;
    readonly 'supervision.finding-reopened': FindingRecord;
    readonly 'supervision.details-deposited': DetailsSubject;
    readonly 'supervision.details-announced': DetailsRecord;
}
