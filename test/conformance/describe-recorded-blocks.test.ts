import { describe, expect, it } from '@jest/globals';
import { describeBlock } from '../../network/client/read-ledger';
import { recorded, recordedChain } from '../support/recorded-fabric';

describe('the ledger view of a chain recorded from real Fabric', () => {
    const blocks = recordedChain().map(describeBlock);

    it('tells every transaction by its id and validation code', () => {
        expect(
            blocks.map(({ number, transactions }) => [number, transactions.map((tx) => [tx.transactionId, tx.code])]),
        ).toEqual(recorded.chain.map(({ number, txs }) => [number, txs.map((tx) => [tx.txid, tx.codeName])]));
    });

    it('names creator, called function and endorsers of an endorsed transaction', () => {
        const acts = blocks.flatMap(({ transactions }) => transactions).filter(({ act }) => act !== undefined);
        expect(acts.length).toBeGreaterThan(10);
        for (const { creator, act } of acts) {
            expect(creator.mspId).toMatch(/MSP$/);
            expect(creator.name).not.toBe('');
            expect(act?.call).not.toBe('');
        }
        expect(acts.some(({ act }) => (act?.endorsers.length ?? 0) > 1)).toBe(true);
        expect(acts.some(({ act }) => act?.touched.some(({ writes }) => writes.length > 0))).toBe(true);
    });
});
