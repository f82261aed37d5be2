/**
 * Why a peer did not endorse. The sentences are Fabric's own, because clients show them and applications match them:
 * what is wrong is said as Fabric v2.5.16 says it, and the code tells programs the same thing.
 */
export type EndorseFault =
    | { readonly code: 'PROPOSAL_MALFORMED'; readonly reason: string }
    | { readonly code: 'PROPOSAL_INVALID'; readonly reason: string }
    | { readonly code: 'CLIENT_EXPIRED'; readonly expiredAtMs: number }
    | { readonly code: 'CREATOR_UNKNOWN'; readonly channelId: string }
    | { readonly code: 'CREATOR_REFUSED'; readonly channelId: string; readonly mspId: string }
    | { readonly code: 'TRANSACTION_DUPLICATE'; readonly txId: string; readonly creatorHex: string }
    | { readonly code: 'NOT_PERMITTED'; readonly channelId: string; readonly policy: string; readonly reason: string }
    | { readonly code: 'CHANNEL_UNKNOWN'; readonly channelId: string }
    | { readonly code: 'CHAINCODE_NOT_DEFINED'; readonly chaincode: string; readonly channelId: string }
    | {
          readonly code: 'CHAINCODE_NOT_APPROVED';
          readonly chaincode: string;
          readonly channelId: string;
          readonly sequence: number;
      }
    | { readonly code: 'CHAINCODE_NOT_INSTALLED'; readonly chaincode: string; readonly channelId: string }
    | { readonly code: 'SIMULATION_FAILED'; readonly cause: string }
    | { readonly code: 'STATE_CALL_REFUSED'; readonly txId: string; readonly reason: string };

/** The sentence that the client is shown. */
export function describeEndorseFault(fault: EndorseFault): string {
    if (isNotRunnable(fault)) return describeNotRunnable(fault);
    switch (fault.code) {
        case 'PROPOSAL_MALFORMED':
            return fault.reason;
        case 'PROPOSAL_INVALID':
            return `error validating proposal: ${fault.reason}`;
        case 'CLIENT_EXPIRED':
            return 'proposal client identity expired';
        case 'CREATOR_UNKNOWN':
            return (
                `error validating proposal: access denied: channel [${fault.channelId}] ` +
                'creator org unknown, creator is malformed'
            );
        case 'CREATOR_REFUSED':
            return `error validating proposal: access denied: channel [${fault.channelId}] creator org [${fault.mspId}]`;
        case 'TRANSACTION_DUPLICATE':
            return `duplicate transaction found [${fault.txId}]. Creator [${fault.creatorHex}]`;
        case 'NOT_PERMITTED':
            return (
                `Failed evaluating policy on signed data during check policy on channel [${fault.channelId}] ` +
                `with policy [${fault.policy}]: [${fault.reason}]`
            );
        case 'CHANNEL_UNKNOWN':
            return `channel '${fault.channelId}' not found`;
        case 'SIMULATION_FAILED':
            return `error in simulation: ${fault.cause}`;
        case 'STATE_CALL_REFUSED':
            return `txid [${fault.txId}]: ${fault.reason}`;
    }
}

type NotRunnable = Extract<
    EndorseFault,
    { code: 'CHAINCODE_NOT_DEFINED' | 'CHAINCODE_NOT_APPROVED' | 'CHAINCODE_NOT_INSTALLED' }
>;

function isNotRunnable(fault: EndorseFault): fault is NotRunnable {
    return fault.code.startsWith('CHAINCODE_NOT_');
}

function describeNotRunnable(fault: NotRunnable): string {
    const { chaincode, channelId } = fault;
    return (
        `make sure the chaincode ${chaincode} has been successfully defined on channel ${channelId} ` +
        `and try again: ${whyNotRunnable(fault)}`
    );
}

function whyNotRunnable(fault: NotRunnable): string {
    const { chaincode, channelId } = fault;
    switch (fault.code) {
        case 'CHAINCODE_NOT_DEFINED':
            return channelId === ''
                ? "could not get channel config for channel ''"
                : `chaincode ${chaincode} not found`;
        case 'CHAINCODE_NOT_APPROVED':
            return (
                `chaincode definition for '${chaincode}' at sequence ${fault.sequence} on channel '${channelId}' ` +
                'has not yet been approved by this org'
            );
        case 'CHAINCODE_NOT_INSTALLED':
            return `chaincode definition for '${chaincode}' exists, but chaincode is not installed`;
    }
}

export class EndorseError extends Error {
    readonly fault: EndorseFault;

    constructor(fault: EndorseFault, options?: ErrorOptions) {
        super(describeEndorseFault(fault), options);
        this.name = EndorseError.name;
        this.fault = fault;
    }
}
