import type { ChaincodeStub } from 'fabric-shim-api';
import { ContractError } from '../faults/contract-error';
import { readArgument, type Reader } from '../input/read-field';

/**
 * One field of the transient data: JSON text, as an argument is, but told to the endorsers alone and never ordered.
 * Throws ContractError TRANSIENT_MISSING or MALFORMED_INPUT.
 */
export function readTransient<T>(stub: Pick<ChaincodeStub, 'getTransient'>, field: string, reader: Reader<T>): T {
    const bytes = stub.getTransient().get(field);
    if (bytes === undefined) {
        throw new ContractError({ code: 'TRANSIENT_MISSING', field });
    }
    return readArgument(Buffer.from(bytes).toString(), reader);
}
