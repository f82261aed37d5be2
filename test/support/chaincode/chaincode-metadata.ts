import type { Call } from '../../../chaincode/src/calls/call-api';
import type { StubLedger } from './stub-ledger';
import { newTestIdentity } from './test-identity';

/** What the chaincode tells of itself, as far as tests look at it. */
export interface ChaincodeMetadata {
    readonly contracts: Record<string, { readonly transactions: readonly TransactionMetadata[] } | undefined>;
    readonly components: {
        readonly schemas: Record<string, { readonly properties: Record<string, object> } | undefined>;
    };
}
export interface TransactionMetadata {
    readonly name: string;
    readonly tag: readonly string[];
    readonly parameters: readonly { readonly name: string; readonly description: string; readonly schema: object }[];
    readonly returns?: { readonly $ref: string };
}

/** fabric-contract-api's own contract, which answers the metadata. */
export const systemContract = 'org.hyperledger.fabric';
const getMetadata: Call = { contract: systemContract, transaction: 'GetMetadata', args: [], readOnly: true };

export async function readMetadata(ledger: StubLedger): Promise<ChaincodeMetadata> {
    return ledger.evaluate<ChaincodeMetadata>(getMetadata, await newTestIdentity());
}

/** Every transaction of the project's contracts as `contract:transaction`, sorted. */
export function describedTransactions({ contracts }: ChaincodeMetadata): string[] {
    return Object.entries(contracts)
        .filter(([contract]) => contract !== systemContract)
        .flatMap(([contract, described]) => (described?.transactions ?? []).map(({ name }) => `${contract}:${name}`))
        .sort();
}
