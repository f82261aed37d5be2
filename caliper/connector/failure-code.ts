import type { ClientFault } from '../../network/client/client-errors';

/** Codes after which nobody but the ledger knows whether the transaction stands. */
export const lostCodes = ['COMMIT_TIMEOUT', 'COMMIT_UNKNOWN'] as const;

/** The class of a failed transaction in a record: the chaincode's own code, Fabric's validation code, or the client's. */
export function failureCode(fault: ClientFault): string {
    if (fault.code === 'CHAINCODE_FAULT') return fault.fault.code;
    return fault.code === 'NOT_COMMITTED' ? fault.validationCode : fault.code;
}
