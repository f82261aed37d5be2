import { describe, expect, it } from '@jest/globals';
import { encodeReceipt, parseReceipt, type Verdict } from '../../../../network/receipts/receipt';
import { ReceiptError, type ReceiptFault } from '../../../../network/receipts/receipt-errors';
import { readVerdict } from '../../../../network/receipts/read-verdict';
import { newBlock } from '../../../../network/wire/block';
import { parseEnvelope } from '../../../../network/wire/envelope';
import { FieldWriter } from '../../../../network/wire/field-writer';
import { newProposal, newProposalHash, parseHashedProposal } from '../../../../network/wire/proposal';
import { newProposalResponsePayload } from '../../../../network/wire/proposal-response';
import { aTransaction, testChannel } from '../../../support/a-transaction';

/** What is special about a verdict; all the rest is right. */
interface Wishes {
    readonly chaincode?: string;
    readonly args?: readonly string[];
    readonly channelId?: string;
    readonly envelope?: Buffer;
    readonly code?: number;
    readonly status?: number;
    readonly answeredBy?: string;
}

function aVerdict(wishes: Wishes = {}): Verdict {
    const envelope = wishes.envelope ?? aTransaction();
    const { txId } = parseEnvelope(envelope).header;
    const channelId = wishes.channelId ?? testChannel;
    const proposal = newProposal({
        channelId,
        chaincodeName: wishes.chaincode ?? 'qscc',
        args: wishes.args ?? ['GetTransactionByID', channelId, txId],
        creator: Buffer.from('reader'),
        nonce: Buffer.from('nonce'),
        timestampMs: 1,
    });
    const question = parseHashedProposal(proposal.proposalBytes);
    const { channelHeaderBytes, signatureHeaderBytes, inputBytes } = question;
    const payload = new FieldWriter()
        .bytes(1, envelope)
        .uint(2, wishes.code ?? 0)
        .finish();
    const answerBytes = newProposalResponsePayload({
        proposalHash: newProposalHash(channelHeaderBytes, signatureHeaderBytes, inputBytes),
        results: Buffer.alloc(0),
        response: { status: wishes.status ?? 200, message: '', payload },
        event: undefined,
        txId: proposal.txId,
        chaincodeName: wishes.answeredBy ?? 'qscc',
        chaincodeVersion: 'syscc',
    });
    return { question, answerBytes, endorsements: [] };
}

function refusal(verdict: Verdict): ReceiptFault | undefined {
    try {
        readVerdict(verdict, testChannel);
        return undefined;
    } catch (error) {
        if (error instanceof ReceiptError) return error.fault;
        throw error;
    }
}

describe('a verdict', () => {
    it('tells the transaction and its validation code, whatever that is', () => {
        const envelope = aTransaction();
        const { header } = parseEnvelope(envelope);
        expect(readVerdict(aVerdict({ envelope, code: 11 }), testChannel)).toMatchObject({
            transactionId: header.txId,
            validationCode: 11,
            envelopeBytes: envelope,
            creator: header.creator,
        });
    });

    it.each<[string, Wishes]>([
        ['another chaincode', { chaincode: 'grid' }],
        ['another function', { args: ['GetBlockByTxID', testChannel, 'x'] }],
        ['another channel', { channelId: 'another' }],
        ['the ledger of another channel', { args: ['GetTransactionByID', 'another', 'x'] }],
        ['more than it should', { args: ['GetTransactionByID', testChannel, 'x', 'y'] }],
        ['another transaction', { args: ['GetTransactionByID', testChannel, 'x'] }],
        ['nothing', { args: [] }],
    ])('is refused when the question asked %s', (_, wishes) => {
        expect(refusal(aVerdict(wishes))?.code).toBe('VERDICT_OFF_QUESTION');
    });

    it.each<[string, Wishes]>([
        ['another chaincode', { answeredBy: 'grid' }],
        ['a refusal', { status: 500 }],
        ['a transaction of another channel', { envelope: aTransaction({ channelId: 'another' }) }],
        ['what is no transaction of a chaincode', { envelope: aTransaction({ type: 1 }) }],
    ])('is refused when the answer is %s', (_, wishes) => {
        expect(refusal(aVerdict(wishes))?.code).toBe('VERDICT_OFF_QUESTION');
    });

    it('is refused when the answer is to another question', () => {
        const verdict = { ...aVerdict(), question: aVerdict().question };
        expect(refusal(verdict)?.code).toBe('VERDICT_OFF_QUESTION');
    });

    it('is refused when the transaction’s id is not that of its creator', () => {
        const verdict = aVerdict({ envelope: aTransaction({ txId: 'ab'.repeat(32) }) });
        expect(refusal(verdict)?.code).toBe('TRANSACTION_NOT_AUTHENTIC');
    });

    it('is refused when its parts cannot be read', () => {
        const { question, endorsements } = aVerdict();
        expect(refusal({ question, endorsements, answerBytes: Buffer.of(0x0a, 9) })?.code).toBe('RECEIPT_UNREADABLE');
    });
});

describe('the encoding of a receipt', () => {
    const block = newBlock({ number: 7, previousHash: Buffer.alloc(32, 1), data: [aTransaction(), aTransaction()] });
    const signature = Buffer.from('3006020101020101', 'hex');
    const receipt = {
        block: { header: block.header, data: block.data },
        orderers: { value: Buffer.from('v'), signatures: [{ signatureHeader: Buffer.from('h'), signature }] },
        verdict: { ...aVerdict(), endorsements: [{ endorser: Buffer.from('peer'), signature }] },
    };

    it('reads back as it was', () => {
        expect(parseReceipt(encodeReceipt(receipt))).toEqual(receipt);
    });

    it('knows a signature in its one DER spelling only', () => {
        const longer = Buffer.concat([signature, Buffer.of(0)]);
        const spoilt = {
            ...receipt,
            verdict: { ...receipt.verdict, endorsements: [{ endorser: Buffer.from('p'), signature: longer }] },
        };
        const attempt = (): unknown => parseReceipt(encodeReceipt(spoilt));
        expect(attempt).toThrow(
            expect.objectContaining({ fault: { code: 'RECEIPT_NOT_CANONICAL', where: 'a signature' } }),
        );
    });
});
