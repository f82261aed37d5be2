import { blockHeaderHash, metadataSlots, newBlock, withMetadata, type Block } from '../../wire/block';
import { blockSignatureMessage, newLastConfig, newMetadata, newOrdererBlockMetadata } from '../../wire/block-metadata';
import { newSignatureHeader } from '../../wire/headers';

/** Who signs the blocks. */
export interface BlockSigner {
    /** The orderer's SerializedIdentity. */
    readonly identity: Buffer;
    sign(message: Buffer): Buffer;
}

/** The block that follows `previous`, with its configuration pointer and signed. ⟵ multichannel/blockwriter.go */
export function writeBlock(content: {
    readonly previous: Block;
    readonly envelopes: readonly Buffer[];
    readonly lastConfigNumber: number;
    readonly signer: BlockSigner;
    readonly nonce: Buffer;
}): Block {
    const { previous, envelopes, lastConfigNumber, signer, nonce } = content;
    const block = newBlock({
        number: previous.header.number + 1,
        previousHash: blockHeaderHash(previous.header),
        data: envelopes,
    });
    const value = newOrdererBlockMetadata(lastConfigNumber);
    const signatureHeader = newSignatureHeader(signer.identity, nonce);
    const signature = signer.sign(blockSignatureMessage(value, signatureHeader, block.header));
    const signed = withMetadata(block, metadataSlots.signatures, newMetadata(value, [{ signatureHeader, signature }]));
    return withMetadata(signed, metadataSlots.lastConfig, newMetadata(newLastConfig(lastConfigNumber)));
}
