import { protos } from 'fabric-protos';
import type { GatewayConnection } from '../../network/client/connect-gateway';

/** Fabric's system chaincode for queries of the ledger itself. */
const ledgerQueries = 'qscc';
/** Fabric: TxValidationCode VALID. */
const validCode = 0;

/**
 * Does the ledger hold a transaction as valid? 'unknown' when it cannot be asked. A transaction that is on the ledger as
 * invalid changed nothing: false. Fabric v2.5.16: core/scc/qscc/query.go, GetTransactionByID.
 */
export async function askLedger(
    dispatch: GatewayConnection,
    channel: string,
    transactionId: string,
): Promise<boolean | 'unknown'> {
    const contract = dispatch.fabric.getContract(ledgerQueries);
    try {
        const answer = await contract.evaluateTransaction('GetTransactionByID', channel, transactionId);
        return protos.ProcessedTransaction.decode(answer).validationCode === validCode;
    } catch (error) {
        return /no such transaction|not found|entry not found/i.test(String(error)) ? false : 'unknown';
    }
}
