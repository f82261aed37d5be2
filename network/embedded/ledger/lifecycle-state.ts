import { FieldReader } from '../../wire/field-reader';
import { FieldWriter } from '../../wire/field-writer';
import type { DefinitionTerms } from '../../wire/lifecycle';
import { privateHash } from './collection-namespaces';

/** The namespace in which definitions live. */
export const lifecycleNamespace = '_lifecycle';

/** The parts of the namespace: what is defined, and which package an organisation has chosen for it. */
export type LifecycleArea = 'namespaces' | 'chaincode-sources';

/** One thing as the lifecycle keeps it: its metadata under one key, each field as a StateData under one of its own. */
export interface LifecycleRecord {
    readonly datatype: 'ChaincodeDefinition' | 'ChaincodeParameters' | 'ChaincodeLocalPackage';
    /** Name → encoded StateData, in Fabric's order. */
    readonly fields: readonly (readonly [name: string, value: Buffer])[];
}

/** What the lifecycle reads. */
export interface ReadableState {
    get(key: string): Buffer | undefined;
}

export interface WritableState extends ReadableState {
    put(key: string, value: Buffer): void;
}

/** State of which only hashes can be read. */
export interface HashedState {
    /** sha256 of the value. */
    getHash(key: string): Buffer | undefined;
}

export function metadataKey(area: LifecycleArea, name: string): string {
    return `${area}/metadata/${name}`;
}

export function fieldKey(area: LifecycleArea, name: string, field: string): string {
    return `${area}/fields/${name}/${field}`;
}

/** The key that every endorsement of the chaincode reads, so that a new definition invalidates what is in flight. */
export function sequenceKey(chaincodeName: string): string {
    return fieldKey('namespaces', chaincodeName, 'Sequence');
}

/** Under which an organisation keeps what it approved. */
export function approvalName({ name, sequence }: Pick<DefinitionTerms, 'name' | 'sequence'>): string {
    return `${name}#${sequence}`;
}

/** What the channel's state holds of a committed definition. Fabric v2.5.16: core/chaincode/lifecycle/lifecycle.go. */
export function newDefinitionRecord(terms: DefinitionTerms): LifecycleRecord {
    const sequence = new FieldWriter().uintAlways(1, terms.sequence).finish();
    return { datatype: 'ChaincodeDefinition', fields: [['Sequence', sequence], ...newParameterFields(terms)] };
}

/** What an organisation's collection holds of a definition that it approved. */
export function newParametersRecord(terms: DefinitionTerms): LifecycleRecord {
    return { datatype: 'ChaincodeParameters', fields: newParameterFields(terms) };
}

/** Which package an organisation approved; the empty id for none. */
export function newPackageRecord(packageId: string): LifecycleRecord {
    return { datatype: 'ChaincodeLocalPackage', fields: [['PackageID', newTextData(packageId)]] };
}

function newParameterFields(terms: DefinitionTerms): LifecycleRecord['fields'] {
    const endorsementInfo = new FieldWriter()
        .string(1, terms.version)
        .bool(2, terms.initRequired)
        .string(3, terms.endorsementPlugin)
        .finish();
    const validationInfo = new FieldWriter()
        .string(1, terms.validationPlugin)
        .bytes(2, terms.validationParameter)
        .finish();
    return [
        ['EndorsementInfo', newBytesData(endorsementInfo)],
        ['ValidationInfo', newBytesData(validationInfo)],
        ['Collections', newBytesData(terms.collections)],
    ];
}

/** StateData{Int64 = 1 | Bytes = 2 | String = 3}: one branch is there, even when it is empty. */
function newBytesData(value: Uint8Array): Buffer {
    return new FieldWriter().bytesAlways(2, value).finish();
}

function newTextData(text: string): Buffer {
    return new FieldWriter().stringAlways(3, text).finish();
}

/** StateMetadata{datatype = 1, fields = 2}. */
function newMetadata({ datatype, fields }: LifecycleRecord): Buffer {
    const writer = new FieldWriter().string(1, datatype);
    for (const [name] of fields) writer.string(2, name);
    return writer.finish();
}

/** Writes a record; what is there already in the same bytes is left. Fabric: serializer.go, Serialize. */
export function writeRecord(area: LifecycleArea, name: string, record: LifecycleRecord, state: WritableState): void {
    const isThere = state.get(metadataKey(area, name)) !== undefined;
    const present = record.fields.map(([field]) => (isThere ? state.get(fieldKey(area, name, field)) : undefined));
    record.fields.forEach(([field, value], index) => {
        if (!present[index]?.equals(value)) state.put(fieldKey(area, name, field), value);
    });
    if (!isThere) state.put(metadataKey(area, name), newMetadata(record));
}

/** Whether exactly this record is there, by its hashes alone. Fabric: serializer.go, IsSerialized. */
export function holdsRecord(area: LifecycleArea, name: string, record: LifecycleRecord, state: HashedState): boolean {
    const wanted: (readonly [key: string, value: Buffer])[] = [
        [metadataKey(area, name), newMetadata(record)],
        ...record.fields.map(([field, value]) => [fieldKey(area, name, field), value] as const),
    ];
    // All of them are read, whatever the first ones say: what is read stands in the read-write set.
    const found = wanted.map(([key]) => state.getHash(key));
    return wanted.every(([, value], index) => found[index]?.equals(privateHash(value)));
}

/** Whether a package is named at all, which an empty id does too. Fabric: serializer.go, IsMetadataSerialized. */
export function namesPackage(name: string, state: HashedState): boolean {
    const found = state.getHash(metadataKey('chaincode-sources', name));
    return found?.equals(privateHash(newMetadata(newPackageRecord('')))) ?? false;
}

/** The hash under which a peer knows a package that an organisation has named. */
export function packageHash(packageId: string): string {
    return privateHash(newTextData(packageId)).toString('hex');
}

/** The same for what an organisation's collection names; undefined for nothing. */
export function namedPackageHash(name: string, state: HashedState): string | undefined {
    return state.getHash(fieldKey('chaincode-sources', name, 'PackageID'))?.toString('hex');
}

/** The newest committed sequence; 0 for none. Throws WIRE_MALFORMED, as what follows does. */
export function readSequence(name: string, state: ReadableState): number {
    const reader = new FieldReader('StateData', state.get(sequenceKey(name)) ?? Buffer.alloc(0));
    let sequence = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) sequence = reader.int64();
        else reader.skip();
    }
    return sequence;
}

/** The committed definition; undefined for none. */
export function readDefinition(name: string, state: ReadableState): DefinitionTerms | undefined {
    if (state.get(metadataKey('namespaces', name)) === undefined) return undefined;
    return { name, sequence: readSequence(name, state), ...readParameters(name, state) };
}

/** What an organisation approved as this sequence; undefined for nothing. */
export function readApproval(
    approval: Pick<DefinitionTerms, 'name' | 'sequence'>,
    state: ReadableState,
): DefinitionTerms | undefined {
    const name = approvalName(approval);
    if (state.get(metadataKey('namespaces', name)) === undefined) return undefined;
    return { name: approval.name, sequence: approval.sequence, ...readParameters(name, state) };
}

/** The package that an organisation approved, '' for none of its own; undefined where it has named nothing. */
export function readPackageId(name: string, state: ReadableState): string | undefined {
    if (state.get(metadataKey('chaincode-sources', name)) === undefined) return undefined;
    return readData(state.get(fieldKey('chaincode-sources', name, 'PackageID')), 0x1a).toString();
}

function readParameters(name: string, state: ReadableState): Omit<DefinitionTerms, 'name' | 'sequence'> {
    const read = (field: string): Buffer => readData(state.get(fieldKey('namespaces', name, field)), 0x12);
    return {
        ...parseEndorsementInfo(read('EndorsementInfo')),
        ...parseValidationInfo(read('ValidationInfo')),
        collections: read('Collections'),
    };
}

function readData(bytes: Buffer | undefined, wanted: number): Buffer {
    const reader = new FieldReader('StateData', bytes ?? Buffer.alloc(0));
    let value: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) value = reader.bytes();
        else reader.skip();
    }
    return value;
}

function parseEndorsementInfo(bytes: Buffer): Pick<DefinitionTerms, 'version' | 'initRequired' | 'endorsementPlugin'> {
    const reader = new FieldReader('ChaincodeEndorsementInfo', bytes);
    const info = { version: '', initRequired: false, endorsementPlugin: '' };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) info.version = reader.string();
        else if (tag === 0x10) info.initRequired = reader.bool();
        else if (tag === 0x1a) info.endorsementPlugin = reader.string();
        else reader.skip();
    }
    return info;
}

function parseValidationInfo(bytes: Buffer): Pick<DefinitionTerms, 'validationPlugin' | 'validationParameter'> {
    const reader = new FieldReader('ChaincodeValidationInfo', bytes);
    const info = { validationPlugin: '', validationParameter: Buffer.alloc(0) as Buffer };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) info.validationPlugin = reader.string();
        else if (tag === 0x12) info.validationParameter = reader.bytes();
        else reader.skip();
    }
    return info;
}
