import type { ChaincodeFault } from './chaincode-fault';
import { ContractError } from './contract-error';

/** Passes on what a rule decided, or throws the fault it found. */
export function accepted<Decision extends object>(decision: Decision | ChaincodeFault): Decision {
    if ('code' in decision) {
        throw new ContractError(decision);
    }
    return decision;
}
