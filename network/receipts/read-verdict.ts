import { protos } from 'fabric-protos/bundle';
import { parseEnvelope } from '../wire/envelope';
import { FieldReader } from '../wire/field-reader';
import { headerTypes, parseChaincodeHeaderExtension, parseChannelHeader } from '../wire/headers';
import { newProposalHash, parseInvocationArguments } from '../wire/proposal';
import { parseChaincodeAction, parseProposalResponsePayload } from '../wire/transaction';
import { newTransactionId } from '../wire/transaction-id';
import { readingWire, type Verdict } from './receipt';
import { ReceiptError } from './receipt-errors';

/** Fabric's chaincode that reads a peer's ledger, and its function that tells of one transaction. */
export const verdictQuestion = { chaincode: 'qscc', function: 'GetTransactionByID' } as const;

/** What a verdict says once its parts are found to fit. Nothing is verified here. */
export interface ReadVerdict {
    readonly transactionId: string;
    readonly validationCode: number;
    /** The transaction, as the peers hold it. */
    readonly envelopeBytes: Buffer;
    readonly payloadBytes: Buffer;
    readonly creator: Buffer;
    readonly signature: Buffer;
}

/**
 * Reads question and answer and requires that they belong together: the question asks Fabric's own chaincode for a
 * transaction of this channel, the answer is to that question, and what it holds is that transaction.
 * Throws ReceiptError RECEIPT_UNREADABLE, VERDICT_OFF_QUESTION, TRANSACTION_NOT_AUTHENTIC.
 */
export function readVerdict(verdict: Verdict, channelId: string): ReadVerdict {
    return readingWire(() => {
        const transactionId = readQuestion(verdict, channelId);
        const answer = readAnswer(verdict);
        const envelope = parseEnvelope(answer.envelopeBytes);
        const { header, payloadBytes, signature } = envelope;
        const isAsked =
            header.type === headerTypes.endorserTransaction &&
            header.channelId === channelId &&
            header.txId === transactionId;
        if (!isAsked) throw offQuestion('the answer holds another transaction');
        if (newTransactionId(header.nonce, header.creator) !== transactionId) {
            const reason = 'its id does not follow from its creator';
            throw new ReceiptError({ code: 'TRANSACTION_NOT_AUTHENTIC', transactionId, reason });
        }
        return { transactionId, ...answer, payloadBytes, creator: header.creator, signature };
    });
}

/** A validation code's name in Fabric, e.g. MVCC_READ_CONFLICT. */
export function validationCodeName(code: number): string {
    return protos.TxValidationCode[code] ?? String(code);
}

function readQuestion({ question }: Verdict, channelId: string): string {
    const header = parseChannelHeader(question.channelHeaderBytes);
    const [name, channel, transactionId, ...more] = parseInvocationArguments(question.inputBytes).map(String);
    if (header.channelId !== channelId || channel !== channelId) {
        throw offQuestion(`it was asked of the channel ${header.channelId}, not of ${channelId}`);
    }
    const chaincode = parseChaincodeHeaderExtension(header.extension)?.name;
    if (chaincode !== verdictQuestion.chaincode || name !== verdictQuestion.function || more.length > 0) {
        throw offQuestion(`the question was ${chaincode ?? ''}.${name ?? ''}`);
    }
    return transactionId ?? '';
}

function readAnswer({ question, answerBytes }: Verdict): Pick<ReadVerdict, 'validationCode' | 'envelopeBytes'> {
    const { proposalHash, actionBytes } = parseProposalResponsePayload(answerBytes);
    const { channelHeaderBytes, signatureHeaderBytes, inputBytes } = question;
    if (!newProposalHash(channelHeaderBytes, signatureHeaderBytes, inputBytes).equals(proposalHash)) {
        throw offQuestion('the answer is to another question');
    }
    const { response, chaincodeId } = parseChaincodeAction(actionBytes);
    if (chaincodeId?.name !== verdictQuestion.chaincode || response.status !== 200) {
        throw offQuestion(`${chaincodeId?.name ?? ''} answered with status ${response.status}`);
    }
    return parseProcessedTransaction(response.payload);
}

/** protos.ProcessedTransaction: the envelope, and a code that is left out when it is 0, VALID. */
function parseProcessedTransaction(bytes: Uint8Array): Pick<ReadVerdict, 'validationCode' | 'envelopeBytes'> {
    const reader = new FieldReader('ProcessedTransaction', bytes);
    let envelopeBytes: Buffer = Buffer.alloc(0);
    let validationCode = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) envelopeBytes = reader.bytes();
        else if (tag === 0x10) validationCode = reader.uint();
        else reader.skip();
    }
    return { envelopeBytes, validationCode };
}

function offQuestion(reason: string): ReceiptError {
    return new ReceiptError({ code: 'VERDICT_OFF_QUESTION', reason });
}
