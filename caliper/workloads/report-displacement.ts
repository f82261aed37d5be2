import { displacementCalls } from '../../chaincode/src/displacement/displacement-api';
import { CaliperError } from '../caliper-errors';
import type { LoadPlan } from '../rounds/load-plan';
import type { FleetTerminal } from '../terminals/share-terminals';
import { moveReport } from '../terminals/switches';
import type { FleetSwitch } from '../terminals/switches';
import type { TerminalFleet } from '../terminals/terminal-fleet';
import type { TerminalCall } from './terminal-workload';
import { TerminalWorkload } from './terminal-workload';

interface Member extends FleetTerminal {
    readonly device: FleetSwitch;
    /** How often it moved in this round. */
    moves: number;
}

/**
 * Each transaction is the next terminal's report that its switch moved by itself: to the other position, under the next
 * number of its events. A terminal reports for itself, so those that hold no gateway are left to their concentrator.
 */
export class ReportDisplacement extends TerminalWorkload {
    #members: Member[] = [];
    #given = 0;

    protected override begin({ switches }: LoadPlan, { share }: TerminalFleet): void {
        const byTerminal = new Map(switches.map((one) => [one.terminalId, one]));
        this.#members = share.terminals.flatMap(({ terminal, reporter }) => {
            const device = reporter.id === terminal.id ? byTerminal.get(terminal.id) : undefined;
            return device === undefined ? [] : [{ terminal, reporter, device, moves: 0 }];
        });
    }

    protected override nextCall({ share }: TerminalFleet): TerminalCall {
        const member = this.#members[this.#given % this.#members.length];
        if (member === undefined) {
            const message = `no terminal on ${share.medium} has both a switch and a gateway`;
            throw new CaliperError({ code: 'ROUND_ARGUMENTS_INVALID', findings: [{ path: 'loadPlan', message }] });
        }
        this.#given += 1;
        const { terminal, reporter, device, moves } = member;
        member.moves += 1;
        const call = displacementCalls.reportDisplacement(moveReport(device, moves, Date.now()));
        return { terminal, reporter, call };
    }
}

/** What Caliper calls. */
export function createWorkloadModule(): ReportDisplacement {
    return new ReportDisplacement();
}
