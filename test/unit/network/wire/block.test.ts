import { describe, expect, it } from '@jest/globals';
import { blockHeaderBytes, newBlock, parseBlock } from '../../../../network/wire/block';
import {
    newLastConfig,
    newMetadata,
    newOrdererBlockMetadata,
    parseLastConfigNumber,
} from '../../../../network/wire/block-metadata';
import { WireError } from '../../../../network/wire/wire-errors';

const hash = Buffer.alloc(32, 0xab);

describe('blockHeaderBytes', () => {
    it.each([
        [0, '020100'],
        [127, '02017f'],
        [128, '02020080'],
        [256, '02020100'],
        [2 ** 40, '0206010000000000'],
    ])('writes block number %i as a minimal positive integer', (number, hex) => {
        const bytes = blockHeaderBytes({ number, previousHash: hash, dataHash: hash });
        expect(bytes.subarray(2, 2 + hex.length / 2).toString('hex')).toBe(hex);
        expect(bytes[1]).toBe(bytes.length - 2);
    });

    it('writes the absent previous hash of a genesis block as an empty octet string', () => {
        const bytes = blockHeaderBytes({ number: 0, previousHash: Buffer.alloc(0), dataHash: hash });
        expect(bytes.toString('hex')).toBe(`302702010004000420${hash.toString('hex')}`);
    });
});

describe('block metadata', () => {
    it('is never empty where it is signed, not even for block 0', () => {
        expect(newOrdererBlockMetadata(0).toString('hex')).toBe('0a00');
        expect(newOrdererBlockMetadata(3).toString('hex')).toBe('0a020803');
        expect(newLastConfig(0)).toHaveLength(0);
    });

    it('tells the number of the newest config block', () => {
        const block = newBlock({ number: 9, previousHash: hash, data: [] });
        expect(parseLastConfigNumber({ ...block, metadata: [newMetadata(newOrdererBlockMetadata(7))] })).toBe(7);
        expect(parseLastConfigNumber({ ...block, metadata: [] })).toBe(0);
    });
});

describe('parseBlock', () => {
    it('refuses a block without a header', () => {
        expect(() => parseBlock(Buffer.alloc(0))).toThrow(WireError);
    });
});
