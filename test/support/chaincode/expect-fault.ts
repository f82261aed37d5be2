import { expect } from '@jest/globals';
import type { FaultCode, FaultOf } from '../../../chaincode/src/faults/fault-api';
import { RefusedTransaction } from './stub-ledger';

/** Expects that the chaincode refuses with this code, having written nothing; gives the fault with its data. */
export async function expectFault<Code extends FaultCode>(
    submitted: Promise<unknown>,
    code: Code,
): Promise<FaultOf<Code>> {
    const refusal = await submitted.then(
        () => new Error(`expected ${code}, but the transaction was accepted`),
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    if (!(refusal instanceof RefusedTransaction)) {
        throw refusal;
    }
    expect({ code: refusal.fault?.code, message: refusal.message }).toMatchObject({ code });
    expect([...refusal.simulation.writes.keys()]).toEqual([]);
    return refusal.fault as FaultOf<Code>;
}
