import { digest, documentReference } from '../input/document-reader';
import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    identifier,
    isPrintable,
    label,
    listOf,
    malformed,
    oneOf,
    recordOf,
    text,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import { detailsLimits, type Details, type TestName } from './details-api';
import { severities, type FindingInput, type FindingName, type FindingNote } from './finding-api';
import {
    assetStages,
    supervisionLimits,
    testVerdicts,
    transportProtocols,
    type AssetConfiguration,
    type ConfigurationUpdate,
    type Enrolment,
    type OfInformationAsset,
    type OpenPort,
    type PortFilter,
    type SecurityTest,
    type SoftwareVersion,
    type StageFilter,
    type VersionFilter,
} from './supervision-api';

const name = label(inputLimits.labelLength);
const note = label(inputLimits.reasonLength);
const asset = { assetId: identifier };
const finding = { ...asset, findingId: identifier };
const test = { ...asset, testId: identifier };
const port = { protocol: oneOf(transportProtocols), port: wholeNumber({ min: 1, max: 65_535 }) };
const version = { name, version: name };

const configurationFields = recordOf<AssetConfiguration>({
    deploymentArea: name,
    baseline: documentReference,
    protectionPolicy: documentReference,
    operatingSystem: recordOf<SoftwareVersion>(version),
    software: listOf(recordOf<SoftwareVersion>(version), { min: 0, max: supervisionLimits.software }),
    openPorts: listOf(recordOf<OpenPort>(port), { min: 0, max: supervisionLimits.openPorts }),
});

/** A configuration that names no software version and no port twice. */
const configuration: Reader<AssetConfiguration> = (value, path) => {
    const read = configurationFields(value, path);
    const versions = [read.operatingSystem, ...read.software].map((item) => `${item.name}\0${item.version}`);
    if (new Set(versions).size < versions.length) {
        throw malformed(`${path}.software`, 'twice-the-same');
    }
    const ports = read.openPorts.map((item) => `${item.protocol} ${item.port}`);
    if (new Set(ports).size < ports.length) {
        throw malformed(`${path}.openPorts`, 'twice-the-same');
    }
    return read;
};

/** Text of several lines. */
const lines: Reader<string> = (value, path) => {
    const read = text(detailsLimits.textLength)(value, path);
    if (read.trim() === '') {
        throw malformed(path, 'too-few');
    }
    if (!read.split('\n').every(isPrintable)) {
        throw malformed(path, 'control-character');
    }
    return read;
};

/** What comes as transient data, and is shown to be checked. */
export const detailsReader = recordOf<Details>({ salt: digest, text: lines });

/** Readers of what each transaction of the contract takes. */
export const supervisionInput = {
    enrolment: recordOf<Enrolment>({ ...asset, name, configuration }),
    update: recordOf<ConfigurationUpdate>({ ...asset, change: note, configuration }),
    test: recordOf<SecurityTest>({
        ...test,
        verdict: oneOf(testVerdicts),
        revision: wholeNumber({ min: 1, max: supervisionLimits.revision }),
        report: documentReference,
    }),
    assetName: recordOf<{ readonly assetId: string }>(asset),
    finding: recordOf<FindingInput>({
        ...finding,
        severity: oneOf(severities),
        title: name,
        component: name,
        dueMs: wholeNumber({ min: 0, max: inputLimits.timeMs }),
        details: documentReference,
    }),
    findingName: recordOf<FindingName>(finding),
    findingNote: recordOf<FindingNote>({ ...finding, note }),
    testName: recordOf<TestName>(test),
    shownDetails: recordOf<FindingName & { readonly details: Details }>({ ...finding, details: detailsReader }),
    shownTestDetails: recordOf<TestName & { readonly details: Details }>({ ...test, details: detailsReader }),
    page: recordOf(pageFields),
    ofAsset: recordOf<OfInformationAsset>({ ...asset, ...pageFields }),
    stageFilter: recordOf<StageFilter>({ ownerMspId: identifier, stage: oneOf(assetStages), ...pageFields }),
    versionFilter: recordOf<VersionFilter>({ ...version, ...pageFields }),
    portFilter: recordOf<PortFilter>({ ...port, ...pageFields }),
} as const;
