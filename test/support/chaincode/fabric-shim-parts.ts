import type { ChaincodeStub } from 'fabric-shim-api';
import { createRequire } from 'node:module';

/** The parts of fabric-shim that a peer's messages reach first; it ships no types for them. */
export interface ContractDispatcher {
    readonly metadata: object;
    Invoke(stub: ChaincodeStub): Promise<ShimResponse>;
}
export interface ShimResponse {
    readonly status: number;
    readonly message?: string;
    readonly payload?: Uint8Array;
}
type DispatcherClass = new (
    contracts: readonly unknown[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
) => ContractDispatcher;
export type StubClass = new (
    handler: object,
    channelId: string,
    transactionId: string,
    input: { getArgsList_asU8(): Uint8Array[] },
) => ChaincodeStub & Record<string, unknown>;

const load = createRequire(__filename);
const shim = load('fabric-shim') as { ChaincodeStub: StubClass };
const Dispatcher = load('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as DispatcherClass;
const { JSONSerializer } = load('fabric-contract-api') as { JSONSerializer: unknown };
const logger = load('fabric-shim/lib/logger.js') as { setLevel(level: string): void };

export const RealChaincodeStub = shim.ChaincodeStub;

/** Contracts as fabric-shim dispatches to them, with its own serializer and metadata; its logs are off. */
export function newDispatcher(contracts: readonly unknown[]): ContractDispatcher {
    const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
    const dispatcher = new Dispatcher([...contracts], serializers, {}, 'feeder-ledger-chaincode', '0');
    logger.setLevel('critical');
    return dispatcher;
}
