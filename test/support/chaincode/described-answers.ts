import type { Call } from '../../../chaincode/src/calls/call-api';

interface Described {
    readonly type?: string;
    readonly $ref?: string;
    readonly items?: Described;
}

/** The contracts' metadata, as far as answers are concerned. */
export interface AnswerMetadata {
    readonly contracts: Readonly<
        Record<
            string,
            { readonly transactions: readonly { readonly name: string; readonly returns?: Described }[] } | undefined
        >
    >;
    readonly components: { readonly schemas: DescribedRecords };
}
type DescribedRecords = Readonly<
    Record<string, { readonly properties: Readonly<Record<string, Described>> } | undefined>
>;

/** Where an answer holds what the metadata does not describe: a field too many, or of another type. Null is any type's. */
export function findUndescribed({ contracts, components }: AnswerMetadata, call: Call, answer: unknown): string[] {
    const transactions = contracts[call.contract]?.transactions ?? [];
    const { returns } = transactions.find(({ name }) => name === call.transaction) ?? {};
    return compare(answer, returns, call.transaction, components.schemas);
}

function compare(value: unknown, described: Described | undefined, path: string, records: DescribedRecords): string[] {
    if (value === null) return [];
    const record = described?.$ref?.replace('#/components/schemas/', '');
    const kind = Array.isArray(value) ? 'array' : typeof value;
    if (kind !== (record === undefined ? described?.type : 'object')) return [`${path}, which is ${kind}`];
    if (Array.isArray(value)) {
        return value.flatMap((item, index) => compare(item, described?.items, `${path}[${index}]`, records));
    }
    if (typeof value !== 'object') return [];
    const properties = record === undefined ? {} : records[record]?.properties;
    return Object.entries(value).flatMap(([field, inner]) =>
        compare(inner, properties?.[field], `${path}.${field}`, records),
    );
}
