import type { DisplacementInput } from '../../../chaincode/src/displacement/displacement-api';

/** A displacement that every rule accepts of a terminal with `someDevices`, at the stub ledger's time. */
export function aDisplacement(given: Partial<DisplacementInput> = {}): DisplacementInput {
    return {
        terminalId: 'FTU-1',
        deviceId: 'Q0',
        position: { type: 'double', state: 'off' },
        timeMs: Date.UTC(2026, 5, 1, 12),
        cause: 'spontaneous',
        quality: 'valid',
        soe: 1,
        ...given,
    };
}
