import type { ChaincodeFault } from '../../chaincode/src/faults/fault-api';
import { describeFault } from '../../chaincode/src/faults/fault-api';

/** Why a call did not do what was asked. Those from CHAINCODE_FAULT on belong to one transaction. */
export type ClientFault =
    | { readonly code: 'CLIENT_UNREACHABLE'; readonly node: string; readonly why: string }
    | { readonly code: 'CERTIFICATE_REFUSED'; readonly name: string; readonly mspId: string; readonly why: string }
    | { readonly code: 'NATIVE_CRYPTO_NOT_LOADED' }
    | { readonly code: 'NO_CONNECTION_PROFILE'; readonly mspId: string; readonly known: readonly string[] }
    | { readonly code: 'CALL_UNUSABLE'; readonly why: string }
    | { readonly code: 'NOT_ON_LEDGER'; readonly what: string }
    | { readonly code: 'CHAINCODE_FAULT'; readonly fault: ChaincodeFault }
    | { readonly code: 'REQUEST_TIMEOUT'; readonly afterMs: number }
    | { readonly code: 'ENDORSEMENT_FAILED'; readonly why: string }
    | { readonly code: 'NOT_ORDERED'; readonly why: string }
    | { readonly code: 'NOT_COMMITTED'; readonly validationCode: string }
    | { readonly code: 'COMMIT_TIMEOUT'; readonly afterMs: number }
    | { readonly code: 'COMMIT_UNKNOWN'; readonly why: string }
    | { readonly code: 'ANSWER_UNREADABLE'; readonly why: string }
    | {
          readonly code: 'TERMINAL_SILENT';
          readonly operationId: string;
          readonly awaited: string;
          readonly afterMs: number;
      };

type Sentences = {
    readonly [Code in ClientFault['code']]: (fault: Extract<ClientFault, { readonly code: Code }>) => string;
};

const sentences: Sentences = {
    CLIENT_UNREACHABLE: ({ node, why }) =>
        `${node} cannot be reached (${why}): is the network up? \`npm run network -- status\` tells.`,
    CERTIFICATE_REFUSED: ({ name, mspId, why }) =>
        `The network refuses the certificate of ${name} (${mspId}: ${why}): it was revoked, has expired, or is another ` +
        "network's. Issue a new one.",
    NATIVE_CRYPTO_NOT_LOADED: () =>
        'fabric-network was loaded before network/client/prepare-sdk: import that first, it sets native signing.',
    NO_CONNECTION_PROFILE: ({ mspId, known }) =>
        `There is no connection profile for ${mspId}; there is one for ${known.join(', ')}.`,
    CALL_UNUSABLE: ({ why }) => `${why}.`,
    NOT_ON_LEDGER: ({ what }) => `The ledger holds no ${what}.`,
    CHAINCODE_FAULT: ({ fault }) => describeFault(fault),
    REQUEST_TIMEOUT: ({ afterMs }) =>
        `No answer within ${afterMs} ms: the peers are overloaded or the medium is cut; the ledger holds nothing of it.`,
    ENDORSEMENT_FAILED: ({ why }) => `No peer endorsed the transaction: ${why}`,
    NOT_ORDERED: ({ why }) => `The ordering service did not take the transaction (${why}): try again with a new one.`,
    NOT_COMMITTED: ({ validationCode }) =>
        `The transaction is on the ledger as invalid, with ${validationCode}; it changed nothing: try again with a new one.`,
    COMMIT_TIMEOUT: ({ afterMs }) =>
        `No commit event within ${afterMs} ms: the transaction may yet be committed; \`npm run ledger -- tx ID\` tells.`,
    COMMIT_UNKNOWN: ({ why }) =>
        `The transaction went to the orderer, and nothing more is heard of it (${why}): it may be on the ledger; \`npm run ledger -- tx ID\` tells.`,
    TERMINAL_SILENT: ({ operationId, awaited, afterMs }) =>
        `The operation ${operationId} was not ${awaited} within ${afterMs} ms: is the terminal connected? The operation expires by itself.`,
    ANSWER_UNREADABLE: ({ why }) => `The chaincode's answer is not JSON (${why}): is it the chaincode of this version?`,
};

/** One sentence a fault: what is wrong, where, what to do. */
export function describeClientFault(fault: ClientFault): string {
    const says = sentences[fault.code] as (fault: ClientFault) => string;
    return says(fault);
}

export class ClientError extends Error {
    readonly fault: ClientFault;
    /** The transaction it happened to, when there was one. */
    readonly transactionId: string | undefined;

    constructor(fault: ClientFault, options?: ErrorOptions & { readonly transactionId?: string }) {
        super(describeClientFault(fault), options);
        this.name = 'ClientError';
        this.fault = fault;
        this.transactionId = options?.transactionId;
    }
}
