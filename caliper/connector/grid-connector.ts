import { writeFileSync } from 'node:fs';
import { TxStatus } from '@hyperledger/caliper-core';
import V2FabricGateway from '@hyperledger/caliper-fabric/lib/connector-versions/v2/FabricGateway';
import type { Call } from '../../chaincode/src/calls/call-api';
import { displacementCalls } from '../../chaincode/src/displacement/displacement-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { connectGateway } from '../../network/client/connect-gateway';
import { tryEvaluate } from '../../network/client/evaluate-call';
import { submitCall, trySubmit, warmGateway } from '../../network/client/submit-call';
import type { Terminal } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { LoadPlan, WorkerPlan } from '../rounds/load-plan';
import { initialReport } from '../terminals/switches';
import { failureCode } from './failure-code';
import { readIdentity, readProfile } from './read-identity';
import type { ToldMore } from './transaction-record';
import { statusKeys, warmFile } from './transaction-record';

type InvokeSettings = V2FabricGateway.InvokeSettings;

/**
 * Caliper's own connector for fabric-network 2.2 with five things otherwise: calls go the way of network/client; a worker opens the gateways of its own
 * terminals only, all at once, and keeps them from the first preparation to the end of the last round; each completes
 * one submit that is not counted, since fabric-network loses commit events of a gateway whose stream is not yet open;
 * deadlines come from the medium; and each transaction's stages, failure class and terminal go into its TxStatus.
 */
export class GridConnector extends V2FabricGateway {
    readonly #plan: LoadPlan;
    readonly #worker: WorkerPlan;
    readonly #connections = new Map<string, GatewayConnection>();
    #opened: Promise<unknown> | undefined;

    constructor(options: {
        readonly configuration: V2FabricGateway.ConnectorConfiguration;
        readonly workerIndex: number;
        readonly plan: LoadPlan;
        readonly worker: WorkerPlan;
    }) {
        super(options.configuration, options.workerIndex, 'fabric');
        this.#plan = options.plan;
        this.#worker = options.worker;
    }

    /** Called twice a round by Caliper; opens and warms the gateways the first time only. */
    override getContext(roundIndex: number, args: unknown): Promise<unknown> {
        this.#opened ??= this.#openAndWarm(roundIndex, args);
        return this.#opened;
    }

    /** Called twice a round by Caliper; the gateways live until the worker's process ends. */
    override releaseContext(): Promise<void> {
        return Promise.resolve();
    }

    /** Closes the gateways, which a worker's process ends by ending. */
    close(): void {
        for (const connection of this.#connections.values()) connection.close();
    }

    async #openAndWarm(roundIndex: number, args: unknown): Promise<unknown> {
        const context = await super.getContext(roundIndex, args);
        const { medium, gateways } = this.#worker.share;
        const warm = { worker: this.workerIndex, medium, gateways: gateways.length };
        writeFileSync(warmFile(this.#plan.recordsDirectory, this.workerIndex), JSON.stringify(warm));
        return context;
    }

    override async _prepareGatewayAndContractMapsForEachIdentity(): Promise<void> {
        await Promise.all(this.#worker.share.gateways.map((terminal) => this.#open(terminal)));
    }

    /** Opens a terminal's gateway and submits readings of its own to the end, so that its streams stand. */
    async #open(terminal: Terminal): Promise<void> {
        const { id, mspId } = terminal;
        const alias = this.connectorConfiguration.getAliasNameForOrganizationAndIdentityName(mspId, id);
        const { network, asLocalhost } = this.#plan;
        const deadlines = this.#worker.medium;
        try {
            const identity = await readIdentity(this.connectorConfiguration, { name: id, mspId });
            const connectionProfiles = { [mspId]: await readProfile(this.connectorConfiguration, mspId) };
            const { relayUrl } = this.#worker;
            const options = { deadlines, asLocalhost, clock: Date.now, ...(relayUrl !== undefined && { relayUrl }) };
            const connection = await connectGateway({ connectionProfiles, network }, identity, options);
            this.gatewayInstanceByIdentity.set(alias, connection.fabric.getGateway());
            this.#connections.set(alias, connection);
            for (let done = 0; done < warmingSubmits; done++) {
                await warmGateway(connection, warmingCall(id));
            }
            const own = this.#plan.switches.find(({ terminalId }) => terminalId === id);
            if (own) await submitCall(connection, displacementCalls.reportDisplacement(initialReport(own, Date.now())));
        } catch (cause) {
            const why = cause instanceof Error ? cause.message : String(cause);
            const medium = this.#worker.share.medium;
            throw new CaliperError({ code: 'GATEWAY_NOT_OPENED', identity: id, medium, why }, { cause });
        }
    }

    override async _submitOrEvaluateTransaction(settings: InvokeSettings, isSubmit: boolean): Promise<TxStatus> {
        const { invokerMspId, invokerIdentity, terminalId } = settings;
        const alias = this.connectorConfiguration.getAliasNameForOrganizationAndIdentityName(
            invokerMspId,
            invokerIdentity,
        );
        const connection = this.#connections.get(alias);
        if (connection === undefined) {
            const why = 'the worker does not hold it: the workload and the load plan disagree.';
            const medium = this.#worker.share.medium;
            throw new CaliperError({ code: 'GATEWAY_NOT_OPENED', identity: invokerIdentity, medium, why });
        }
        const call = callOf(settings, !isSubmit);
        const outcome = await (isSubmit ? trySubmit(connection, call) : tryEvaluate(connection, call));
        const { sentMs, finishedMs, ...stages } = outcome.times;
        const status = new TxStatus();
        status.SetID(outcome.transactionId);
        status.SetTimeCreate(sentMs);
        status.SetVerification(true);
        if ('fault' in outcome) status.SetStatusFail();
        else status.SetStatusSuccess(finishedMs);
        const told: ToldMore = {
            ...(terminalId !== undefined && { terminalId }),
            ...stages,
            ...('fault' in outcome && { code: failureCode(outcome.fault) }),
        };
        status.Set(statusKeys.requestType, isSubmit ? 'transaction' : 'query');
        status.Set(statusKeys.told, told);
        return status;
    }
}

/** Caliper's spelling of a call (`contract:Transaction`) → ours. */
function callOf({ contractFunction, contractArguments }: InvokeSettings, readOnly: boolean): Call {
    const [contract = '', transaction = ''] = contractFunction.split(':');
    return { contract, transaction, args: contractArguments, readOnly };
}

/**
 * One opens a gateway's streams; the others warm the code of clients, nodes and contracts: while it is new, JavaScript
 * runs several times slower, and that would be measured in the first round.
 */
const warmingSubmits = 4;

/** Marked `substituted`: nobody takes it for a measured value. */
function warmingCall(terminalId: string): Call {
    return measurementCalls.set({
        terminalId,
        timeMs: Date.now(),
        type: 'voltage',
        value: 0,
        unit: 'kV',
        quality: 'substituted',
    });
}
