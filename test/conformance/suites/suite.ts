import type { ConformanceNetwork } from '../conformance-network';
import type { RawClient } from '../raw-client';

/** What a suite is given: the network is up when its tests run, not yet when they are declared. */
export interface Tested {
    readonly network: () => ConformanceNetwork;
    readonly client: () => RawClient;
    /** Whether the network can be harmed (it runs in this process). */
    readonly canBeHarmed: boolean;
}

/** Declares tests of one part of Fabric's behaviour. */
export type Suite = (tested: Tested) => void;

/** Fabric's TxValidationCode, those that tests ask for. */
export const codes = {
    VALID: 0,
    BAD_CREATOR_SIGNATURE: 4,
    DUPLICATE_TXID: 9,
    ENDORSEMENT_POLICY_FAILURE: 10,
    MVCC_READ_CONFLICT: 11,
    PHANTOM_READ_CONFLICT: 12,
} as const;
