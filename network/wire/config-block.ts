import { common } from 'fabric-protos/bundle';
import { encodeBlock, metadataSlots, newBlock, withMetadata } from './block';
import { newMetadata, newOrdererBlockMetadata } from './block-metadata';
import { asBuffer } from './protobuf-bytes';
import { newTransactionId } from './transaction-id';

/** What a genesis block is made of. */
export interface NewConfigBlock {
    readonly channelId: string;
    readonly channelGroup: common.IConfigGroup;
    readonly now: Date;
    /** 24 random bytes: two channels of the same content still differ. */
    readonly nonce: Uint8Array;
}

const CONFIG = 1;

/** OrdererBlockMetadata whose last configuration is block 0: present even so, since clients refuse an empty value. */
const lastConfigIsThis = newMetadata(newOrdererBlockMetadata(0));

/**
 * Block 0 of a channel: unsigned, made by nobody, its only entry the configuration. All five metadata slots are there:
 * a real peer dies on a block that has fewer. Fabric v2.5: common/genesis/genesis.go, protoutil/blockutils.go.
 */
export function newConfigBlock(block: NewConfigBlock): Buffer {
    const unsigned = newBlock({ number: 0, previousHash: Buffer.alloc(0), data: [newConfigEnvelope(block)] });
    return encodeBlock(withMetadata(unsigned, metadataSlots.signatures, lastConfigIsThis));
}

function newConfigEnvelope({ channelId, channelGroup, now, nonce }: NewConfigBlock): Buffer {
    const milliseconds = now.getTime();
    const channelHeader = common.ChannelHeader.encode({
        type: CONFIG,
        version: 1,
        timestamp: { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 },
        channel_id: channelId,
        tx_id: newTransactionId(nonce, Buffer.alloc(0)),
    }).finish();
    const payload = common.Payload.encode({
        header: { channel_header: channelHeader, signature_header: common.SignatureHeader.encode({ nonce }).finish() },
        data: common.ConfigEnvelope.encode({ config: { channel_group: channelGroup } }).finish(),
    }).finish();
    return asBuffer(common.Envelope.encode({ payload }).finish());
}
