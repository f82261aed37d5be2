import type { FaultCode, FaultOf } from './chaincode-fault';

/** What a code means to somebody who reads it in a log, and what to do about it. */
export interface FaultEntry<Code extends FaultCode> {
    readonly meaning: string;
    readonly action: string;
    /** What is wrong and where, with the fault's data: one sentence. */
    readonly says: (fault: FaultOf<Code>) => string;
}

/** The entries of one domain's faults. */
export type FaultEntries<Code extends FaultCode> = { readonly [Own in Code]: FaultEntry<Own> };
