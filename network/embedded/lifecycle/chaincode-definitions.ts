import type { LifecycleDefinition } from '../ledger/lifecycle-state';
import { encodeCollectionConfigs, type CollectionConfig } from '../../wire/collection-config';
import type { SignaturePolicy } from '../../wire/policies';
import { encodeSignaturePolicy } from '../../wire/policies';
import { FieldWriter } from '../../wire/field-writer';

/** A chaincode as the channel has agreed on it. The embedded network has it built in, from the topology. */
export interface ChaincodeDefinition {
    readonly name: string;
    readonly version: string;
    readonly sequence: number;
    readonly endorsementPolicy: SignaturePolicy;
    /** Its own, without the implicit ones. */
    readonly collections: readonly CollectionConfig[];
}

/** The channel's committed chaincodes. */
export class ChaincodeDefinitions {
    readonly #definitions: ReadonlyMap<string, ChaincodeDefinition>;

    constructor(definitions: readonly ChaincodeDefinition[]) {
        this.#definitions = new Map(definitions.map((definition) => [definition.name, definition]));
    }

    find(name: string): ChaincodeDefinition | undefined {
        return this.#definitions.get(name);
    }

    all(): readonly ChaincodeDefinition[] {
        return [...this.#definitions.values()];
    }
}

/** The definition as the ledger's `_lifecycle` state holds it. */
export function lifecycleDefinitionOf(definition: ChaincodeDefinition): LifecycleDefinition {
    const { name, version, sequence } = definition;
    const collections = encodeCollectionConfigs(definition.collections);
    return { name, version, sequence, validationParameter: validationParameterOf(definition), collections };
}

/** protos.ApplicationPolicy{signature_policy = 1}. */
export function validationParameterOf(definition: ChaincodeDefinition): Buffer {
    return new FieldWriter().message(1, encodeSignaturePolicy(definition.endorsementPolicy)).finish();
}
