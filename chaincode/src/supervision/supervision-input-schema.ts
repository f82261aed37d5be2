import { Object as LedgerObject, Property } from 'fabric-contract-api';
import { DocumentReference } from '../input/document-schema';
import type * as finding from './finding-api';
import type * as api from './supervision-api';

// Decorated classes: they describe inputs in the contract's metadata, and are never instantiated.

@LedgerObject()
export class SoftwareVersion implements api.SoftwareVersion {
    @Property('name', 'string')
    readonly name!: string;
    @Property('version', 'string')
    readonly version!: string;
}

@LedgerObject()
export class OpenPort implements api.OpenPort {
    @Property('protocol', 'string')
    readonly protocol!: api.TransportProtocol;
    @Property('port', 'number')
    readonly port!: number;
}

@LedgerObject()
export class AssetConfiguration implements api.AssetConfiguration {
    @Property('deploymentArea', 'string')
    readonly deploymentArea!: string;
    @Property('baseline', 'DocumentReference')
    readonly baseline!: DocumentReference;
    @Property('protectionPolicy', 'DocumentReference')
    readonly protectionPolicy!: DocumentReference;
    @Property('operatingSystem', 'SoftwareVersion')
    readonly operatingSystem!: SoftwareVersion;
    @Property('software', 'SoftwareVersion[]')
    readonly software!: SoftwareVersion[];
    @Property('openPorts', 'OpenPort[]')
    readonly openPorts!: OpenPort[];
}

@LedgerObject()
export class Enrolment implements api.Enrolment {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('name', 'string')
    readonly name!: string;
    @Property('configuration', 'AssetConfiguration')
    readonly configuration!: AssetConfiguration;
}

@LedgerObject()
export class ConfigurationUpdate implements api.ConfigurationUpdate {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('change', 'string')
    readonly change!: string;
    @Property('configuration', 'AssetConfiguration')
    readonly configuration!: AssetConfiguration;
}

@LedgerObject()
export class SecurityTest implements api.SecurityTest {
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
}

@LedgerObject()
export class InformationAssetName {
    @Property('assetId', 'string')
    readonly assetId!: string;
}

@LedgerObject()
export class FindingInput implements finding.FindingInput {
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
}

@LedgerObject()
export class FindingName implements finding.FindingName {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
}

@LedgerObject()
export class FindingNote implements finding.FindingNote {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('note', 'string')
    readonly note!: string;
}

@LedgerObject()
export class StageFilter implements api.StageFilter {
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('stage', 'string')
    readonly stage!: api.AssetStage;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class VersionFilter implements api.VersionFilter {
    @Property('name', 'string')
    readonly name!: string;
    @Property('version', 'string')
    readonly version!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class PortFilter implements api.PortFilter {
    @Property('protocol', 'string')
    readonly protocol!: api.TransportProtocol;
    @Property('port', 'number')
    readonly port!: number;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class OfInformationAsset implements api.OfInformationAsset {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class OverduePageRequest {
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
