/** What can go wrong inside the embedded network that is not a verdict on a transaction. */
export type EmbeddedFault =
    | {
          /** A block that cannot follow the ledger it was given to; nothing of it was written. */
          readonly code: 'LEDGER_CORRUPT';
          readonly channelId: string;
          readonly blockNumber: number;
          readonly reason: string;
      }
    | {
          /** A block whose orderer signatures do not satisfy the channel's block validation policy. */
          readonly code: 'BLOCK_NOT_AUTHENTIC';
          readonly channelId: string;
          readonly blockNumber: number;
          readonly reason: string;
      }
    | {
          /** A snapshot of the state that was used after its release. */
          readonly code: 'SNAPSHOT_RELEASED';
          readonly height: number;
      }
    | {
          /** The topology's chaincode did not get onto the channel when the network started. */
          readonly code: 'DEFINITION_NOT_COMMITTED';
          /** The step of the lifecycle that failed. */
          readonly what: string;
          readonly reason: string;
      };

/** One sentence: what is wrong, where, what to do. */
export function describeEmbeddedFault(fault: EmbeddedFault): string {
    switch (fault.code) {
        case 'LEDGER_CORRUPT':
            return (
                `Block ${fault.blockNumber} cannot be added to the ledger of channel ${fault.channelId}: ` +
                `${fault.reason}. Stop the network and start it anew.`
            );
        case 'BLOCK_NOT_AUTHENTIC':
            return (
                `Block ${fault.blockNumber} of channel ${fault.channelId} is not signed as the channel asks: ` +
                `${fault.reason}. It was not written; check which orderer sent it.`
            );
        case 'SNAPSHOT_RELEASED':
            return `The state snapshot at height ${fault.height} was read after its release. Open a new one.`;
        case 'DEFINITION_NOT_COMMITTED':
            return (
                `The topology's chaincode could not be defined on the channel: ${fault.what} was refused: ` +
                `${fault.reason}. Check name, version and policy of the chaincode in the topology.`
            );
    }
}

export class EmbeddedError extends Error {
    readonly fault: EmbeddedFault;

    constructor(fault: EmbeddedFault, options?: ErrorOptions) {
        super(describeEmbeddedFault(fault), options);
        this.name = EmbeddedError.name;
        this.fault = fault;
    }
}
