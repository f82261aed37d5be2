import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
    blockDataHash,
    blockHeaderHash,
    encodeBlock,
    metadataSlots,
    parseBlock,
    type Block,
} from '../../network/wire/block';
import { blockSignatureMessage, newOrdererBlockMetadata, parseMetadata } from '../../network/wire/block-metadata';
import { newEnvelope, newPayload, parseEnvelope, parsePayload } from '../../network/wire/envelope';
import { newFilteredBlock } from '../../network/wire/filtered-block';
import { headerTypes, newChannelHeader, newSignatureHeader, parseSignatureHeader } from '../../network/wire/headers';
import { newReadWriteSet, parseReadWriteSet, type KeyRead } from '../../network/wire/rwset';
import { newSerializedIdentity, parseSerializedIdentity } from '../../network/wire/serialized-identity';
import { verifyLowS } from '../../network/wire/signature';
import { newTransactionId } from '../../network/wire/transaction-id';
import {
    newChaincodeAction,
    newChaincodeEvent,
    newTransactionPayload,
    parseChaincodeEvent,
    parseTransaction,
    transactionProposalHash,
} from '../../network/wire/transaction';
import { recorded, recordedBytes, recordedChain, recordedFilteredChain } from '../support/recorded-fabric';

const chain = recordedChain();
const blocks = chain.map(parseBlock);
const envelope = recordedBytes('envelope.pb');

function vectorsOf(type: string): string[] {
    return recorded.vectors.filter((vector) => vector.type === type).map(({ name }) => name);
}

function filterOf(block: Block): Buffer {
    return block.metadata[metadataSlots.transactionsFilter] ?? Buffer.alloc(0);
}

function publicKeyOf(identity: Buffer): ReturnType<typeof publicKey> {
    return publicKey(parseSerializedIdentity(identity).idBytes);
}

function publicKey(certificate: Buffer): X509Certificate['publicKey'] {
    return new X509Certificate(certificate).publicKey;
}

describe('read-write sets of a real peer', () => {
    it.each(vectorsOf('rwset.TxReadWriteSet'))('%s is written again byte for byte', (name) => {
        const bytes = recordedBytes(name);
        expect(newReadWriteSet(parseReadWriteSet(bytes)).toString('hex')).toBe(bytes.toString('hex'));
    });

    it.each(
        recorded.vectors
            .filter(({ rangeKeys }) => rangeKeys !== undefined)
            .map((vector) => [vector.name, vector] as const),
    )('%s is what the keys it met give', (name, { rangeKeys }) => {
        const bytes = recordedBytes(name);
        const { prefix, from, toExclusive, pad, version } = rangeKeys ?? fail();
        const reads: KeyRead[] = [];
        for (let number = from; number < toExclusive; number++) {
            reads.push({
                key: prefix + String(number).padStart(pad, '0'),
                version: { blockNumber: version.block_num, txNumber: version.tx_num },
            });
        }
        const sets = parseReadWriteSet(bytes).map((set) => ({
            ...set,
            rangeReads: set.rangeReads.map(({ startKey, endKey, exhausted }) => ({
                startKey,
                endKey,
                exhausted,
                reads,
            })),
        }));
        expect(newReadWriteSet(sets).toString('hex')).toBe(bytes.toString('hex'));
    });
});

describe('a transaction of a real network', () => {
    const parsed = parseEnvelope(envelope);
    const transaction = parseTransaction(parsed.data);

    it('carries the transaction id that nonce and creator give', () => {
        expect(newTransactionId(parsed.header.nonce, parsed.header.creator)).toBe(parsed.header.txId);
    });

    it('carries a proposal hash that is recomputed from its action', () => {
        const hash = transactionProposalHash(parsed.header.channelHeaderBytes, transaction);
        expect(hash.toString('hex')).toBe(transaction.proposalHash.toString('hex'));
        const proposal = recorded.vectors.find(({ name }) => name === 'signed-proposal.pb');
        expect(hash.toString('hex')).toBe(proposal?.proposalHash);
    });

    it('is written again byte for byte from its parts', () => {
        const payload = newTransactionPayload({
            channelHeaderBytes: parsed.header.channelHeaderBytes,
            signatureHeaderBytes: parsed.header.signatureHeaderBytes,
            chaincodeProposalPayloadBytes: transaction.chaincodeProposalPayloadBytes,
            proposalResponsePayloadBytes: transaction.proposalResponsePayloadBytes,
            endorsements: transaction.endorsements,
        });
        expect(newEnvelope(payload, parsed.signature).toString('hex')).toBe(envelope.toString('hex'));
    });

    it('has headers that are written again byte for byte', () => {
        const { header } = parsed;
        const channelHeader = newChannelHeader({ ...header, timestamp: header.timestamp ?? fail() });
        expect(channelHeader.toString('hex')).toBe(header.channelHeaderBytes.toString('hex'));
        const signatureHeader = newSignatureHeader(header.creator, header.nonce);
        expect(signatureHeader.toString('hex')).toBe(header.signatureHeaderBytes.toString('hex'));
        const { mspId, idBytes } = parseSerializedIdentity(header.creator);
        expect(newSerializedIdentity(mspId, idBytes.toString()).toString('hex')).toBe(header.creator.toString('hex'));
    });

    it('has an action that is written again byte for byte', () => {
        const { action } = transaction;
        const bytes = newChaincodeAction({ ...action, chaincodeId: action.chaincodeId ?? fail() });
        expect(bytes.toString('hex')).toBe(transaction.actionBytes.toString('hex'));
    });

    it('is signed by its creator and by its endorsers over the bytes that are claimed', () => {
        expect(verifyLowS(publicKeyOf(parsed.header.creator), parsed.payloadBytes, parsed.signature)).toBe(true);
        for (const { endorser, signature } of transaction.endorsements) {
            const message = Buffer.concat([transaction.proposalResponsePayloadBytes, endorser]);
            expect(verifyLowS(publicKeyOf(endorser), message, signature)).toBe(true);
        }
        expect(transaction.endorsements.length).toBeGreaterThan(1);
    });

    it('has an event that is written again byte for byte', () => {
        const events = (blocks[17]?.data ?? []).map((data) => parseTransaction(parseEnvelope(data).data).action.events);
        expect(events).toHaveLength(1);
        for (const bytes of events) {
            expect(newChaincodeEvent(parseChaincodeEvent(bytes)).toString('hex')).toBe(bytes.toString('hex'));
        }
    });
});

describe('the chain of a real channel', () => {
    it('has every recorded block', () => {
        expect(blocks.map(({ header }) => header.number)).toEqual(recorded.chain.map(({ number }) => number));
    });

    it('is written again byte for byte', () => {
        blocks.forEach((block, number) => {
            expect(encodeBlock(block).equals(chain[number] ?? Buffer.alloc(0))).toBe(true);
        });
    });

    it('links each block to the header hash of the one before, the first to none', () => {
        blocks.forEach(({ header }, number) => {
            const previous = blocks[number - 1];
            const expected = previous === undefined ? '' : blockHeaderHash(previous.header).toString('hex');
            expect(header.previousHash.toString('hex')).toBe(expected);
        });
    });

    it('has the data hash of its envelopes in each header', () => {
        for (const { header, data } of blocks) expect(header.dataHash.equals(blockDataHash(data))).toBe(true);
    });

    it('has five metadata entries, the third one code for each transaction', () => {
        for (const block of blocks) {
            expect(block.metadata).toHaveLength(5);
            expect([...filterOf(block)]).toEqual(recorded.chain[block.header.number]?.txs.map(({ code }) => code));
        }
    });

    it('is signed by an orderer over metadata value, signature header and block header', () => {
        for (const block of blocks.slice(1)) {
            const { value, signatures } = parseMetadata(block.metadata[metadataSlots.signatures] ?? Buffer.alloc(0));
            expect(signatures).toHaveLength(1);
            for (const { signatureHeader, signature } of signatures) {
                const { creator } = parseSignatureHeader(signatureHeader);
                const message = blockSignatureMessage(value, signatureHeader, block.header);
                expect(verifyLowS(publicKeyOf(creator), message, signature)).toBe(true);
            }
        }
    });

    it('writes a genesis block signature value that is not empty', () => {
        const { value } = parseMetadata(blocks[0]?.metadata[metadataSlots.signatures] ?? Buffer.alloc(0));
        expect(value.toString('hex')).toBe(newOrdererBlockMetadata(0).toString('hex'));
        expect(value.toString('hex')).toBe('0a00');
    });

    it('gives the transaction ids that were recorded', () => {
        for (const { number, txs } of recorded.chain) {
            for (const { index, txid, type } of txs) {
                const data = blocks[number]?.data[index] ?? Buffer.alloc(0);
                const { header } = parseEnvelope(data);
                expect([header.txId, header.type]).toEqual([txid, type]);
            }
        }
    });
});

describe('filtered blocks of a real peer', () => {
    const filtered = recordedFilteredChain();
    const readable = recorded.chain.filter(({ deliverFilteredStatus }) => deliverFilteredStatus === undefined);

    it('are written byte for byte from the full blocks', () => {
        for (const { number } of readable) {
            const block = blocks[number] ?? fail();
            const bytes = newFilteredBlock(recorded.channel, block, [...filterOf(block)]);
            expect([number, bytes.toString('hex')]).toEqual([number, filtered[number]?.toString('hex')]);
        }
        expect(readable.length).toBeGreaterThan(40);
    });

    it('leave out the event where a transaction cannot be read, and tell all the rest', () => {
        const unreadable = recorded.chain.filter(({ deliverFilteredStatus }) => deliverFilteredStatus !== undefined);
        for (const { number, txs } of unreadable) {
            const block = blocks[number] ?? fail();
            const bytes = newFilteredBlock(recorded.channel, block, [...filterOf(block)]);
            for (const { txid } of txs) expect(bytes.includes(txid)).toBe(true);
        }
        expect(unreadable).toHaveLength(2);
    });
});

describe('payloads of a real network', () => {
    it('are written again byte for byte, configuration updates too', () => {
        const updates = [envelope, recordedBytes('config-update-envelope.pb')];
        for (const bytes of updates) {
            const { payloadBytes, header, data } = parseEnvelope(bytes);
            const payload = newPayload(header.channelHeaderBytes, header.signatureHeaderBytes, data);
            expect(payload.equals(payloadBytes)).toBe(true);
            expect(parsePayload(payloadBytes).data.equals(data)).toBe(true);
        }
        expect(parseEnvelope(updates[1] ?? fail()).header.type).toBe(headerTypes.configUpdate);
    });
});

function fail(): never {
    throw new TypeError('the recording lacks a part that this test needs');
}
