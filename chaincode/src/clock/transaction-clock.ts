import type { ChaincodeStub } from 'fabric-shim-api';
import { ContractError } from '../faults/contract-error';
import { inputLimits } from '../input/input-api';

/**
 * Now, as the proposal's timestamp has it. The client writes it and no endorser checks it: comparing it with a
 * reading's time shows that two claims agree, not that either is true. It is the same for all endorsers.
 */
export class TransactionClock {
    /** Milliseconds since 1970. */
    readonly nowMs: number;

    constructor(stub: Pick<ChaincodeStub, 'getTxTimestamp'>) {
        this.nowMs = timestampMs(stub);
    }
}

function timestampMs(stub: Pick<ChaincodeStub, 'getTxTimestamp'>): number {
    let nowMs = Number.NaN;
    try {
        const { seconds, nanos } = stub.getTxTimestamp();
        nowMs = seconds.toNumber() * 1_000 + Math.floor(nanos / 1_000_000);
    } catch {
        // fabric-shim throws a TypeError when the proposal carries no timestamp at all.
    }
    if (!(nowMs >= 0 && nowMs <= inputLimits.timeMs)) {
        throw new ContractError({ code: 'TRANSACTION_TIME_UNUSABLE' });
    }
    return nowMs;
}
