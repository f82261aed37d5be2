import { requireNextBlock } from '../embedded/commit/check-block';
import { EmbeddedError } from '../embedded/embedded-errors';
import { ChannelPolicies, policyPaths } from '../embedded/msp/channel-policies';
import { MspError } from '../embedded/msp/msp-errors';
import { MspRegistry } from '../embedded/msp/msp-registry';
import type { Policy } from '../embedded/msp/policy';
import { blockDataHash, blockHeaderHash, parseBlock } from '../wire/block';
import type { Block } from '../wire/block';
import { parseConfigEnvelope } from '../wire/channel-config';
import type { ParsedChannelConfig } from '../wire/channel-config';
import { parseEnvelope } from '../wire/envelope';
import { headerTypes } from '../wire/headers';
import { WireError } from '../wire/wire-errors';
import { PeersError } from './peers-errors';

/**
 * Follows a chain of blocks from its first one on and believes none of them: each must carry the hash of the one before,
 * the hash of its transactions, and orderers' signatures as the configuration valid at its place asks. Block 0 is signed by
 * nobody: compare `genesisHash` with the channel's.
 */
export class ChainCheck {
    readonly #source: string;
    #height = 0;
    #newestHash: Buffer = Buffer.alloc(0);
    #genesisHash: Buffer = Buffer.alloc(0);
    #config: ParsedChannelConfig | undefined;
    #blockValidation: Policy | undefined;

    /** `source` names the chain in faults: a node, or a file. */
    constructor(source: string) {
        this.#source = source;
    }

    get height(): number {
        return this.#height;
    }

    /** Hash of the newest block's header. */
    get newestHash(): Buffer {
        return this.#newestHash;
    }

    get genesisHash(): Buffer {
        return this.#genesisHash;
    }

    /** The configuration valid after the newest block; undefined before the first. */
    get config(): ParsedChannelConfig | undefined {
        return this.#config;
    }

    /** Takes the next block. Throws CHAIN_BROKEN. */
    add(bytes: Uint8Array): void {
        try {
            const block = parseBlock(bytes);
            if (this.#height === 0) this.#requireFirst(block);
            else this.#requireNext(block);
            this.#followConfig(block);
            this.#newestHash = blockHeaderHash(block.header);
            if (this.#height === 0) this.#genesisHash = this.#newestHash;
            this.#height += 1;
        } catch (cause) {
            if (!(cause instanceof EmbeddedError || cause instanceof WireError || cause instanceof MspError))
                throw cause;
            throw this.#broken('reason' in cause.fault ? cause.fault.reason : cause.message, cause);
        }
    }

    #requireFirst(block: Block): void {
        const { number, previousHash, dataHash } = block.header;
        if (number !== 0) throw this.#broken(`it is block ${number}, and the chain begins with block 0`);
        if (previousHash.length > 0) throw this.#broken('it names a block before it');
        if (!dataHash.equals(blockDataHash(block.data))) {
            throw this.#broken('its data hash is not the hash of its transactions');
        }
    }

    #requireNext(block: Block): void {
        const { channelId } = this.#config ?? { channelId: '' };
        const blockValidation = this.#blockValidation;
        if (!blockValidation) throw this.#broken('the block before it holds no configuration');
        requireNextBlock(block, { channelId, height: this.#height, newestHash: this.#newestHash, blockValidation });
    }

    /** A configuration is alone in its block, and judges from the next block on. */
    #followConfig({ data: [envelope] }: Block): void {
        if (envelope === undefined || !isConfig(envelope)) return;
        const config = parseConfigEnvelope(envelope);
        const policies = ChannelPolicies.fromChannelConfig(config, MspRegistry.fromChannelConfig(config));
        this.#config = config;
        this.#blockValidation = policies.policy(policyPaths.blockValidation);
    }

    #broken(reason: string, cause?: unknown): PeersError {
        const fault = { code: 'CHAIN_BROKEN', source: this.#source, block: this.#height, reason } as const;
        return new PeersError(fault, { cause });
    }
}

/** Orderers put into blocks what is no transaction at all, too; peers mark it invalid. */
function isConfig(envelope: Buffer): boolean {
    try {
        return parseEnvelope(envelope).header.type === headerTypes.config;
    } catch (error) {
        if (error instanceof WireError) return false;
        throw error;
    }
}
