import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { TerminalFleet } from '../terminals/terminal-fleet';
import type { TerminalCall } from './terminal-workload';
import { TerminalWorkload } from './terminal-workload';

/** Each transaction asks for the newest reading of the next terminal, over that terminal's own medium. */
export class QueryNewest extends TerminalWorkload {
    protected override nextCall(fleet: TerminalFleet): TerminalCall {
        const { terminal, reporter } = fleet.nextTerminal();
        return { terminal, reporter, call: measurementCalls.query(terminal.id) };
    }
}

/** What Caliper calls. */
export function createWorkloadModule(): QueryNewest {
    return new QueryNewest();
}
