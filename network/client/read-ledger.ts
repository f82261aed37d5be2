import { common, protos } from 'fabric-protos/bundle';
import { metadataSlots, parseBlock } from '../wire/block';
import { ClientError } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { describeTransaction, type DescribedTransaction } from './describe-transaction';
import { evaluateBytes } from './evaluate-call';

export interface DescribedBlock {
    readonly number: number;
    readonly previousHash: string;
    readonly dataHash: string;
    readonly transactions: readonly DescribedTransaction[];
}

/** Number of blocks of the channel, as the peer asked knows it. Throws ClientError. */
export async function readHeight(connection: GatewayConnection): Promise<number> {
    const bytes = await askQscc(connection, 'GetChainInfo', [], 'channel of that name');
    return Number(common.BlockchainInfo.decode(bytes).height);
}

/** One block, decoded. Throws ClientError: NOT_ON_LEDGER beyond the last one. */
export async function readBlock(connection: GatewayConnection, number: number): Promise<DescribedBlock> {
    return describeBlock(await readBlockBytes(connection, { number }));
}

/** The block that holds a transaction. Throws ClientError: NOT_ON_LEDGER. */
export async function readBlockOfTransaction(
    connection: GatewayConnection,
    transactionId: string,
): Promise<DescribedBlock> {
    return describeBlock(await readBlockBytes(connection, { transactionId }));
}

/** A block as its peer holds it, by its number or by a transaction in it. Throws ClientError: NOT_ON_LEDGER. */
export async function readBlockBytes(
    connection: GatewayConnection,
    wanted: { readonly number: number } | { readonly transactionId: string },
): Promise<Buffer> {
    if ('number' in wanted) {
        const { number } = wanted;
        return askQscc(connection, 'GetBlockByNumber', [String(number)], `block ${number}`);
    }
    const { transactionId } = wanted;
    return askQscc(connection, 'GetBlockByTxID', [transactionId], `transaction ${transactionId}`);
}

/** A transaction, valid or not, decoded. Throws ClientError: NOT_ON_LEDGER. */
export async function readTransaction(
    connection: GatewayConnection,
    transactionId: string,
): Promise<DescribedTransaction> {
    const bytes = await askQscc(connection, 'GetTransactionByID', [transactionId], `transaction ${transactionId}`);
    const { transactionEnvelope, validationCode } = protos.ProcessedTransaction.decode(bytes);
    return describeTransaction(common.Envelope.encode(transactionEnvelope ?? {}).finish(), validationCode);
}

/** A whole block's bytes → what people can read of it. Throws WireError. */
export function describeBlock(bytes: Uint8Array): DescribedBlock {
    const { header, data, metadata } = parseBlock(bytes);
    const codes = metadata[metadataSlots.transactionsFilter];
    return {
        number: header.number,
        previousHash: header.previousHash.toString('hex'),
        dataHash: header.dataHash.toString('hex'),
        transactions: data.map((envelope, index) => describeTransaction(envelope, codes?.[index] ?? 254)),
    };
}

/** Fabric's own query chaincode; it refuses what the ledger does not hold with an error text. */
async function askQscc(
    connection: GatewayConnection,
    name: string,
    args: readonly string[],
    what: string,
): Promise<Buffer> {
    const channel = connection.fabric.getChannel().name;
    try {
        return await evaluateBytes(connection, { chaincode: 'qscc', function: name, args: [channel, ...args] });
    } catch (cause) {
        const isRefused = cause instanceof ClientError && cause.fault.code === 'ENDORSEMENT_FAILED';
        throw isRefused ? new ClientError({ code: 'NOT_ON_LEDGER', what }, { cause }) : cause;
    }
}
