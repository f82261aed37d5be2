import { readFile, writeFile } from 'node:fs/promises';
import type { GatewayConnection } from '../network/client/connect-gateway';
import { describeTransaction, nameIdentity } from '../network/client/describe-transaction';
import { proveTransaction } from '../network/client/prove-transaction';
import { ReceiptVerifier } from '../network/receipts/receipt-verifier';
import { UsageError } from './run-script';

/** Proves a transaction and writes its receipt; nothing is written when it does not prove. */
export async function proveIntoFile(connection: GatewayConnection, id: string, file: string): Promise<string> {
    const receipt = await proveTransaction(connection, id);
    await writeFile(file, receipt);
    return [
        `${file}: ${receipt.length} bytes prove ${id}`,
        `To whoever has the channel's genesis block: npm run ledger -- verify ${file} --genesis FILE`,
    ].join('\n');
}

/** What a receipt proves, verified with nothing but the genesis block. Throws ReceiptError when it does not. */
export async function verifyReceiptFile(file: string, genesisFile: string): Promise<string> {
    const verifier = new ReceiptVerifier(await read(genesisFile));
    const proven = verifier.verify(await read(file));
    const { creator, act, time } = describeTransaction(proven.envelopeBytes, 0);
    const named = (identity: Buffer): string => {
        const { name, mspId } = nameIdentity(identity);
        return `${name} of ${mspId}`;
    };
    const rows: [string, string][] = [
        ['proven', proven.transactionId],
        ['channel', proven.channelId],
        ['block', `${proven.blockNumber}, hash ${proven.blockHash}`],
        ['call', act === undefined ? '(unreadable)' : `${act.call} of ${act.chaincode}`],
        ['creator', `${creator.name} of ${creator.mspId}`],
        ['time', `${time} (the client's claim)`],
        ...proven.orderers.map((identity): [string, string] => ['ordered by', named(identity)]),
        ...proven.peers.map((identity): [string, string] => ['valid, says', named(identity)]),
    ];
    return [
        ...rows.map(([name, value]) => `${name.padEnd(12)} ${value}`),
        'Verified by the certificates and policies of this genesis block; changes of the configuration after it are not known to it.',
    ].join('\n');
}

async function read(file: string): Promise<Buffer> {
    try {
        return await readFile(file);
    } catch {
        throw new UsageError(`${file} cannot be read: give the name of a file.`);
    }
}
