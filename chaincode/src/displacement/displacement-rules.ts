import type { ControlledDevice, TerminalRecord } from '../registration/registration-api';
import { canonicalJson } from '../ledger-access/canonical-json';
import type {
    DisplacementFault,
    DisplacementInput,
    DisplacementRecord,
    JudgedDisplacement,
    Position,
} from './displacement-api';

/** The device of that id, or DEVICE_UNKNOWN. */
export function findDevice(
    terminal: Pick<TerminalRecord, 'terminalId' | 'devices'>,
    deviceId: string,
): ControlledDevice | DisplacementFault {
    const { terminalId, devices } = terminal;
    return devices.find((device) => device.deviceId === deviceId) ?? { code: 'DEVICE_UNKNOWN', terminalId, deviceId };
}

/**
 * A report of a device of the terminal, in its own type. Ahead of the transaction by more than the tolerance is
 * refused; further behind is valid, the terminal was cut off, and is marked late.
 */
export function decideDisplacement(
    terminal: Pick<TerminalRecord, 'terminalId' | 'devices'>,
    report: DisplacementInput,
    transaction: Pick<DisplacementRecord, 'transactionId' | 'transactionTimeMs'>,
    clockToleranceMs: number,
): DisplacementRecord | DisplacementFault {
    const { terminalId, deviceId, position, timeMs, cause, quality, soe } = report;
    const device = findDevice(terminal, deviceId);
    if ('code' in device) {
        return device;
    }
    if (device.command !== position.type) {
        return { code: 'POSITION_NOT_FITTING', terminalId, deviceId, type: position.type, needed: device.command };
    }
    const { transactionId, transactionTimeMs } = transaction;
    const aheadMs = timeMs - transactionTimeMs;
    if (aheadMs > clockToleranceMs) {
        return { code: 'DISPLACEMENT_FROM_FUTURE', terminalId, aheadMs, clockToleranceMs };
    }
    return {
        cause,
        deviceId,
        late: -aheadMs > clockToleranceMs,
        position: inOrder(position),
        quality,
        schemaVersion: 1,
        soe,
        terminalId,
        timeMs,
        transactionId,
        transactionTimeMs,
    };
}

/** What a terminal's reports are judged against: the number and time before. */
export interface FormerDisplacement {
    readonly soe: number;
    /** Latest time among all lower numbers that were looked at. */
    readonly timeMs: number;
}

/** Judges one number by its copies, oldest first, and what came before it. */
export function judgeDisplacement(
    copies: readonly [DisplacementRecord, ...DisplacementRecord[]],
    former: FormerDisplacement | undefined,
): JudgedDisplacement {
    const [displacement, ...later] = copies;
    return {
        displacement,
        copies: copies.length,
        contradicted: later.some((copy) => whatItSays(copy) !== whatItSays(displacement)),
        missingBefore: former === undefined ? 0 : displacement.soe - former.soe - 1,
        outOfOrder: former !== undefined && displacement.timeMs < former.timeMs,
    };
}

/** The report without how it came here. */
function whatItSays({ deviceId, position, timeMs, cause, quality }: DisplacementRecord): string {
    return canonicalJson({ deviceId, position, timeMs, cause, quality });
}

/** Its fields in canonical order, which spares the sorting. */
function inOrder(position: Position): Position {
    return position.type === 'step'
        ? { step: position.step, type: position.type }
        : ({ state: position.state, type: position.type } as Position);
}
