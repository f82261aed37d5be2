import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

/** What the organisations of a channel agree on for a chaincode. lifecycle.proto, CommitChaincodeDefinitionArgs. */
export interface DefinitionTerms {
    readonly name: string;
    readonly sequence: number;
    readonly version: string;
    readonly initRequired: boolean;
    readonly endorsementPlugin: string;
    readonly validationPlugin: string;
    /** Encoded ApplicationPolicy; empty for the channel's own. */
    readonly validationParameter: Buffer;
    /** Encoded CollectionConfigPackage; empty when there are no collections. */
    readonly collections: Buffer;
}

/** What one organisation approves: the terms, and which of its installed packages stands for them. */
export interface ApprovalTerms extends DefinitionTerms {
    /** Empty: the organisation's peers do not run the chaincode. */
    readonly packageId: string;
}

/** A package that a peer has, and the definitions that use it. */
export interface InstalledPackage {
    readonly packageId: string;
    readonly label: string;
    /** Channel → chaincodes that are committed, approved and stand on this package. */
    readonly references: ReadonlyMap<string, readonly { readonly name: string; readonly version: string }[]>;
}

/**
 * Reads the arguments of ApproveChaincodeDefinitionForMyOrg; those of CheckCommitReadiness and CommitChaincodeDefinition
 * are the same without the package. Throws WIRE_MALFORMED, as the other parsers here do.
 */
export function parseApprovalTerms(bytes: Uint8Array): ApprovalTerms {
    const reader = new FieldReader('ApproveChaincodeDefinitionForMyOrgArgs', bytes);
    const terms = {
        name: '',
        sequence: 0,
        version: '',
        initRequired: false,
        endorsementPlugin: '',
        validationPlugin: '',
        validationParameter: empty,
        collections: empty,
        packageId: '',
    };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        switch (tag) {
            case 0x08:
                terms.sequence = reader.int64();
                break;
            case 0x12:
                terms.name = reader.string();
                break;
            case 0x1a:
                terms.version = reader.string();
                break;
            case 0x22:
                terms.endorsementPlugin = reader.string();
                break;
            case 0x2a:
                terms.validationPlugin = reader.string();
                break;
            case 0x32:
                terms.validationParameter = reader.bytes();
                break;
            case 0x3a:
                terms.collections = reader.bytes();
                break;
            case 0x40:
                terms.initRequired = reader.bool();
                break;
            case 0x4a:
                terms.packageId = parseSource(reader.bytes());
                break;
            default:
                reader.skip();
        }
    }
    return terms;
}

/** The arguments of the three; a `packageId` is an approval's alone. */
export function encodeApprovalTerms(terms: DefinitionTerms & { readonly packageId?: string | undefined }): Buffer {
    const writer = new FieldWriter()
        .int(1, terms.sequence)
        .string(2, terms.name)
        .string(3, terms.version)
        .string(4, terms.endorsementPlugin)
        .string(5, terms.validationPlugin)
        .bytes(6, terms.validationParameter)
        .bytes(7, terms.collections)
        .bool(8, terms.initRequired);
    if (terms.packageId !== undefined) writer.message(9, newSource(terms.packageId));
    return writer.finish();
}

const empty: Buffer = Buffer.alloc(0);

/** ChaincodeSource: a local package by its id, or none. */
function newSource(packageId: string): Buffer {
    const writer = new FieldWriter();
    return packageId === ''
        ? writer.message(1, empty).finish()
        : writer.message(2, new FieldWriter().string(1, packageId).finish()).finish();
}

function parseSource(bytes: Buffer): string {
    return parseText('ChaincodeSource.Local', parseBytes('ChaincodeSource', bytes, 0x12), 0x0a);
}

/** The arguments of QueryApprovedChaincodeDefinition; sequence 0 asks for the latest. */
export function parseApprovedQuery(bytes: Uint8Array): { readonly name: string; readonly sequence: number } {
    const reader = new FieldReader('QueryApprovedChaincodeDefinitionArgs', bytes);
    let name = '';
    let sequence = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) name = reader.string();
        else if (tag === 0x10) sequence = reader.int64();
        else reader.skip();
    }
    return { name, sequence };
}

/** The one text that QueryChaincodeDefinition (a name) and the queries of one package (its id) are asked with. */
export function parseOnlyText(message: string, bytes: Uint8Array): string {
    return parseText(message, bytes, 0x0a);
}

/** The package in the arguments of InstallChaincode. */
export function parseInstallArgs(bytes: Uint8Array): Buffer {
    return parseBytes('InstallChaincodeArgs', bytes, 0x0a);
}

function parseText(message: string, bytes: Uint8Array, wanted: number): string {
    const reader = new FieldReader(message, bytes);
    let text = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) text = reader.string();
        else reader.skip();
    }
    return text;
}

function parseBytes(message: string, bytes: Uint8Array, wanted: number): Buffer {
    const reader = new FieldReader(message, bytes);
    let found = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) found = reader.bytes();
        else reader.skip();
    }
    return found;
}

/** InstallChaincodeResult. */
export function newInstallResult({ packageId, label }: Pick<InstalledPackage, 'packageId' | 'label'>): Buffer {
    return new FieldWriter().string(1, packageId).string(2, label).finish();
}

/** QueryInstalledChaincodeResult, which is also each element of QueryInstalledChaincodesResult. */
export function newInstalledResult({ packageId, label, references }: InstalledPackage): Buffer {
    const writer = new FieldWriter().string(1, packageId).string(2, label);
    for (const [channelId, chaincodes] of references) {
        const list = new FieldWriter();
        for (const { name, version } of chaincodes) {
            list.message(1, new FieldWriter().string(1, name).string(2, version).finish());
        }
        writer.message(3, new FieldWriter().string(1, channelId).message(2, list.finish()).finish());
    }
    return writer.finish();
}

/** QueryInstalledChaincodesResult. */
export function newInstalledListResult(installed: readonly InstalledPackage[]): Buffer {
    const writer = new FieldWriter();
    for (const each of installed) writer.message(1, newInstalledResult(each));
    return writer.finish();
}

/** GetInstalledChaincodePackageResult. */
export function newPackageResult(bytes: Uint8Array): Buffer {
    return new FieldWriter().bytes(1, bytes).finish();
}

/** CheckCommitReadinessResult. */
export function newReadinessResult(approvals: ReadonlyMap<string, boolean>): Buffer {
    return writeApprovals(new FieldWriter(), 1, approvals).finish();
}

/** QueryChaincodeDefinitionResult. */
export function newDefinitionResult(definition: DefinitionTerms, approvals: ReadonlyMap<string, boolean>): Buffer {
    return writeApprovals(writeTerms(new FieldWriter(), 1, definition), 8, approvals).finish();
}

/** QueryChaincodeDefinitionsResult. */
export function newDefinitionListResult(definitions: readonly DefinitionTerms[]): Buffer {
    const writer = new FieldWriter();
    for (const each of definitions) {
        writer.message(1, writeTerms(new FieldWriter().string(1, each.name), 2, each).finish());
    }
    return writer.finish();
}

/** QueryApprovedChaincodeDefinitionResult. */
export function newApprovedResult(approved: ApprovalTerms): Buffer {
    return writeTerms(new FieldWriter(), 1, approved).message(8, newSource(approved.packageId)).finish();
}

/** Sequence and what follows it has the same order in all answers; `field` is the sequence's number. */
function writeTerms(writer: FieldWriter, field: number, terms: DefinitionTerms): FieldWriter {
    return writer
        .uint(field, terms.sequence)
        .string(field + 1, terms.version)
        .string(field + 2, terms.endorsementPlugin)
        .string(field + 3, terms.validationPlugin)
        .bytes(field + 4, terms.validationParameter)
        .message(field + 5, terms.collections)
        .bool(field + 6, terms.initRequired);
}

/** A map of Go has no order on the wire; here it is the channel's own. */
function writeApprovals(writer: FieldWriter, field: number, approvals: ReadonlyMap<string, boolean>): FieldWriter {
    for (const [mspId, approved] of approvals) {
        writer.message(
            field,
            new FieldWriter()
                .string(1, mspId)
                .uintAlways(2, approved ? 1 : 0)
                .finish(),
        );
    }
    return writer;
}
