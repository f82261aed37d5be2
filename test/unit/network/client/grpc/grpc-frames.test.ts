import { describe, expect, it } from '@jest/globals';
import { FrameReader, newFrame } from '../../../../../network/client/grpc/grpc-frames';

describe('gRPC frames', () => {
    it('put a message behind a flag and its length', () => {
        expect(newFrame(Buffer.from('abc')).toString('hex')).toBe('0000000003616263');
        expect(newFrame(Buffer.alloc(0)).toString('hex')).toBe('0000000000');
    });

    it('are put together from pieces of any size', () => {
        const bytes = Buffer.concat(['', 'one', 'x'.repeat(300)].map((text) => newFrame(Buffer.from(text))));
        for (const size of [1, 2, 7, 100, bytes.length]) {
            const reader = new FrameReader();
            const read: string[] = [];
            for (let at = 0; at < bytes.length; at += size) {
                for (const message of reader.push(bytes.subarray(at, at + size)) ?? []) read.push(message.toString());
            }
            expect(read).toEqual(['', 'one', 'x'.repeat(300)]);
        }
    });

    it('that are compressed are not read', () => {
        expect(new FrameReader().push(Buffer.from('0100000000', 'hex'))).toBeUndefined();
    });
});
