import { Object as LedgerObject, Property } from 'fabric-contract-api';
import { DocumentReference } from '../input/document-schema';
import type * as finding from './finding-api';
import type * as api from './supervision-api';
import { AssetConfiguration } from './supervision-input-schema';

// Decorated classes: they describe records and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class NewestTest implements api.NewestTest {
    @Property('testId', 'string')
    readonly testId!: string;
    @Property('verdict', 'string')
    readonly verdict!: api.TestVerdict;
    @Property('revision', 'number')
    readonly revision!: number;
}

@LedgerObject()
export class StageActRecord implements api.StageActRecord {
    @Property('act', 'string')
    readonly act!: api.StageAct;
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
export class InformationAssetRecord implements api.InformationAssetRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('name', 'string')
    readonly name!: string;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('stage', 'string')
    readonly stage!: api.AssetStage;
    @Property('revision', 'number')
    readonly revision!: number;
    @Property('configuration', 'AssetConfiguration')
    readonly configuration!: AssetConfiguration;
    @Property('newestTest', 'NewestTest')
    readonly newestTest!: NewestTest | null;
    @Property('openCriticalFindings', 'string[]')
    readonly openCriticalFindings!: string[];
    @Property('lastAct', 'StageActRecord')
    readonly lastAct!: StageActRecord;
}

@LedgerObject()
export class InformationAssetSummary implements api.InformationAssetSummary {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('name', 'string')
    readonly name!: string;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('stage', 'string')
    readonly stage!: api.AssetStage;
    @Property('deploymentArea', 'string')
    readonly deploymentArea!: string;
}

@LedgerObject()
export class InformationAssetPage {
    @Property('items', 'InformationAssetSummary[]')
    readonly items!: InformationAssetSummary[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class ConfigurationRecord implements api.ConfigurationRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('revision', 'number')
    readonly revision!: number;
    @Property('change', 'string')
    readonly change!: string;
    @Property('configuration', 'AssetConfiguration')
    readonly configuration!: AssetConfiguration;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class ConfigurationPage {
    @Property('items', 'ConfigurationRecord[]')
    readonly items!: ConfigurationRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class SecurityTestRecord implements api.SecurityTestRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('testId', 'string')
    readonly testId!: string;
    @Property('verdict', 'string')
    readonly verdict!: api.TestVerdict;
    @Property('revision', 'number')
    readonly revision!: number;
    @Property('report', 'DocumentReference')
    readonly report!: DocumentReference;
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
export class SecurityTestPage {
    @Property('items', 'SecurityTestRecord[]')
    readonly items!: SecurityTestRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class FindingRecord implements finding.FindingRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('severity', 'string')
    readonly severity!: finding.Severity;
    @Property('title', 'string')
    readonly title!: string;
    @Property('component', 'string')
    readonly component!: string;
    @Property('dueMs', 'number')
    readonly dueMs!: number;
    @Property('details', 'DocumentReference')
    readonly details!: DocumentReference;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('state', 'string')
    readonly state!: finding.FindingState;
    @Property('foundMs', 'number')
    readonly foundMs!: number;
    @Property('rectifiedMs', 'number')
    readonly rectifiedMs!: number | null;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('note', 'string')
    readonly note!: string | null;
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
export class FindingPage {
    @Property('items', 'FindingRecord[]')
    readonly items!: FindingRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class DueEntry implements finding.DueEntry {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('severity', 'string')
    readonly severity!: finding.Severity;
    @Property('title', 'string')
    readonly title!: string;
    @Property('dueMs', 'number')
    readonly dueMs!: number;
}

@LedgerObject()
export class DuePage {
    @Property('items', 'DueEntry[]')
    readonly items!: DueEntry[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
