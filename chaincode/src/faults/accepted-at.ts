import type { ChaincodeFault } from './chaincode-fault';
import { ContractError } from './contract-error';

/** Throws the fault that a rule found, with the index of the reading in its batch where there is one. */
export function acceptedAt(fault: ChaincodeFault | undefined, readingIndex?: number): void {
    if (fault !== undefined) {
        throw new ContractError(readingIndex === undefined ? fault : ({ ...fault, readingIndex } as ChaincodeFault));
    }
}
