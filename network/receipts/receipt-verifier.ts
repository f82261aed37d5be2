import { ChannelPolicies, policyPaths } from '../embedded/msp/channel-policies';
import type { MspIdentity } from '../embedded/msp/identity';
import { MspError } from '../embedded/msp/msp-errors';
import { MspRegistry } from '../embedded/msp/msp-registry';
import type { SignedData } from '../embedded/msp/policy';
import { blockDataHash, blockHeaderHash, parseBlock } from '../wire/block';
import { blockSignatureMessage } from '../wire/block-metadata';
import { parseConfigBlock, type ParsedChannelConfig } from '../wire/channel-config';
import { parseSignatureHeader } from '../wire/headers';
import { WireError } from '../wire/wire-errors';
import { parseReceipt, readingWire, reasonOf, type Receipt } from './receipt';
import { ReceiptError, type ReceiptFault } from './receipt-errors';
import { readVerdict, validationCodeName, type ReadVerdict } from './read-verdict';

/** What a receipt proves. */
export interface ProvenTransaction {
    readonly channelId: string;
    readonly transactionId: string;
    readonly blockNumber: number;
    /** Hash of the block's header, lower-case hex. */
    readonly blockHash: string;
    /** The transaction as it was ordered. */
    readonly envelopeBytes: Buffer;
    /** SerializedIdentities whose signatures were verified. */
    readonly orderers: readonly Buffer[];
    readonly peers: readonly Buffer[];
}

/**
 * Verifies receipts offline, by nothing but a channel's genesis block that came from elsewhere. It knows the
 * organisations, certificate authorities, revocations and policies of that block and of none that came later; when a
 * certificate expires it does not look at, since nobody signs the time of a block.
 */
export class ReceiptVerifier {
    readonly #config: ParsedChannelConfig;
    readonly #msps: MspRegistry;
    readonly #policies: ChannelPolicies;

    /** Throws ReceiptError GENESIS_UNUSABLE. */
    constructor(genesisBlock: Uint8Array) {
        try {
            const { number } = parseBlock(genesisBlock).header;
            if (number !== 0) {
                throw new ReceiptError({ code: 'GENESIS_UNUSABLE', reason: `it is block ${number}` });
            }
            this.#config = parseConfigBlock(genesisBlock);
            this.#msps = MspRegistry.fromChannelConfig(this.#config);
            this.#policies = ChannelPolicies.fromChannelConfig(this.#config, this.#msps);
        } catch (cause) {
            if (!(cause instanceof WireError || cause instanceof MspError)) throw cause;
            const reason = cause instanceof WireError ? reasonOf(cause) : cause.message;
            throw new ReceiptError({ code: 'GENESIS_UNUSABLE', reason }, { cause });
        }
    }

    /** Throws ReceiptError with the first thing that is wrong; hashes are compared before signatures are verified. */
    verify(bytes: Uint8Array): ProvenTransaction {
        const receipt = parseReceipt(bytes);
        const { header, data } = receipt.block;
        const blockNumber = header.number;
        if (!blockDataHash(data).equals(header.dataHash)) {
            throw new ReceiptError({ code: 'BLOCK_ALTERED', blockNumber });
        }
        const verdict = readVerdict(receipt.verdict, this.#config.channelId);
        const { transactionId, envelopeBytes } = verdict;
        if (!data.some((envelope) => envelope.equals(envelopeBytes))) {
            throw new ReceiptError({ code: 'TRANSACTION_NOT_IN_BLOCK', transactionId, blockNumber });
        }
        const orderers = this.#requireSignedBlock(receipt);
        const peers = this.#requireSignedVerdict(receipt);
        this.#requireCreator(verdict);
        if (verdict.validationCode !== 0) {
            const validationCode = validationCodeName(verdict.validationCode);
            throw new ReceiptError({ code: 'TRANSACTION_INVALID', transactionId, validationCode });
        }
        const blockHash = blockHeaderHash(header).toString('hex');
        const { channelId } = this.#config;
        return { channelId, transactionId, blockNumber, blockHash, envelopeBytes, orderers, peers };
    }

    /** The signatures satisfy /Channel/Orderer/BlockValidation. */
    #requireSignedBlock({ block, orderers }: Receipt): Buffer[] {
        const refuse = (reason: string): ReceiptFault => ({
            code: 'BLOCK_NOT_SIGNED',
            blockNumber: block.header.number,
            reason,
        });
        const signed = orderers.signatures.map(({ signatureHeader, signature }) => ({
            identity: readingWire(() => parseSignatureHeader(signatureHeader)).creator,
            message: blockSignatureMessage(orderers.value, signatureHeader, block.header),
            signature,
        }));
        this.#requireEach(signed, refuse);
        const verdict = this.#policies.policy(policyPaths.blockValidation).evaluate(signed);
        if (!verdict.satisfied) throw new ReceiptError(refuse(verdict.reason));
        return signed.map(({ identity }) => identity);
    }

    /** A peer of each organisation that uses the channel signed the verdict. */
    #requireSignedVerdict({ verdict }: Receipt): Buffer[] {
        const refuse = (reason: string): ReceiptFault => ({ code: 'VERDICT_NOT_SIGNED', reason });
        const signed = verdict.endorsements.map(({ endorser, signature }) => ({
            identity: endorser,
            message: Buffer.concat([verdict.answerBytes, endorser]),
            signature,
        }));
        const identities = this.#requireEach(signed, refuse);
        for (const { mspId, inApplication } of this.#config.organizations) {
            const isThere = identities.some((identity) => identity.satisfies({ kind: 'role', mspId, role: 'peer' }));
            if (inApplication && !isThere) throw new ReceiptError(refuse(`none of a peer of ${mspId}`));
        }
        return signed.map(({ identity }) => identity);
    }

    #requireCreator({ transactionId, creator, payloadBytes, signature }: ReadVerdict): void {
        const refuse = (reason: string): ReceiptFault => ({ code: 'TRANSACTION_NOT_AUTHENTIC', transactionId, reason });
        this.#requireEach([{ identity: creator, message: payloadBytes, signature }], refuse);
    }

    /** Every signature of a receipt is somebody's, right, and of another than the ones before: none is there for show. */
    #requireEach(signed: readonly SignedData[], refuse: (reason: string) => ReceiptFault): MspIdentity[] {
        const identities = signed.map(({ identity: serialized, message, signature }) => {
            const identity = this.#identityOf(serialized, refuse);
            if (!identity.verify(message, signature)) {
                throw new ReceiptError(refuse(`a signature of somebody of ${identity.mspId} is wrong`));
            }
            return identity;
        });
        if (new Set(identities.map(({ id }) => id)).size < identities.length) {
            throw new ReceiptError(refuse('somebody signed twice'));
        }
        return identities;
    }

    #identityOf(serialized: Uint8Array, refuse: (reason: string) => ReceiptFault): MspIdentity {
        try {
            return this.#msps.identity(serialized);
        } catch (cause) {
            if (!(cause instanceof MspError)) throw cause;
            throw new ReceiptError(refuse(cause.fault.code === 'POLICY_INVALID' ? cause.message : cause.fault.reason), {
                cause,
            });
        }
    }
}
