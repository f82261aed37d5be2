import { blockDataHash, metadataSlots, type Block } from '../../wire/block';
import { blockSignatureMessage, parseMetadata } from '../../wire/block-metadata';
import { parseSignatureHeader } from '../../wire/headers';
import { EmbeddedError } from '../embedded-errors';
import type { SignatureJudge } from '../signed-data';

/**
 * Requires that a block is the next one of the chain and is signed as the channel asks. Throws EmbeddedError
 * LEDGER_CORRUPT or BLOCK_NOT_AUTHENTIC, WIRE_MALFORMED for metadata that cannot be read. ⟵ internal/pkg/peer/gossip
 * mcs.go, VerifyBlock
 */
export function requireNextBlock(
    block: Block,
    chain: {
        readonly channelId: string;
        readonly height: number;
        readonly newestHash: Buffer;
        /** /Channel/Orderer/BlockValidation. */
        readonly blockValidation: SignatureJudge;
    },
): void {
    const blockNumber = block.header.number;
    const reason = brokenLink(block, chain);
    if (reason !== undefined) {
        throw new EmbeddedError({ code: 'LEDGER_CORRUPT', channelId: chain.channelId, blockNumber, reason });
    }
    const { value, signatures } = parseMetadata(block.metadata[metadataSlots.signatures] ?? Buffer.alloc(0));
    const verdict = chain.blockValidation.evaluate(
        signatures.map(({ signatureHeader, signature }) => ({
            identity: parseSignatureHeader(signatureHeader).creator,
            message: blockSignatureMessage(value, signatureHeader, block.header),
            signature,
        })),
    );
    if (!verdict.satisfied) {
        const { channelId } = chain;
        throw new EmbeddedError({ code: 'BLOCK_NOT_AUTHENTIC', channelId, blockNumber, reason: verdict.reason });
    }
}

function brokenLink(block: Block, chain: { readonly height: number; readonly newestHash: Buffer }): string | undefined {
    const { number, previousHash, dataHash } = block.header;
    if (number !== chain.height) return `block ${chain.height} is the next one`;
    if (!previousHash.equals(chain.newestHash)) return 'its previous hash is not the hash of the block before it';
    if (!dataHash.equals(blockDataHash(block.data))) return 'its data hash is not the hash of its transactions';
    return undefined;
}
