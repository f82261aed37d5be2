import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ResetFilter } from '../../../../../network/embedded/services/reset-filter';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const noError = 0;
const cancel = 8;

function frame(type: number, flags: number, streamId: number, payload = Buffer.alloc(0)): Buffer {
    const header = Buffer.alloc(9);
    header.writeUIntBE(payload.length, 0, 3);
    header.writeUInt8(type, 3);
    header.writeUInt8(flags, 4);
    header.writeUInt32BE(streamId, 5);
    return Buffer.concat([header, payload]);
}

const settings = frame(4, 0, 0, Buffer.alloc(6));
const request = (streamId: number): Buffer => frame(1, 0x4, streamId, Buffer.from('headers'));
const wholeRequest = (streamId: number): Buffer => frame(1, 0x5, streamId, Buffer.from('headers'));
const message = (streamId: number): Buffer => frame(0, 0, streamId, Buffer.alloc(40, 3));
const lastMessage = (streamId: number): Buffer => frame(0, 0x1, streamId, Buffer.alloc(40, 3));
const reset = (streamId: number, code: number): Buffer => {
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(code);
    return frame(3, 0, streamId, payload);
};

const passed = (sent: readonly Buffer[]): string => {
    const filter = new ResetFilter();
    return Buffer.concat(sent.map((chunk) => filter.pass(chunk))).toString('hex');
};
const hex = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('hex');

describe('the resets that a node does not hear', () => {
    it('are those without error of a stream that the client has ended', () => {
        const call = [preface, settings, request(1), lastMessage(1)];
        expect(passed([...call, reset(1, noError), request(3)])).toBe(hex([...call, request(3)]));
        expect(passed([preface, wholeRequest(1), reset(1, noError)])).toBe(hex([preface, wholeRequest(1)]));
    });

    it('are not those that cancel a call, or that leave one half sent', () => {
        const cancelled = [preface, request(1), lastMessage(1), reset(1, cancel)];
        expect(passed(cancelled)).toBe(hex(cancelled));
        const left = [preface, request(1), message(1), reset(1, noError)];
        expect(passed(left)).toBe(hex(left));
    });

    it('are not those of a wrong length, which HTTP/2 answers', () => {
        const wrong = [preface, wholeRequest(1), frame(3, 0, 1, Buffer.alloc(8))];
        expect(passed(wrong)).toBe(hex(wrong));
    });

    it('are the same wherever the bytes are cut', () => {
        const before = [preface, settings, request(1), lastMessage(1), wholeRequest(3)];
        const after = [request(5), message(5), reset(5, cancel), lastMessage(7)];
        const bytes = Buffer.concat([...before, reset(1, noError), reset(3, noError), ...after]);
        const expected = hex([...before, ...after]);
        fc.assert(
            fc.property(fc.array(fc.nat(bytes.length)), (places) => {
                const cuts = [...places, bytes.length].sort((a, b) => a - b);
                const chunks = cuts.map((cut, index) => bytes.subarray(cuts[index - 1] ?? 0, cut));
                expect(passed(chunks)).toBe(expected);
            }),
        );
        expect(passed(Array.from(bytes, (byte) => Buffer.of(byte)))).toBe(expected);
    });
});
