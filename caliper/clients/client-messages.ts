import type { ReachableNetwork } from '../../network/client/connect-gateway';
import type { Identity } from '../../network/identities/identity';

/** The operations that the clients are compared by. */
export const comparedOperations = ['set', 'query'] as const;
export type ComparedOperation = (typeof comparedOperations)[number];

/** What a client process is told. */
export type ClientRequest =
    | { readonly kind: 'open'; readonly target: ReachableNetwork; readonly terminals: readonly Identity[] }
    | {
          readonly kind: 'round';
          readonly operation: ComparedOperation;
          readonly total: number;
          readonly inFlight: number;
      };

/** What it answers, one answer a request. */
export type ClientAnswer =
    | { readonly kind: 'opened' }
    | ({ readonly kind: 'measured' } & ClientRound)
    | { readonly kind: 'failed'; readonly why: string };

export interface ClientRound {
    readonly seconds: number;
    /** Calls that did not succeed; a Set succeeds when it is committed as valid. */
    readonly failed: number;
    readonly firstFailure?: string;
    /** How often elliptic's sign was called meanwhile. */
    readonly ellipticSignatures: number;
}
