import { describe, expect, it } from '@jest/globals';
import { FrameReader, newFrame } from '../../../../network/grpc/grpc-frames';

describe('gRPC frames', () => {
    it('put a message behind a flag and its length', () => {
        expect(newFrame(Buffer.from('abc')).toString('hex')).toBe('0000000003616263');
        expect(newFrame(Buffer.alloc(0)).toString('hex')).toBe('0000000000');
    });

    it('are put together from pieces of any size', () => {
        const bytes = Buffer.concat(['', 'one', 'x'.repeat(300), ''].map((text) => newFrame(Buffer.from(text))));
        for (const size of [1, 2, 7, 100, bytes.length]) {
            const reader = new FrameReader();
            const read: string[] = [];
            for (let at = 0; at < bytes.length; at += size) {
                const piece = bytes.subarray(at, at + size);
                expect(reader.push(piece, (message) => read.push(message.toString()))).toBeUndefined();
            }
            expect(read).toEqual(['', 'one', 'x'.repeat(300), '']);
        }
    });

    it('that are compressed are not read', () => {
        const read: Buffer[] = [];
        const pieces = Buffer.concat([newFrame(Buffer.from('one')), Buffer.from('0100000000', 'hex')]);
        expect(new FrameReader().push(pieces, (message) => read.push(message))).toEqual({ kind: 'compressed' });
        expect(read).toEqual([Buffer.from('one')]);
    });

    it('that are longer than they may be are told before they have come', () => {
        const reader = new FrameReader(1_000);
        const read: number[] = [];
        const take = (message: Buffer): void => {
            read.push(message.length);
        };
        expect(reader.push(newFrame(Buffer.alloc(1_000)), take)).toBeUndefined();
        expect(reader.push(newFrame(Buffer.alloc(1_001)).subarray(0, 5), take)).toEqual({
            kind: 'too-long',
            bytes: 1_001,
        });
        expect(read).toEqual([1_000]);
    });
});
