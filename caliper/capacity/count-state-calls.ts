import type { GatewayConnection } from '../../network/client/connect-gateway';
import { readTransaction } from '../../network/client/read-ledger';
import type { StateCalls } from './capacity-record';

/**
 * What a transaction asked of the state, counted in the read-write set that its endorsers signed. No contract here reads
 * a key twice, so keys are calls. Throws ClientError NOT_ON_LEDGER.
 */
export async function countStateCalls(
    connection: GatewayConnection,
    chaincodeName: string,
    transactionId: string,
): Promise<StateCalls> {
    const { act } = await readTransaction(connection, transactionId);
    const touched = (act?.touched ?? []).filter(({ namespace }) => namespace === chaincodeName);
    const sum = (count: (keys: (typeof touched)[number]) => number): number =>
        touched.reduce((total, keys) => total + count(keys), 0);
    return {
        gets: sum(({ reads }) => reads.length),
        puts: sum(({ writes }) => writes.filter(({ isDelete }) => !isDelete).length),
        deletes: sum(({ writes }) => writes.filter(({ isDelete }) => isDelete).length),
        ranges: sum(({ ranges }) => ranges),
    };
}
