import { describe, expect, it } from '@jest/globals';
import { parseDeliverResponse } from '../../../../network/wire/deliver-response';
import { FieldWriter } from '../../../../network/wire/field-writer';
import { encodeFilteredBlock, parseFilteredBlock } from '../../../../network/wire/filtered-block';

describe('a filtered block', () => {
    it('is read as it was written: parse ∘ encode = identity, but for payloads, which it does not have', () => {
        const block = {
            channelId: 'distribution',
            number: 4_294_967_297,
            transactions: [
                { txId: 'a', type: 3, code: 0, events: [{ chaincodeId: 'feeder', txId: 'a', eventName: 'moved' }] },
                { txId: 'b', type: 3, code: 11, events: [] },
                { txId: '', type: 1, code: 254, events: [] },
            ],
        };
        const payload = Buffer.alloc(0);
        expect(parseFilteredBlock(encodeFilteredBlock(block))).toEqual({
            ...block,
            transactions: block.transactions.map((each) => ({
                ...each,
                events: each.events.map((event) => ({ ...event, payload })),
            })),
        });
    });

    it('that is cut off is refused: WIRE_MALFORMED', () => {
        const bytes = encodeFilteredBlock({ channelId: 'distribution', number: 1, transactions: [] });
        expect(() => parseFilteredBlock(bytes.subarray(0, 5))).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'WIRE_MALFORMED' }) }),
        );
    });
});

describe('a deliver service’s answer', () => {
    it('is a status, a block or a filtered block', () => {
        const bytes = Buffer.from('bytes');
        expect(parseDeliverResponse(new FieldWriter().uint(1, 400).finish())).toEqual({ status: 400 });
        expect(parseDeliverResponse(new FieldWriter().message(2, bytes).finish())).toEqual({ block: bytes });
        expect(parseDeliverResponse(new FieldWriter().message(3, bytes).finish())).toEqual({ filteredBlock: bytes });
    });
});
