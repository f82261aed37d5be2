import { ContractError } from '../faults/contract-error';

/** What a contract answers to a transaction name it does not have. */
export function refuseUnknownTransaction(contract: string): Promise<never> {
    return Promise.reject(new ContractError({ code: 'UNKNOWN_TRANSACTION', contract }));
}
