import type { ReadingInput } from '../../../chaincode/src/measurement/measurement-api';

/** A reading that every rule accepts at the stub ledger's time. */
export function aReading(given: Partial<ReadingInput> = {}): ReadingInput {
    return {
        terminalId: 'TTU-1',
        timeMs: Date.UTC(2026, 5, 1, 12),
        type: 'voltage',
        value: 10.1,
        unit: 'kV',
        quality: 'valid',
        ...given,
    };
}
