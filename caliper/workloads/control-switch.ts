import { WorkloadModuleBase } from '@hyperledger/caliper-core';
import type { Connector } from '@hyperledger/caliper-core';
import type { ControlRequest } from '../connector/main-station-connector';
import { opposite } from '../terminals/switches';
import type { FleetSwitch } from '../terminals/switches';
import { readRoundArguments } from './round-arguments';

/** Each act is a remote control of the next switch, to the position in which it does not stand. */
export class ControlSwitch extends WorkloadModuleBase {
    #switches: readonly FleetSwitch[] = [];
    #given = 0;

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
        this.#switches = readRoundArguments(roundArguments).switches;
    }

    override async submitTransaction(): Promise<void> {
        const turn = Math.floor(this.#given / this.#switches.length);
        const next = this.#switches[this.#given % this.#switches.length];
        if (next === undefined) return;
        this.#given += 1;
        const { terminalId, deviceId, command, position, medium } = next;
        const value = turn % 2 === 0 ? opposite(position) : position;
        const request: ControlRequest = {
            medium,
            selection: { terminalId, deviceId, command: { type: command, value } },
        };
        await this.sutAdapter.sendRequests(request);
    }
}

/** What Caliper calls. */
export function createWorkloadModule(): ControlSwitch {
    return new ControlSwitch();
}
