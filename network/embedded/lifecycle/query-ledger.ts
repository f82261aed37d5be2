import { FieldWriter } from '../../wire/field-writer';
import type { ChaincodeResponse } from '../../wire/transaction';
import type { PeerLedger } from '../ledger/peer-ledger';
import { channelRefusal, fail, refuseForeignCaller, succeed } from './system-call';
import type { SystemCall } from './system-call';

type LedgerQuery = (ledger: PeerLedger, argument: Buffer) => ChaincodeResponse;

/** The functions of qscc, which read a peer's ledger. */
const queries: Readonly<Record<string, LedgerQuery>> = {
    GetChainInfo: (ledger) => {
        const { height, currentBlockHash, previousBlockHash } = ledger.chainInfo();
        return succeed(
            new FieldWriter().uint(1, height).bytes(2, currentBlockHash).bytes(3, previousBlockHash).finish(),
        );
    },
    GetBlockByNumber: (ledger, argument) => {
        const text = argument.toString();
        if (!/^\d+$/.test(text)) {
            return fail(`Failed to parse block number with error strconv.ParseUint: parsing "${text}": invalid syntax`);
        }
        const number = text === newestBlock ? ledger.height - 1 : Number(text);
        const block = ledger.blockByNumber(number);
        return block
            ? succeed(block.bytes)
            : fail(`Failed to get block number ${text}, error no such block number [${text}] in index`);
    },
    GetBlockByHash: (ledger, argument) => {
        const block = ledger.blockByHash(argument);
        const hash = argument.toString('hex');
        return block
            ? succeed(block.bytes)
            : fail(`Failed to get block hash ${argument.toString()}, error no such block hash [${hash}] in index`);
    },
    GetTransactionByID: (ledger, argument) => {
        const txId = argument.toString();
        const transaction = ledger.transaction(txId);
        return transaction
            ? succeed(new FieldWriter().bytes(1, transaction.envelopeBytes).uint(2, transaction.code).finish())
            : fail(`Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`);
    },
    GetBlockByTxID: (ledger, argument) => {
        const txId = argument.toString();
        const block = ledger.blockByTransaction(txId);
        return block
            ? succeed(block.bytes)
            : fail(`Failed to get block for txID ${txId}, error no such transaction ID [${txId}] in index`);
    },
};

/** The largest number of 64 bits asks for the newest block. */
const newestBlock = '18446744073709551615';

/** qscc. Fabric v2.5.16: core/scc/qscc/query.go. The channel is the argument's, not the header's. */
export function queryLedger(call: SystemCall): ChaincodeResponse {
    const [nameArgument, channelArgument, argument] = call.args;
    if (!nameArgument || !channelArgument) {
        return fail(`Incorrect number of arguments, ${call.args.length}`);
    }
    const name = nameArgument.toString();
    const foreign = refuseForeignCaller(call, 'QSCC', ' because of potential for deadlocks');
    if (foreign) {
        return foreign;
    }
    if (name !== 'GetChainInfo' && !argument) {
        return fail(`missing 3rd argument for ${name}`);
    }
    return query(call, { name, channelId: channelArgument.toString(), argument: argument ?? Buffer.alloc(0) });
}

function query(
    call: SystemCall,
    { name, channelId, argument }: { readonly name: string; readonly channelId: string; readonly argument: Buffer },
): ChaincodeResponse {
    if (channelId !== call.peer.channelId) {
        return fail(`Invalid chain ID, ${channelId}`);
    }
    const ask = Object.hasOwn(queries, name) ? queries[name] : undefined;
    const refusal = ask ? channelRefusal(call, 'applicationReaders') : `Unmapped policy for qscc/${name}`;
    if (!ask || refusal !== undefined) {
        return fail(`access denied for [${name}][${channelId}]: [${refusal ?? ''}]`);
    }
    return ask(call.peer.ledger, argument);
}
