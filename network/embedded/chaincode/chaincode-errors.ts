/** What can go wrong between a peer and its chaincode. Sentences that reach a client are Fabric v2.5.16's own. */
export type ChaincodeFault =
    | { readonly code: 'CHAINCODE_UNREACHABLE'; readonly packageId: string; readonly reason: string }
    | { readonly code: 'CHAINCODE_TIMEOUT' }
    | { readonly code: 'CHAINCODE_STREAM_LOST' }
    | { readonly code: 'CHAINCODE_FAILED'; readonly text: string }
    | { readonly code: 'CHAINCODE_CALL_REFUSED'; readonly reason: string }
    | { readonly code: 'TRANSACTION_RUNNING'; readonly txId: string; readonly channelId: string }
    | {
          readonly code: 'CHAINCODE_NOT_STARTED';
          readonly service: string;
          readonly reason: string;
          readonly lastLines: readonly string[];
      };

/** The sentence. Fabric: core/chaincode/chaincode_support.go, core/chaincode/handler.go. */
export function describeChaincodeFault(fault: ChaincodeFault): string {
    switch (fault.code) {
        case 'CHAINCODE_UNREACHABLE':
            return `could not launch chaincode ${fault.packageId}: connection to ${fault.packageId} failed: ${fault.reason}`;
        case 'CHAINCODE_TIMEOUT':
            return 'error sending: timeout expired while executing transaction';
        case 'CHAINCODE_STREAM_LOST':
            return 'error sending: chaincode stream terminated';
        case 'CHAINCODE_FAILED':
            return `transaction returned with failure: ${fault.text}`;
        case 'CHAINCODE_CALL_REFUSED':
            return fault.reason;
        case 'TRANSACTION_RUNNING':
            return `error sending: txid: ${fault.txId}(${fault.channelId}) exists`;
        case 'CHAINCODE_NOT_STARTED':
            return describeNotStarted(fault);
    }
}

function describeNotStarted(fault: Extract<ChaincodeFault, { code: 'CHAINCODE_NOT_STARTED' }>): string {
    const last = fault.lastLines.length > 0 ? ` Its last lines were:\n${fault.lastLines.join('\n')}` : '';
    return `The chaincode process ${fault.service} did not start: ${fault.reason}.${last}`;
}

export class ChaincodeError extends Error {
    readonly fault: ChaincodeFault;

    constructor(fault: ChaincodeFault, options?: ErrorOptions) {
        super(describeChaincodeFault(fault), options);
        this.name = ChaincodeError.name;
        this.fault = fault;
    }
}
