import { describe, expect, it } from '@jest/globals';
import { answerChaincode } from '../../../../../network/embedded/chaincode/answer-chaincode';
import type { TransactionContext } from '../../../../../network/embedded/chaincode/answer-chaincode';
import { ChaincodeError } from '../../../../../network/embedded/chaincode/chaincode-errors';
import { OpenIterators } from '../../../../../network/embedded/chaincode/open-iterators';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import { chaincodeMessageType, parseChaincodeMessage } from '../../../../../network/wire/chaincode-message';
import type { ChaincodeMessage, ChaincodeMessageName } from '../../../../../network/wire/chaincode-message';
import { FieldWriter } from '../../../../../network/wire/field-writer';
import { accessToNoCollections } from '../../../../support/no-collections';

const state = { get: () => undefined, range: () => [][Symbol.iterator]() };
const newContext = (): TransactionContext => ({
    txId: 't1',
    channelId: 'grid',
    namespace: 'basic',
    simulator: new TransactionSimulator('t1', state),
    access: accessToNoCollections(),
    historyOf: () => [],
    iterators: new OpenIterators(),
});

function call(type: ChaincodeMessageName, payload: Buffer = Buffer.alloc(0)): ChaincodeMessage {
    return { type: chaincodeMessageType[type], txId: 't1', channelId: 'grid', payload, event: undefined };
}

function answerTo(message: ChaincodeMessage, context: TransactionContext | undefined = newContext()): string {
    const answer = answerChaincode(message, context);
    const { type, payload } = parseChaincodeMessage(answer ?? Buffer.alloc(0));
    return type === chaincodeMessageType.RESPONSE ? `RESPONSE ${payload.toString('hex')}` : payload.toString();
}

const texts = (...values: readonly string[]): Buffer => {
    const writer = new FieldWriter();
    for (const [index, value] of values.entries()) writer.string(index + 1, value);
    return writer.finish();
};

const aPagedQuery = new FieldWriter().string(1, '{}').bytes(3, new FieldWriter().uint(1, 10).finish()).finish();

describe('answerChaincode', () => {
    it('answers a read of an absent key with nothing', () => {
        expect(answerTo(call('GET_STATE', texts('absent')))).toBe('RESPONSE ');
    });

    it.each<[ChaincodeMessageName, Buffer, string]>([
        ['GET_STATE', texts('k', 'prices'), 'collection grid/basic/prices could not be found'],
        ['GET_QUERY_RESULT', texts('{}'), 'ExecuteQuery not supported for leveldb'],
        ['GET_QUERY_RESULT', aPagedQuery, 'ExecuteQueryWithMetadata not supported for leveldb'],
        ['GET_QUERY_RESULT', texts('{}', 'prices'), 'collection grid/basic/prices could not be found'],
        [
            'GET_PRIVATE_DATA_HASH',
            texts('k', 'prices'),
            'collection [prices] not defined in the collection config for chaincode [basic]',
        ],
        ['QUERY_STATE_NEXT', texts('7'), 'query iterator not found'],
        ['PURGE_PRIVATE_DATA', texts('k'), 'only applicable for private data'],
    ])('refuses %s in Fabric’s words (CHAINCODE_CALL_REFUSED)', (type, payload, reason) => {
        expect(answerTo(call(type, payload))).toBe(`${type} failed: transaction ID: t1: ${reason}`);
    });

    it.each<ChaincodeMessageName>(['PUT_STATE_METADATA', 'INVOKE_CHAINCODE'])(
        'says of %s that the embedded network has it not, and where it is to be had',
        (type) => {
            const chaincodeId = new FieldWriter().string(2, 'basic').finish();
            const payload = new FieldWriter().message(2, chaincodeId).finish();
            expect(answerTo(call(type, payload))).toMatch(/the embedded network has no .* use a real Fabric network/);
        },
    );

    it('refuses a call outside any transaction', () => {
        const answer = answerChaincode(call('PUT_STATE', texts('k', 'v')), undefined);
        expect(parseChaincodeMessage(answer ?? Buffer.alloc(0)).payload.toString()).toBe(
            'PUT_STATE failed: transaction ID: t1: no ledger context',
        );
    });

    it('has no answer to what is no call', () => {
        expect(answerChaincode(call('READY'), newContext())).toBeUndefined();
        expect(answerChaincode({ ...call('READY'), type: 99 }, newContext())).toBeUndefined();
    });

    it('fails the transaction, not the peer, on a payload that cannot be read', () => {
        expect(answerTo(call('GET_STATE', Buffer.from('ff', 'hex')))).toMatch(
            /^GET_STATE failed: transaction ID: t1: /,
        );
    });

    it('tells a coded fault by its sentence', () => {
        const fault = { code: 'CHAINCODE_CALL_REFUSED', reason: 'no' } as const;
        expect(new ChaincodeError(fault).message).toBe('no');
    });
});
