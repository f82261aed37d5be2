import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeBlock, newBlock, parseBlock, withMetadata } from '../../../../network/wire/block';
import { compareUtf8 } from '../../../../network/wire/compare-utf8';
import { newEnvelope, newPayload, parseEnvelope } from '../../../../network/wire/envelope';
import { newChannelHeader, newSignatureHeader } from '../../../../network/wire/headers';
import { newReadWriteSet, parseReadWriteSet, type NamespaceReadWriteSet } from '../../../../network/wire/rwset';
import { newSerializedIdentity, parseSerializedIdentity } from '../../../../network/wire/serialized-identity';
import { newTransactionPayload, parseEndorsedAction } from '../../../../network/wire/transaction';
import { parsePayload } from '../../../../network/wire/envelope';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const version = fc.option(fc.record({ blockNumber: number, txNumber: fc.nat() }), { nil: undefined });
const keyRead = fc.record({ key: text, version });

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
    return [...items].sort((a, b) => compareUtf8(keyOf(a), keyOf(b)));
}

const namespaceSet: fc.Arbitrary<NamespaceReadWriteSet> = fc.record({
    namespace: text,
    reads: fc.uniqueArray(keyRead, { selector: ({ key }) => key }),
    rangeReads: fc.array(
        fc.record({
            startKey: text,
            endKey: text,
            exhausted: fc.boolean(),
            reads: fc.array(keyRead, { maxLength: 5 }),
        }),
    ),
    writes: fc.uniqueArray(fc.record({ key: text, isDelete: fc.boolean(), value: bytes }), {
        selector: ({ key }) => key,
    }),
});
const readWriteSet = fc.uniqueArray(namespaceSet, { selector: ({ namespace }) => namespace, maxLength: 4 });

describe('what is written is read back', () => {
    it('as read-write sets, sorted by UTF-8 bytes', () => {
        fc.assert(
            fc.property(readWriteSet, (sets) => {
                const expected = sorted(sets, ({ namespace }) => namespace).map((set) => ({
                    ...set,
                    reads: sorted(set.reads, ({ key }) => key),
                    writes: sorted(set.writes, ({ key }) => key),
                }));
                expect(parseReadWriteSet(newReadWriteSet(sets))).toEqual(expected);
            }),
        );
    });

    it('as read-write sets whose bytes do not depend on the order of what was read and written', () => {
        fc.assert(
            fc.property(readWriteSet, (sets) => {
                const reversed = [...sets].reverse().map((set) => ({
                    ...set,
                    reads: [...set.reads].reverse(),
                    writes: [...set.writes].reverse(),
                }));
                expect(newReadWriteSet(reversed).equals(newReadWriteSet(sets))).toBe(true);
            }),
        );
    });

    it('as envelopes', () => {
        const header = fc.record({
            type: fc.nat({ max: 6 }),
            version: fc.nat({ max: 3 }),
            timestamp: fc.record({ seconds: fc.integer(), nanos: fc.nat({ max: 999_999_999 }) }),
            channelId: text,
            txId: text,
            epoch: number,
            extension: bytes,
            tlsCertHash: bytes,
        });
        fc.assert(
            fc.property(header, bytes, bytes, bytes, bytes, (channelHeader, creator, nonce, data, signature) => {
                const channelHeaderBytes = newChannelHeader(channelHeader);
                const signatureHeaderBytes = newSignatureHeader(creator, nonce);
                const payloadBytes = newPayload(channelHeaderBytes, signatureHeaderBytes, data);
                const parsed = parseEnvelope(newEnvelope(payloadBytes, signature));
                expect(parsed).toMatchObject({ payloadBytes, signature, data });
                expect(parsed.header).toMatchObject({ ...channelHeader, creator, nonce });
                expect(parsed.header).toMatchObject({ channelHeaderBytes, signatureHeaderBytes });
            }),
        );
    });

    it('as transactions', () => {
        const endorsements = fc.array(fc.record({ endorser: bytes, signature: bytes }), { maxLength: 4 });
        fc.assert(
            fc.property(bytes, bytes, endorsements, (creator, proposalPayload, given) => {
                const signatureHeaderBytes = newSignatureHeader(creator, creator);
                const payload = newTransactionPayload({
                    channelHeaderBytes: Buffer.alloc(0),
                    signatureHeaderBytes,
                    chaincodeProposalPayloadBytes: proposalPayload,
                    proposalResponsePayloadBytes: Buffer.alloc(0),
                    endorsements: given,
                });
                expect(parseEndorsedAction(parsePayload(payload).data)).toMatchObject({
                    signatureHeaderBytes,
                    creator,
                    nonce: creator,
                    chaincodeProposalPayloadBytes: proposalPayload,
                    endorsements: given,
                });
            }),
        );
    });

    it('as blocks', () => {
        fc.assert(
            fc.property(
                number,
                bytes,
                fc.array(bytes),
                fc.nat({ max: 4 }),
                bytes,
                (blockNumber, previousHash, data, slot, value) => {
                    const block = withMetadata(newBlock({ number: blockNumber, previousHash, data }), slot, value);
                    expect(parseBlock(encodeBlock(block))).toEqual(block);
                },
            ),
        );
    });

    it('as identities', () => {
        fc.assert(
            fc.property(text, text, (mspId, pem) => {
                const { mspId: readId, idBytes } = parseSerializedIdentity(newSerializedIdentity(mspId, pem));
                expect([readId, idBytes.toString()]).toEqual([mspId, Buffer.from(pem).toString()]);
            }),
        );
    });
});

describe('compareUtf8', () => {
    it('orders texts as their UTF-8 bytes are ordered', () => {
        const any = fc.string({ unit: 'binary' });
        fc.assert(
            fc.property(any, any, (a, b) => {
                expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
            }),
        );
    });
});
