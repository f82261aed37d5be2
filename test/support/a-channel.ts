import { BlockCommitter } from '../../network/embedded/commit/commit-block';
import { PeerLedger } from '../../network/embedded/ledger/peer-ledger';
import type { PrivateDataSource } from '../../network/embedded/private-data/block-private-data';
import type { WrittenCollection } from '../../network/embedded/private-data/private-data-exchange';
import type { StoredBlock } from '../../network/embedded/ledger/stored-block';
import { writeBlock } from '../../network/embedded/order/write-block';
import { encodeBlock, metadataSlots, newBlock, parseBlock, withMetadata, type Block } from '../../network/wire/block';
import { newMetadata, newOrdererBlockMetadata } from '../../network/wire/block-metadata';
import { newEnvelope, newPayload } from '../../network/wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader } from '../../network/wire/headers';
import { testChannel } from './a-transaction';
import { PretendMsp, pretendSignature } from './pretend-msp';
import { noPrivateData } from './no-collections';

export const ordererName = 'orderer';

/** The genesis block of a channel without a configuration worth the name. */
export function aGenesisBlock(): Buffer {
    const header = newChannelHeader({ type: headerTypes.config, channelId: testChannel });
    const payload = newPayload(header, newSignatureHeader(Buffer.alloc(0), Buffer.from('n')), Buffer.from('config'));
    const envelope = newEnvelope(payload, Buffer.alloc(0));
    const block = newBlock({ number: 0, previousHash: Buffer.alloc(0), data: [envelope] });
    return encodeBlock(withMetadata(block, metadataSlots.signatures, newMetadata(newOrdererBlockMetadata(0))));
}

export const pretendOrderer = {
    identity: Buffer.from(ordererName),
    sign: (message: Buffer): Buffer => pretendSignature(Buffer.from(ordererName), message),
};

/** One peer of a channel whose chaincode 'grid' wants two endorsements of peer-1, peer-2, peer-3. */
export class TestChannel {
    readonly msp = new PretendMsp(['client', 'peer-1', 'peer-2', 'peer-3', ordererName]);
    readonly ledger: PeerLedger;
    readonly committer: BlockCommitter;
    #previous: Block;

    /** Without `privateData` the peer is a member of nothing. */
    constructor(
        privateData: PrivateDataSource = noPrivateData,
        onMissing: (missing: WrittenCollection) => void = () => undefined,
    ) {
        const genesisBlock = aGenesisBlock();
        this.#previous = parseBlock(genesisBlock);
        this.ledger = new PeerLedger({ channelId: testChannel, genesisBlock });
        const grid = this.msp.outOf(2, ['peer-1', 'peer-2', 'peer-3']);
        const other = this.msp.outOf(1, ['peer-3']);
        const defined = new Map([
            ['grid', grid],
            ['other', other],
        ]);
        this.committer = new BlockCommitter({
            ledger: this.ledger,
            msp: this.msp,
            policies: { policy: () => this.msp.outOf(1, [ordererName]) },
            endorsementPolicyOf: (namespace, collection) =>
                collection === undefined ? defined.get(namespace) : undefined,
            privateData,
            onMissing,
        });
    }

    /** The next block with these envelopes, signed by the orderer. */
    nextBlock(...envelopes: readonly Buffer[]): Block {
        return writeBlock({
            previous: this.#previous,
            envelopes,
            lastConfigNumber: 0,
            signer: pretendOrderer,
            nonce: Buffer.from('block nonce'),
        });
    }

    /** Orders the envelopes into one block and commits it. */
    commit(...envelopes: readonly Buffer[]): StoredBlock {
        const block = this.nextBlock(...envelopes);
        const stored = this.committer.commit(encodeBlock(block));
        this.#previous = block;
        return stored;
    }

    valueOf(key: string, namespace = 'grid'): string | undefined {
        return this.ledger.committedValue(namespace, key)?.value.toString();
    }
}
