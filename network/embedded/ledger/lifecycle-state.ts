import { FieldWriter } from '../../wire/field-writer';

/** A committed chaincode definition, as the channel's state holds it. */
export interface LifecycleDefinition {
    readonly name: string;
    readonly version: string;
    readonly sequence: number;
    /** Encoded ApplicationPolicy. */
    readonly validationParameter: Uint8Array;
    /** Encoded CollectionConfigPackage; empty when there are no collections. */
    readonly collections?: Uint8Array;
    readonly endorsementPlugin?: string;
    readonly validationPlugin?: string;
    readonly initRequired?: boolean;
}

/** The namespace in which definitions live. */
export const lifecycleNamespace = '_lifecycle';

/** The key that every endorsement of the chaincode reads, so that a new definition invalidates what is in flight. */
export function sequenceKey(chaincodeName: string): string {
    return fieldKey(chaincodeName, 'Sequence');
}

/**
 * Keys and values of a definition. ⟵ core/chaincode/lifecycle/serializer.go and lifecycle.go: StateMetadata{datatype,
 * fields}, and a StateData{Int64 = 1 | Bytes = 2 | String = 3} for each field, even when it is empty.
 */
export function newLifecycleState(definition: LifecycleDefinition): (readonly [key: string, value: Buffer])[] {
    const metadata = new FieldWriter().string(1, 'ChaincodeDefinition');
    for (const field of ['Sequence', 'EndorsementInfo', 'ValidationInfo', 'Collections']) metadata.string(2, field);
    const endorsementInfo = new FieldWriter()
        .string(1, definition.version)
        .bool(2, definition.initRequired ?? false)
        .string(3, definition.endorsementPlugin ?? 'escc')
        .finish();
    const validationInfo = new FieldWriter()
        .string(1, definition.validationPlugin ?? 'vscc')
        .bytes(2, definition.validationParameter)
        .finish();
    return [
        [`namespaces/metadata/${definition.name}`, metadata.finish()],
        [sequenceKey(definition.name), new FieldWriter().uint(1, definition.sequence).finish()],
        [fieldKey(definition.name, 'EndorsementInfo'), stateBytes(endorsementInfo)],
        [fieldKey(definition.name, 'ValidationInfo'), stateBytes(validationInfo)],
        [fieldKey(definition.name, 'Collections'), stateBytes(definition.collections ?? Buffer.alloc(0))],
    ];
}

function fieldKey(chaincodeName: string, field: string): string {
    return `namespaces/fields/${chaincodeName}/${field}`;
}

function stateBytes(value: Uint8Array): Buffer {
    return new FieldWriter().bytesAlways(2, value).finish();
}
