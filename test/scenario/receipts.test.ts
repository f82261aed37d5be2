import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../chaincode/src/registration/registration-api';
import { genesisBlockFileOf } from '../../network/backends/running-network';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { CommitWatch } from '../../network/client/commit-watch';
import { provisionNetwork } from '../../network/client/provision-network';
import { proveTransaction } from '../../network/client/prove-transaction';
import { readBlockOfTransaction } from '../../network/client/read-ledger';
import { submitCall, trySubmit } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import { encodeReceipt, parseReceipt } from '../../network/receipts/receipt';
import { ReceiptError, type ReceiptFault } from '../../network/receipts/receipt-errors';
import { ReceiptVerifier } from '../../network/receipts/receipt-verifier';
import { encodeBlock, parseBlock } from '../../network/wire/block';
import { newGenesisBlock } from '../../network/generate/genesis-block';
import { issueIdentities } from '../../network/identities/issue-identities';
import { SeededRandom } from '../../network/topology/seeded-random';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const terminalId = 'DTU-B004';
const blockSize = 50;

let started: TestNetwork;
let gate: GatewayConnection;
let watch: CommitWatch;
let terminal: GatewayConnection;
let operator: GatewayConnection;
let genesisBlock: Buffer;
let verifier: ReceiptVerifier;
let transactionId: string;
let receipt: Buffer;

let lastMs = 0;
function aSet(value: number): Call {
    lastMs = Math.max(lastMs + 1, Date.now());
    return measurementCalls.set({ terminalId, timeMs: lastMs, type: 'voltage', value, unit: 'kV', quality: 'valid' });
}

/** The fault by which bytes are refused; undefined when they prove. */
function refusal(bytes: Buffer, by = verifier): ReceiptFault | undefined {
    try {
        by.verify(bytes);
        return undefined;
    } catch (error) {
        if (error instanceof ReceiptError) return error.fault;
        throw error;
    }
}

function flipped(bytes: Buffer, bit: number): Buffer {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
}

beforeAll(async () => {
    const network = await aNetworkOnFreePorts();
    started = await startTestNetwork({
        ...network,
        media: [
            {
                name: 'epon',
                latencyMs: 1,
                jitterMs: 0,
                lossRate: 0,
                uplinkKbps: 1_000_000,
                downlinkKbps: 1_000_000,
                clockToleranceMs: 5_000,
                requestTimeoutMs: 20_000,
                commitTimeoutMs: 20_000,
                gatewayHolders: 'every-terminal',
                origin: 'this test',
            },
        ],
        terminals: network.terminals.filter(({ id }) => id === terminalId),
    });
    const { running, identities } = started;
    await provisionNetwork(running, identities);
    gate = await connectGateway(running, findIdentity(identities, identityNames.reader('dispatch')));
    watch = await CommitWatch.open(gate);
    const sharing = { sharing: gate, commitWatch: watch };
    terminal = await connectGateway(running, findIdentity(identities, terminalId), sharing);
    operator = await connectGateway(running, findIdentity(identities, identityNames.operator('primary')), sharing);
    genesisBlock = await readFile(genesisBlockFileOf(running));
    verifier = new ReceiptVerifier(genesisBlock);
    transactionId = (await submitCall(terminal, aSet(10.2))).transactionId;
    receipt = await proveTransaction(gate, transactionId);
});

afterAll(async () => {
    watch.close();
    gate.close();
    await started.stop();
});

describe('a receipt', () => {
    it('proves its transaction offline, by the genesis block alone', () => {
        const proven = verifier.verify(receipt);
        expect(proven).toMatchObject({ transactionId, channelId: 'distribution' });
        expect(proven.orderers).toHaveLength(1);
        expect(proven.peers).toHaveLength(started.running.network.organizations.length);
    });

    it('holds one transaction when its block does, and leaves out what nobody signed', async () => {
        const { number, transactions } = await readBlockOfTransaction(gate, transactionId);
        expect(transactions).toHaveLength(1);
        expect(parseReceipt(receipt).block).toMatchObject({ header: { number }, data: [expect.anything()] });
        expect(encodeReceipt(parseReceipt(receipt))).toEqual(receipt);
    });

    it('is refused with any one bit flipped', () => {
        Error.stackTraceLimit = 0; // a hundred thousand refusals, whose stacks nobody reads
        const accepted: number[] = [];
        for (let bit = 0; bit < receipt.length * 8; bit += 1) {
            if (refusal(flipped(receipt, bit)) === undefined) accepted.push(bit);
        }
        expect(accepted).toEqual([]);
    }, 240_000);

    it('is refused when it is cut short, or longer', () => {
        const lengths = [0, 10, 24, 25, receipt.length - 1];
        expect(lengths.filter((length) => refusal(receipt.subarray(0, length)) === undefined)).toEqual([]);
        // An unknown field, and the same field once more, decode to the same receipt.
        expect(refusal(Buffer.concat([receipt, Buffer.of(0x78, 0x01)]))?.code).toBe('RECEIPT_NOT_CANONICAL');
        const body = receipt.subarray('feeder-ledger receipt 1\n'.length);
        expect(refusal(Buffer.concat([receipt, body]))?.code).toBe('RECEIPT_NOT_CANONICAL');
        expect(refusal(Buffer.concat([receipt, Buffer.of(0)]))?.code).toBe('RECEIPT_UNREADABLE');
    });

    it('is refused by the genesis block of another network', async () => {
        const { running } = started;
        const now = new Date();
        const identities = await issueIdentities(running.network, { now });
        const other = newGenesisBlock(running.network, identities, { now, nonce: Buffer.alloc(24) });
        expect(refusal(receipt, new ReceiptVerifier(other))?.code).toBe('BLOCK_NOT_SIGNED');
        const channel = { ...running.network.channel, name: 'another' };
        const elsewhere = newGenesisBlock({ ...running.network, channel }, identities, {
            now,
            nonce: Buffer.alloc(24),
        });
        expect(refusal(receipt, new ReceiptVerifier(elsewhere))?.code).toBe('VERDICT_OFF_QUESTION');
    });

    it.each([
        ['nothing', () => Buffer.alloc(0)],
        ['a receipt', () => receipt],
        [
            'a later block',
            () =>
                encodeBlock({ ...parseBlock(genesisBlock), header: { ...parseBlock(genesisBlock).header, number: 1 } }),
        ],
    ])('is not verified against %s in place of a genesis block', (_, bytes) => {
        expect(() => new ReceiptVerifier(bytes())).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'GENESIS_UNUSABLE' }) }),
        );
    });

    it('is told from one of a transaction that the ledger never held', async () => {
        await expect(proveTransaction(gate, 'f'.repeat(64))).rejects.toMatchObject({
            fault: { code: 'NOT_ON_LEDGER' },
        });
    });
});

describe('a receipt put together from right parts', () => {
    let other: Buffer;

    beforeAll(async () => {
        other = await proveTransaction(gate, (await submitCall(terminal, aSet(10.3))).transactionId);
    });

    function made(
        change: (one: ReturnType<typeof parseReceipt>, two: ReturnType<typeof parseReceipt>) => object,
    ): Buffer {
        const [one, two] = [parseReceipt(receipt), parseReceipt(other)];
        return encodeReceipt({ ...one, ...change(one, two) });
    }

    it('does not prove with the verdict of another transaction', () => {
        expect(refusal(made((_, { verdict }) => ({ verdict })))?.code).toBe('TRANSACTION_NOT_IN_BLOCK');
    });

    it('does not prove with another question to the same answer', () => {
        const mixed = made((one, two) => ({ verdict: { ...one.verdict, question: two.verdict.question } }));
        expect(refusal(mixed)?.code).toBe('VERDICT_OFF_QUESTION');
    });

    it('does not prove with another block’s transactions, or its orderer’s signature', () => {
        const data = made((one, two) => ({ block: { ...one.block, data: two.block.data } }));
        expect(refusal(data)?.code).toBe('BLOCK_ALTERED');
        expect(refusal(made((_, { orderers }) => ({ orderers })))?.code).toBe('BLOCK_NOT_SIGNED');
        expect(refusal(made((one) => ({ orderers: { ...one.orderers, signatures: [] } })))?.code).toBe(
            'BLOCK_NOT_SIGNED',
        );
    });

    it('does not prove without the peer of one organisation, with one twice, or with its signer’s name changed', () => {
        const endorsements = (change: (all: readonly object[]) => readonly object[]): Buffer =>
            made((one) => ({ verdict: { ...one.verdict, endorsements: change(one.verdict.endorsements) } }));
        expect(refusal(endorsements((all) => all.slice(1)))?.code).toBe('VERDICT_NOT_SIGNED');
        expect(refusal(endorsements((all) => [...all, ...all.slice(0, 1)]))?.code).toBe('VERDICT_NOT_SIGNED');
        const [first, second] = parseReceipt(receipt).verdict.endorsements;
        const renamed = endorsements((all) => [{ ...first, endorser: second?.endorser }, ...all.slice(1)]);
        expect(refusal(renamed)?.code).toBe('VERDICT_NOT_SIGNED');
    });
});

describe('a receipt from a full block', () => {
    let full: Buffer;

    beforeAll(async () => {
        const outcomes = await Promise.all(
            Array.from({ length: 8 * blockSize }, (_, index) => trySubmit(terminal, aSet(index))),
        );
        for (const outcome of outcomes.filter(({ committed }) => committed).slice(blockSize)) {
            const { transactions } = await readBlockOfTransaction(gate, outcome.transactionId);
            if (transactions.length < blockSize) continue;
            full = await proveTransaction(gate, outcome.transactionId);
            return;
        }
        throw new Error('no block of the burst was full');
    }, 120_000);

    it('proves', () => {
        expect(parseReceipt(full).block.data).toHaveLength(blockSize);
        expect(refusal(full)).toBeUndefined();
    });

    it('is refused with any of 2,000 seeded bits flipped', () => {
        const random = new SeededRandom(20_261_123, 'bits');
        const bits = Array.from({ length: 2_000 }, () => random.integer(full.length * 8));
        expect(bits.filter((bit) => refusal(flipped(full, bit)) === undefined)).toEqual([]);
    }, 120_000);

    it('does not prove with a transaction of the block left out or moved', () => {
        const { block, ...rest } = parseReceipt(full);
        const [first = Buffer.alloc(0), ...others] = block.data;
        for (const data of [others, [...others, first]]) {
            expect(refusal(encodeReceipt({ ...rest, block: { ...block, data } }))?.code).toBe('BLOCK_ALTERED');
        }
    });
});

describe('an ordered but invalid transaction', () => {
    it('does not prove', async () => {
        const change = (concentrators: string[]): Call =>
            registrationCalls.changeConcentrators({ terminalId, concentrators });
        const outcomes = await Promise.all(['DTU-1', 'DTU-2', 'DTU-3'].map((id) => trySubmit(operator, change([id]))));
        const invalid = outcomes.find(({ committed }) => !committed);
        expect(invalid).toMatchObject({ fault: { code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' } });
        await expect(proveTransaction(gate, invalid?.transactionId ?? '')).rejects.toMatchObject({
            fault: { code: 'TRANSACTION_INVALID', validationCode: 'MVCC_READ_CONFLICT' },
        });
    });
});
