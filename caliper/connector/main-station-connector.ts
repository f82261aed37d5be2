import { writeFileSync } from 'node:fs';
import { ConnectorBase, TxStatus } from '@hyperledger/caliper-core';
import ConnectorConfigurationFactory from '@hyperledger/caliper-fabric/lib/connector-configuration/ConnectorConfigurationFactory';
import type V2FabricGateway from '@hyperledger/caliper-fabric/lib/connector-versions/v2/FabricGateway';
import WalletFacadeFactory from '@hyperledger/caliper-fabric/lib/connector-versions/v2/WalletFacadeFactory';
import type { Selection } from '../../chaincode/src/control/control-api';
import { ClientError } from '../../network/client/client-errors';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway } from '../../network/client/connect-gateway';
import { epochClock } from '../../network/client/epoch-clock';
import { MainStation } from '../../network/client/main-station';
import { identityNames } from '../../network/identities/identity';
import { CaliperError } from '../caliper-errors';
import type { LoadPlan } from '../rounds/load-plan';
import { failureCode } from './failure-code';
import { readWorkerConfiguration } from './network-configuration';
import { readIdentity, readProfile } from './read-identity';
import type { ToldMore } from './transaction-record';
import { statusKeys, warmFile } from './transaction-record';

/** One remote control, of a switch whose terminal is on the medium. */
export interface ControlRequest {
    readonly selection: Selection;
    readonly medium: string;
}

/**
 * Caliper's way to a dispatcher's desk: one transaction of Caliper's is one remote control, from the first message of the
 * dispatcher to the committed new position. The desk stands in the dispatch centre, on no medium; it is opened and has
 * operated every switch once before the first act counts.
 */
export class MainStationConnector extends ConnectorBase {
    readonly #configuration: V2FabricGateway.ConnectorConfiguration;
    readonly #plan: LoadPlan;
    #station: Promise<MainStation> | undefined;
    #close: (() => void)[] = [];

    constructor(options: {
        readonly configuration: V2FabricGateway.ConnectorConfiguration;
        readonly workerIndex: number;
        readonly plan: LoadPlan;
    }) {
        super(options.workerIndex, 'fabric');
        this.#configuration = options.configuration;
        this.#plan = options.plan;
    }

    /** Called twice a round by Caliper; opens and warms the desk the first time only. */
    override async getContext(): Promise<unknown> {
        this.#station ??= this.#openAndWarm();
        await this.#station;
        return {};
    }

    /** Called twice a round by Caliper; the desk lives until the worker's process ends. */
    override releaseContext(): Promise<void> {
        return Promise.resolve();
    }

    /** Closes the desk; Caliper has no word for that, and ends the worker. */
    close(): void {
        for (const close of this.#close.reverse()) close();
        this.#close = [];
    }

    override async _sendSingleRequest(request: object): Promise<TxStatus> {
        const { selection, medium } = request as ControlRequest;
        const station = await (this.#station ??= this.#openAndWarm());
        const status = new TxStatus();
        status.Set(statusKeys.requestType, 'transaction');
        status.SetVerification(true);
        const beganMs = epochClock();
        const told = { terminalId: selection.terminalId, medium };
        try {
            const { operation, times } = await station.control(selection);
            const { sentMs, finishedMs, ...stages } = times;
            status.SetID(operation.operationId);
            status.SetTimeCreate(sentMs);
            if (operation.state === 'reached') status.SetStatusSuccess(finishedMs);
            else status.SetStatusFail();
            const code = operation.state === 'reached' ? {} : { code: operation.state };
            status.Set(statusKeys.told, { ...told, ...stages, ...code } satisfies ToldMore);
        } catch (error) {
            if (!(error instanceof ClientError)) throw error;
            status.SetID(error.transactionId ?? '');
            status.SetTimeCreate(beganMs);
            status.SetStatusFail();
            status.Set(statusKeys.told, { ...told, code: failureCode(error.fault) } satisfies ToldMore);
        }
        return status;
    }

    async #openAndWarm(): Promise<MainStation> {
        const station = await this.#open();
        await this.#warm(station);
        const warm = { worker: this.workerIndex, medium: 'none', gateways: 1 };
        writeFileSync(warmFile(this.#plan.recordsDirectory, this.workerIndex), JSON.stringify(warm));
        return station;
    }

    async #open(): Promise<MainStation> {
        const { network, asLocalhost } = this.#plan;
        const mspId = network.organizations.find(({ role }) => role === 'dispatch')?.mspId ?? '';
        const name = identityNames.dispatcher;
        try {
            const identity = await readIdentity(this.#configuration, { name, mspId });
            const target = { connectionProfiles: { [mspId]: await readProfile(this.#configuration, mspId) }, network };
            const gate = await connectGateway(target, identity, { asLocalhost });
            const commitWatch = await CommitWatch.open(gate);
            const connection = await connectGateway(target, identity, { sharing: gate, commitWatch, asLocalhost });
            const station = await MainStation.open(connection);
            this.#close.push(
                () => {
                    gate.close();
                },
                () => {
                    connection.close();
                },
                () => {
                    commitWatch.close();
                },
                () => {
                    station.close();
                },
            );
            return station;
        } catch (cause) {
            const why = cause instanceof Error ? cause.message : String(cause);
            throw new CaliperError({ code: 'GATEWAY_NOT_OPENED', identity: name, medium: 'no medium', why }, { cause });
        }
    }

    /**
     * Each switch once, to where it stands: nothing moves, and every terminal has answered before the first act counts:
     * JavaScript runs several times slower while it is new.
     */
    async #warm(station: MainStation): Promise<void> {
        const { switches, network } = this.#plan;
        try {
            await Promise.all(
                switches.map(({ terminalId, deviceId, command, position }) =>
                    station.control({ terminalId, deviceId, command: { type: command, value: position } }),
                ),
            );
        } catch (cause) {
            const why = cause instanceof Error ? cause.message : String(cause);
            const operation = 'remote control';
            throw new CaliperError(
                { code: 'TRANSACTION_NOT_PROVED', operation, topology: network.name, why },
                { cause },
            );
        }
    }
}

/** What Caliper calls in its manager (index -1) and in the worker: `caliper.blockchain` names this file. */
export async function ConnectorFactory(workerIndex: number): Promise<MainStationConnector> {
    const { file, plan } = readWorkerConfiguration();
    const configuration = await new ConnectorConfigurationFactory().create(file, new WalletFacadeFactory());
    return new MainStationConnector({ configuration, workerIndex, plan });
}
