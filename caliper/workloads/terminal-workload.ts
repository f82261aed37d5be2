import { WorkloadModuleBase } from '@hyperledger/caliper-core';
import type { Connector } from '@hyperledger/caliper-core';
import { z } from 'zod';
import type { Call } from '../../chaincode/src/calls/call-api';
import { CaliperError } from '../caliper-errors';
import { readLoadPlan } from '../rounds/load-plan';
import type { FleetTerminal } from '../terminals/share-terminals';
import { openTerminalFleet } from '../terminals/terminal-fleet';
import type { TerminalFleet } from '../terminals/terminal-fleet';

const roundArgumentsSchema = z.strictObject({ loadPlan: z.string().min(1) });

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
        const { network } = readLoadPlan(parseRoundArguments(roundArguments).loadPlan);
        this.#chaincode = network.chaincode.name;
        this.#fleet = await openTerminalFleet(network, workerIndex);
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

function parseRoundArguments(roundArguments: unknown): z.infer<typeof roundArgumentsSchema> {
    const parsed = roundArgumentsSchema.safeParse(roundArguments);
    if (parsed.success) return parsed.data;
    const findings = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'arguments', message }));
    throw new CaliperError({ code: 'ROUND_ARGUMENTS_INVALID', findings });
}
