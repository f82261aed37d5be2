import { WorkloadModuleBase } from '@hyperledger/caliper-core';
import type { Connector } from '@hyperledger/caliper-core';
import type { Call } from '../../chaincode/src/calls/call-api';
import type { LoadPlan } from '../rounds/load-plan';
import type { FleetTerminal } from '../terminals/share-terminals';
import { openTerminalFleet } from '../terminals/terminal-fleet';
import type { TerminalFleet } from '../terminals/terminal-fleet';
import { readRoundArguments } from './round-arguments';

/** What one transaction is: a call, for which terminal, signed by whom. */
export interface TerminalCall extends FleetTerminal {
    readonly call: Call;
}

/** A Caliper workload in which the terminals of a worker act one after the other. */
export abstract class TerminalWorkload extends WorkloadModuleBase {
    #fleet: TerminalFleet | undefined;
    #chaincode = '';

    /** The next terminal's act. */
    protected abstract nextCall(fleet: TerminalFleet): TerminalCall;

    /** Told of the load plan before the first act of a round; most workloads need no more than the fleet. */
    protected begin?(plan: LoadPlan, fleet: TerminalFleet): void;

    /** Checks the round's arguments before anything is sent: throws CaliperError `ROUND_ARGUMENTS_INVALID`. */
    override async initializeWorkloadModule(
        workerIndex: number,
        totalWorkers: number,
        roundIndex: number,
        roundArguments: unknown,
        sutAdapter: Connector,
        sutContext: unknown,
    ): Promise<void> {
        await super.initializeWorkloadModule(
            workerIndex,
            totalWorkers,
            roundIndex,
            roundArguments,
            sutAdapter,
            sutContext,
        );
        const plan = readRoundArguments(roundArguments);
        const { network } = plan;
        this.#chaincode = network.chaincode.name;
        this.#fleet = await openTerminalFleet(network, workerIndex);
        this.begin?.(plan, this.#fleet);
    }

    override async submitTransaction(): Promise<void> {
        if (this.#fleet === undefined) return;
        const { call, terminal, reporter } = this.nextCall(this.#fleet);
        await this.sutAdapter.sendRequests({
            contractId: this.#chaincode,
            contractFunction: `${call.contract}:${call.transaction}`,
            contractArguments: [...call.args],
            readOnly: call.readOnly,
            invokerMspId: reporter.mspId,
            invokerIdentity: reporter.id,
            terminalId: terminal.id,
        });
    }
}
