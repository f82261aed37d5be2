/** The parts of Caliper 0.6.0 that are used here; it ships no types. */
declare module '@hyperledger/caliper-core' {
    export class TxStatus {
        GetID(): string | undefined;
        SetID(id: string): void;
        GetStatus(): 'created' | 'success' | 'failed';
        IsCommitted(): boolean;
        SetStatusSuccess(timeMs?: number): void;
        SetStatusFail(): void;
        GetTimeCreate(): number;
        SetTimeCreate(timeMs: number): void;
        GetTimeFinal(): number;
        SetVerification(verified: boolean): void;
        SetResult(result: Buffer | string): void;
        Set(key: string, value: unknown): void;
        Get(key: string): unknown;
    }

    export interface Connector {
        sendRequests(request: object): Promise<TxStatus>;
        on(event: 'txsSubmitted', listener: (count: number) => void): this;
        on(event: 'txsFinished', listener: (results: TxStatus | TxStatus[]) => void): this;
    }

    export class ConnectorBase implements Connector {
        readonly workerIndex: number;
        constructor(workerIndex: number, bcType: string);
        sendRequests(request: object): Promise<TxStatus>;
        on(event: string, listener: (value: never) => void): this;
        getContext(roundIndex: number, args: unknown): Promise<unknown>;
        releaseContext(context?: unknown): Promise<void>;
        _sendSingleRequest(request: object): Promise<TxStatus>;
    }

    export class WorkloadModuleBase {
        workerIndex: number;
        totalWorkers: number;
        roundIndex: number;
        roundArguments: unknown;
        sutAdapter: Connector;
        initializeWorkloadModule(
            workerIndex: number,
            totalWorkers: number,
            roundIndex: number,
            roundArguments: unknown,
            sutAdapter: Connector,
            sutContext: unknown,
        ): Promise<void>;
        submitTransaction(): Promise<void>;
        cleanupWorkloadModule(): Promise<void>;
    }

    export const ConfigUtil: {
        readonly keys: {
            readonly NetworkConfig: string;
            readonly Fabric: {
                readonly Timeout: { readonly InvokeOrQuery: string };
                readonly Gateway: { readonly LocalHost: string };
            };
        };
        get(key: string, otherwise?: unknown): unknown;
        set(key: string, value: unknown): void;
    };

    export const CaliperUtils: { resolvePath(path: string): string; parseYaml(file: string): unknown };
}

declare module '@hyperledger/caliper-fabric' {
    import type { Connector } from '@hyperledger/caliper-core';

    export function ConnectorFactory(workerIndex: number): Promise<Connector>;
}

declare module '@hyperledger/caliper-fabric/lib/connector-versions/v2/WalletFacadeFactory' {
    const WalletFacadeFactory: new () => object;
    export = WalletFacadeFactory;
}

declare module '@hyperledger/caliper-fabric/lib/connector-configuration/ConnectorConfigurationFactory' {
    import type { ConnectorConfiguration } from '@hyperledger/caliper-fabric/lib/connector-versions/v2/FabricGateway';

    class ConnectorConfigurationFactory {
        create(file: string, walletFacadeFactory: object): Promise<ConnectorConfiguration>;
    }
    export = ConnectorConfigurationFactory;
}

declare module '@hyperledger/caliper-fabric/lib/connector-versions/v2/FabricGateway' {
    import type { Connector, TxStatus } from '@hyperledger/caliper-core';
    import type { Contract, Gateway, Wallet } from 'fabric-network';

    class V2FabricGateway implements Connector {
        readonly workerIndex: number;
        readonly connectorConfiguration: V2FabricGateway.ConnectorConfiguration;
        readonly contractInstancesByIdentity: Map<string, Map<string, Contract>>;
        readonly gatewayInstanceByIdentity: Map<string, Gateway>;
        constructor(configuration: V2FabricGateway.ConnectorConfiguration, workerIndex: number, bcType: string);
        getContext(roundIndex: number, args: unknown): Promise<unknown>;
        releaseContext(context?: unknown): Promise<void>;
        sendRequests(request: object): Promise<TxStatus>;
        on(event: string, listener: (value: never) => void): this;
        _prepareGatewayAndContractMapsForEachIdentity(): Promise<void>;
        _createGatewayWithIdentity(mspId: string, aliasName: string, wallet: Wallet): Promise<Gateway>;
        _getContractForIdentityOnChannelWithChaincodeID(
            mspId: string,
            identityName: string,
            channelName: string,
            contractId: string,
        ): Promise<Contract>;
        _submitOrEvaluateTransaction(settings: V2FabricGateway.InvokeSettings, isSubmit: boolean): Promise<TxStatus>;
    }

    namespace V2FabricGateway {
        export interface ConnectorConfiguration {
            getWallet(): Wallet;
            getAliasNameForOrganizationAndIdentityName(mspId: string, identityName: string): string;
            getConnectionProfileDefinitionForOrganization(
                mspId: string,
            ): Promise<{ getConnectionProfile(): Record<string, unknown>; isDynamicConnectionProfile(): boolean }>;
        }
        export interface InvokeSettings {
            readonly channel: string;
            readonly contractId: string;
            readonly contractFunction: string;
            readonly contractArguments: readonly string[];
            readonly invokerMspId: string;
            readonly invokerIdentity: string;
            /** Ours: whose reading it is, for the record. */
            readonly terminalId?: string;
        }
    }
    export = V2FabricGateway;
}
