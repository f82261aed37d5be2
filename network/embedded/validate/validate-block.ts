import type { Block } from '../../wire/block';
import type { EndorsedAction } from '../../wire/transaction';
import type { EnvelopeHeader } from '../../wire/envelope';
import { hashedNamespace } from '../ledger/collection-namespaces';
import type { KeyedStateValue, StateValue } from '../ledger/state-store';
import type { SignerRegistry } from '../signed-data';
import { BlockUpdates } from './block-updates';
import { checkAction, type CheckedAction } from './check-action';
import { markDuplicates } from './check-duplicate';
import { checkEndorsementPolicy, type EndorsementPolicies } from './check-endorsement-policy';
import { checkEnvelope } from './check-envelope';
import { isRangeCurrent, type NamespaceView } from './check-range-queries';
import { areReadsCurrent } from './check-read-versions';
import { validationCodes, type ValidationCode } from './validation-code';

/** What validation reads of a peer's ledger. */
export interface CommittedState {
    readonly channelId: string;
    hasTransaction(txId: string): boolean;
    committedValue(namespace: string, key: string): StateValue | undefined;
    committedRange(namespace: string, startKey: string, endKey: string): Iterable<KeyedStateValue>;
}

export interface ValidationContext {
    readonly ledger: CommittedState;
    readonly msp: SignerRegistry;
    readonly endorsementPolicyOf: EndorsementPolicies;
}

/** One transaction of a block with its verdict, and as much of its content as was opened on the way. */
export interface ValidatedTransaction {
    /** '' for a transaction that has no id or failed before its id counts. */
    readonly txId: string;
    code: ValidationCode;
    readonly header: EnvelopeHeader | undefined;
    readonly endorsed: EndorsedAction | undefined;
    readonly checked: CheckedAction | undefined;
}

/** The verdicts on a block, and what its valid transactions change. Nothing is changed here. */
export interface ValidatedBlock {
    readonly transactions: readonly ValidatedTransaction[];
    readonly updates: BlockUpdates;
}

/**
 * Judges every transaction of a block as Fabric does: first each by itself (form, signatures, endorsement policy), then
 * ids that repeat within the block, then, one after the other in the block's order, what each of them read.
 */
export function validateBlock(block: Block, context: ValidationContext): ValidatedBlock {
    const transactions = block.data.map((envelope) => judgeAlone(envelope, context));
    markDuplicates(transactions);
    const updates = new BlockUpdates();
    transactions.forEach((transaction, txNumber) => {
        if (transaction.code !== validationCodes.VALID || transaction.checked === undefined) return;
        transaction.code = judgeReads(transaction.checked, updates, context.ledger);
        if (transaction.code !== validationCodes.VALID) return;
        const { sets, collections } = transaction.checked;
        updates.add(sets, collections, { blockNumber: block.header.number, txNumber });
    });
    return { transactions, updates };
}

function judgeAlone(envelope: Buffer, { ledger, msp, endorsementPolicyOf }: ValidationContext): ValidatedTransaction {
    const opened = checkEnvelope(envelope, { channelId: ledger.channelId, msp });
    if ('code' in opened) return refused(opened.code);
    const { header, endorsed } = opened;
    if (endorsed === undefined) return { ...refused(validationCodes.VALID), header };
    if (ledger.hasTransaction(header.txId)) return refused(validationCodes.DUPLICATE_TXID);
    const checked = checkAction(header, endorsed);
    if ('code' in checked) return refused(checked.code);
    const code = checkEndorsementPolicy(checked, endorsed, endorsementPolicyOf);
    return { txId: header.txId, code, header, endorsed, checked };
}

function refused(code: ValidationCode): ValidatedTransaction {
    return { txId: '', code, header: undefined, endorsed: undefined, checked: undefined };
}

/** Namespace by namespace in the order of the read-write set: keys, then ranges, then hashes of private keys. */
function judgeReads(
    { sets, collections }: CheckedAction,
    updates: BlockUpdates,
    ledger: CommittedState,
): ValidationCode {
    for (const { namespace, reads, rangeReads } of sets) {
        const areKeysCurrent = areReadsCurrent(reads, {
            isTouchedInBlock: ({ key }) => updates.find(namespace, key) !== undefined,
            committedVersion: ({ key }) => ledger.committedValue(namespace, key)?.version,
        });
        if (!areKeysCurrent) return validationCodes.MVCC_READ_CONFLICT;
        if (rangeReads.length > 0) {
            const view = viewOf(namespace, updates, ledger);
            if (!rangeReads.every((range) => isRangeCurrent(range, view))) return validationCodes.PHANTOM_READ_CONFLICT;
        }
        for (const collection of collections) {
            if (collection.namespace !== namespace) continue;
            const state = hashedNamespace(namespace, collection.name);
            const areHashesCurrent = areReadsCurrent(collection.hashes.reads, {
                isTouchedInBlock: ({ keyHash }) =>
                    updates.findHashed(namespace, collection.name, keyHash) !== undefined,
                committedVersion: ({ keyHash }) => ledger.committedValue(state, keyHash.toString('hex'))?.version,
            });
            if (!areHashesCurrent) return validationCodes.MVCC_READ_CONFLICT;
        }
    }
    return validationCodes.VALID;
}

function viewOf(namespace: string, updates: BlockUpdates, ledger: CommittedState): NamespaceView {
    return {
        committedRange: (startKey, endKey) => ledger.committedRange(namespace, startKey, endKey),
        committedValue: (key) => ledger.committedValue(namespace, key),
        keysInBlock: () => updates.keysOf(namespace),
        updateInBlock: (key) => updates.find(namespace, key),
    };
}
