import { beforeEach, describe, expect, it } from '@jest/globals';
import { Sequencer } from '../../../../../network/embedded/order/sequencer';
import { blockDataHash, blockHeaderHash, metadataSlots, parseBlock } from '../../../../../network/wire/block';
import {
    blockSignatureMessage,
    parseLastConfigNumber,
    parseMetadata,
} from '../../../../../network/wire/block-metadata';
import { newEnvelope, newPayload, parseSignedPayload } from '../../../../../network/wire/envelope';
import { headerTypes } from '../../../../../network/wire/headers';
import { WireError } from '../../../../../network/wire/wire-errors';
import { aGenesisBlock, ordererName, pretendOrderer } from '../../../../support/a-channel';
import { aTransaction, testChannel } from '../../../../support/a-transaction';
import { ManualClock } from '../../../../support/manual-clock';
import { PretendMsp, pretendSignature } from '../../../../support/pretend-msp';

const envelopeSize = (envelope: Buffer): number => {
    const { payloadBytes, signature } = parseSignedPayload(envelope);
    return payloadBytes.length + signature.length;
};

describe('Sequencer', () => {
    let clock: ManualClock;
    let msp: PretendMsp;
    let sequencer: Sequencer;
    let blocks: Buffer[];

    function newSequencer(limits: { maxMessageCount?: number; absoluteMaxBytes?: number } = {}): Sequencer {
        const created = new Sequencer({
            clock,
            blockCutting: {
                timeoutMs: 500,
                maxMessageCount: 2,
                preferredMaxBytes: 1_000_000,
                absoluteMaxBytes: 2_000_000,
                ...limits,
            },
            channelId: testChannel,
            genesisBlock: aGenesisBlock(),
            signer: pretendOrderer,
            newNonce: () => Buffer.from('nonce'),
            writers: msp.outOf(1, ['client']),
            msp,
        });
        blocks = [];
        created.onBlock(({ bytes }) => {
            blocks.push(bytes);
        });
        return created;
    }

    beforeEach(() => {
        clock = new ManualClock();
        msp = new PretendMsp(['client', 'stranger']);
        sequencer = newSequencer();
    });

    it('orders what it accepts, as the bytes that came', () => {
        const envelopes = [aTransaction(), aTransaction()];
        for (const envelope of envelopes) expect(sequencer.submit(envelope)).toEqual({ status: 200, info: '' });
        expect(blocks.map((bytes) => parseBlock(bytes).data)).toEqual([envelopes]);
        expect(sequencer.height).toBe(2);
        expect(sequencer.blockByNumber(1)?.bytes.equals(blocks[0] ?? Buffer.alloc(0))).toBe(true);
    });

    it('chains, hashes and signs each block', () => {
        for (let count = 0; count < 6; count++) sequencer.submit(aTransaction());
        let previous = parseBlock(aGenesisBlock());
        for (const bytes of blocks) {
            const block = parseBlock(bytes);
            expect(block.header.number).toBe(previous.header.number + 1);
            expect(block.header.previousHash).toEqual(blockHeaderHash(previous.header));
            expect(block.header.dataHash).toEqual(blockDataHash(block.data));
            const { value, signatures } = parseMetadata(block.metadata[metadataSlots.signatures] ?? Buffer.alloc(0));
            const [only] = signatures;
            const message = blockSignatureMessage(value, only?.signatureHeader ?? Buffer.alloc(0), block.header);
            expect(only?.signature).toEqual(pretendSignature(Buffer.from(ordererName), message));
            expect(parseLastConfigNumber(block)).toBe(0);
            previous = block;
        }
        expect(blocks).toHaveLength(3);
    });

    it('writes no empty block', () => {
        clock.advance(10_000);
        expect(blocks).toEqual([]);
    });

    it('cuts a lonely transaction when the time is over', () => {
        sequencer.submit(aTransaction());
        clock.advance(500);
        expect(blocks).toHaveLength(1);
    });

    it('accepts nothing and cuts nothing once stopped', () => {
        sequencer.submit(aTransaction());
        sequencer.stop();
        clock.advance(500);
        expect(blocks).toEqual([]);
        expect(sequencer.submit(aTransaction()).status).toBe(503);
    });

    it('does not look into a transaction: what a peer will refuse is ordered', () => {
        const envelope = aTransaction({ data: Buffer.from('no transaction'), txId: 'not the right id' });
        expect(sequencer.submit(envelope).status).toBe(200);
        expect(sequencer.submit(envelope).status).toBe(200);
    });

    it('has no answer to what is no envelope: that ends the stream (WIRE_MALFORMED)', () => {
        expect(() => sequencer.submit(Buffer.from('0a', 'hex'))).toThrow(WireError);
    });

    const refusals: [string, () => Buffer, number, string | RegExp][] = [
        [
            'a payload that cannot be read',
            () => newEnvelope(Buffer.from('garbage'), Buffer.from('s')),
            400,
            'could not determine channel ID: error unmarshalling Payload: proto: cannot parse invalid wire-format data',
        ],
        [
            'a channel header that cannot be read',
            () => newEnvelope(newPayload(Buffer.from('garbage'), Buffer.alloc(0), Buffer.alloc(0)), Buffer.from('s')),
            400,
            'could not determine channel ID: error unmarshalling channel header: error unmarshalling ChannelHeader: ' +
                'proto: cannot parse invalid wire-format data',
        ],
        ['an empty envelope', () => Buffer.alloc(0), 400, 'could not determine channel ID: header not set'],
        [
            'a payload without channel header',
            () => newEnvelope(newPayload(Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)), Buffer.from('s')),
            400,
            'could not determine channel ID: channel header not set',
        ],
        [
            'another channel',
            () => aTransaction({ channelId: 'elsewhere' }),
            400,
            'channel creation request not allowed because the orderer system channel is not defined',
        ],
        [
            'a configuration',
            () => aTransaction({ type: headerTypes.config }),
            400,
            'message is of type that cannot be processed directly',
        ],
        [
            'a configuration update, which comes later',
            () => aTransaction({ type: headerTypes.configUpdate }),
            501,
            'the embedded network does not change its configuration',
        ],
        [
            'a creator whom the channel does not know',
            () => aTransaction({ creator: 'nobody' }),
            403,
            '0 of 1: permission denied',
        ],
        ['a creator who is no writer', () => aTransaction({ creator: 'stranger' }), 403, '0 of 1: permission denied'],
        [
            'a wrong signature',
            () => aTransaction({ signature: Buffer.from('forged') }),
            403,
            '0 of 1: permission denied',
        ],
    ];
    it.each(refusals)('refuses %s', (_, envelope, status, info) => {
        const answer = sequencer.submit(envelope());
        expect(answer.status).toBe(status);
        expect(answer.info).toMatch(info);
    });

    it('refuses a payload and signature above the absolute maximum, and takes one of exactly that size', () => {
        const envelope = aTransaction();
        const size = envelopeSize(envelope);
        expect(newSequencer({ absoluteMaxBytes: size - 1 }).submit(envelope)).toEqual({
            status: 400,
            info: `message payload is ${size} bytes and exceeds maximum allowed ${size - 1} bytes`,
        });
        expect(newSequencer({ absoluteMaxBytes: size }).submit(envelope).status).toBe(200);
    });

    it('refuses a creator whose certificate has expired, before the policy is asked', () => {
        msp.expire('client', clock.nowMs());
        expect(sequencer.submit(aTransaction())).toEqual({ status: 400, info: 'broadcast client identity expired' });
    });
});
