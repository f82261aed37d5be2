import type { ChaincodeEvent } from '../wire/transaction';
import type { HeardBlock } from './block-stream';

/** TxValidationCode VALID. */
const valid = 0;

/** A chaincode's events in a block, in its order, with the ids of their transactions; invalid ones have raised none. */
export function validEventsOf({ transactions }: HeardBlock, chaincode: string): ChaincodeEvent[] {
    return transactions
        .filter(({ code }) => code === valid)
        .flatMap(({ txId, events }) => events.map((event) => ({ ...event, txId })))
        .filter(({ chaincodeId }) => chaincodeId === chaincode);
}
