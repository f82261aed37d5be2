import type { RecordSchema } from '../ledger-access/state-repository';
import type { TerminalRecord } from './registration-api';

/** Version 1 has no devices where there are none: it is of before terminals had any. Version 2 always says which. */
export const terminalSchema: RecordSchema<TerminalRecord> = {
    version: 2,
    upgrades: {
        1: (former) => {
            const { devices = [], ...rest } = former as Omit<TerminalRecord, 'devices'> & Partial<TerminalRecord>;
            return { ...rest, devices, schemaVersion: 2 };
        },
    },
};
