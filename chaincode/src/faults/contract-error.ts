import type { ChaincodeFault } from './chaincode-fault';
import { encodeFault } from './fault-api';

/** The one error a transaction throws: the peer sends its message, which is the encoded fault, to the client. */
export class ContractError extends Error {
    readonly fault: ChaincodeFault;

    constructor(fault: ChaincodeFault, options?: ErrorOptions) {
        super(encodeFault(fault), options);
        this.name = ContractError.name;
        this.fault = fault;
    }
}
