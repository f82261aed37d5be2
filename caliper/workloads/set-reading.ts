import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { TerminalFleet } from '../terminals/terminal-fleet';
import type { TerminalCall } from './terminal-workload';
import { TerminalWorkload } from './terminal-workload';

/** Each transaction is the next terminal's `Set` of a reading from the grid's operation, signed by whoever reports it. */
export class SetReading extends TerminalWorkload {
    protected override nextCall(fleet: TerminalFleet): TerminalCall {
        const { terminal, reporter, reading } = fleet.nextReading(Date.now());
        return { terminal, reporter, call: measurementCalls.set(reading) };
    }
}

/** What Caliper calls. */
export function createWorkloadModule(): SetReading {
    return new SetReading();
}
