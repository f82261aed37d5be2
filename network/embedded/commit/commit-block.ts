import { metadataSlots, parseBlock, withMetadata, type Block } from '../../wire/block';
import { newMetadata } from '../../wire/block-metadata';
import { asTransaction } from '../../wire/transaction';
import { readBlockTransaction, type BlockTransaction } from '../ledger/block-transaction';
import type { BlockCommit, PeerLedger } from '../ledger/peer-ledger';
import { StoredBlock } from '../ledger/stored-block';
import { gatherPrivateData, type PrivateDataSource } from '../private-data/block-private-data';
import type { WrittenCollection } from '../private-data/private-data-exchange';
import type { PolicyDirectory, SignerRegistry } from '../signed-data';
import type { EndorsementPolicies } from '../validate/check-endorsement-policy';
import { validateBlock, type ValidatedBlock, type ValidatedTransaction } from '../validate/validate-block';
import { validationCodes } from '../validate/validation-code';
import { requireNextBlock } from './check-block';
import { newCommitHash } from './commit-hash';

export interface CommitterOptions {
    readonly ledger: PeerLedger;
    readonly msp: SignerRegistry;
    readonly policies: PolicyDirectory;
    readonly endorsementPolicyOf: EndorsementPolicies;
    readonly privateData: PrivateDataSource;
    /** Hears of private data that this peer should have and could not get. */
    readonly onMissing?: (missing: WrittenCollection) => void;
}

/** Takes one peer's ledger from block to block. Each peer has its own and judges every transaction for itself. */
export class BlockCommitter {
    readonly #options: CommitterOptions;

    constructor(options: CommitterOptions) {
        this.#options = options;
    }

    /**
     * Validates a block and writes all of it, or throws and writes nothing: EmbeddedError LEDGER_CORRUPT or
     * BLOCK_NOT_AUTHENTIC, WIRE_MALFORMED. Invalid transactions are no error: they stay in the block with their code.
     */
    commit(blockBytes: Buffer): StoredBlock {
        const { ledger, policies, privateData, onMissing } = this.#options;
        const block = parseBlock(blockBytes);
        requireNextBlock(block, {
            channelId: ledger.channelId,
            height: ledger.height,
            newestHash: ledger.chainInfo().currentBlockHash,
            blockValidation: policies.policy('/Channel/Orderer/BlockValidation'),
        });
        const commit = prepareCommit(block, validateBlock(block, this.#options), { ledger, privateData });
        ledger.append(commit);
        for (const missing of commit.privateData.missing) {
            if (missing.wasMember) onMissing?.(missing);
        }
        return commit.block;
    }
}

function prepareCommit(
    block: Block,
    validated: ValidatedBlock,
    { ledger, privateData: source }: Pick<CommitterOptions, 'ledger' | 'privateData'>,
): BlockCommit {
    const codes = validated.transactions.map(({ code }) => code);
    const transactionsFilter = Buffer.from(codes);
    const commitHash = newCommitHash({ transactionsFilter, updates: validated.updates, previous: ledger.commitHash });
    const marked = withMetadata(block, metadataSlots.transactionsFilter, transactionsFilter);
    const hashed = withMetadata(marked, metadataSlots.commitHash, newMetadata(commitHash));
    const privateData = gatherPrivateData(validated, block.header.number, source);
    const transactions = block.data.map((envelope, index) => asRead(envelope, validated.transactions[index]));
    return {
        block: new StoredBlock({ channelId: ledger.channelId, block: hashed, codes, transactions }),
        transactions,
        updates: new Map([...validated.updates.stateUpdates(), ...privateData.updates]),
        privateData,
        history: validated.transactions.flatMap((transaction) => historyOf(transaction, block.header.number)),
        commitHash,
    };
}

/** What validation has read is not read again. */
function asRead(envelopeBytes: Buffer, validated: ValidatedTransaction | undefined): BlockTransaction {
    if (validated?.header === undefined || validated.endorsed === undefined || validated.checked === undefined) {
        return readBlockTransaction(envelopeBytes);
    }
    const { header, endorsed, checked } = validated;
    const { action, event } = checked;
    return { envelopeBytes, header, txId: header.txId, transaction: asTransaction(endorsed, action), event };
}

function historyOf({ code, header, checked }: ValidatedTransaction, blockNumber: number): BlockCommit['history'] {
    if (code !== validationCodes.VALID || header === undefined || checked === undefined) return [];
    const timestamp = header.timestamp ?? { seconds: 0, nanos: 0 };
    return checked.sets.flatMap(({ namespace, writes }) =>
        writes.map(({ key, isDelete, value }) => ({
            namespace,
            key,
            modification: {
                txId: header.txId,
                value: value as Buffer,
                timestamp,
                isDelete: isDelete || value.length === 0,
                blockNumber,
            },
        })),
    );
}
