import type { EmittedEvent } from '../../wire/chaincode-message';
import type { ChaincodeCall } from '../../wire/discovery';
import type { ChaincodeResponse } from '../../wire/transaction';
import type { TransactionContext } from '../chaincode/answer-chaincode';
import { ChaincodeError } from '../chaincode/chaincode-errors';
import { OpenIterators } from '../chaincode/open-iterators';
import { lifecycleNamespace, sequenceKey } from '../ledger/lifecycle-state';
import type { StateSnapshot } from '../ledger/state-store';
import { callSystemChaincode, isSystemChaincode, systemChaincodeVersion } from '../lifecycle/system-chaincodes';
import { CollectionAccess } from '../private-data/collection-access';
import { claimOf } from './check-proposal';
import type { CheckedProposal } from './check-proposal';
import { EndorseError } from './endorse-errors';
import type { EndorsingPeer } from './endorsing-peer';
import { TransactionSimulator } from './transaction-simulator';

/** What running a proposal came to. */
export interface Simulation {
    readonly response: ChaincodeResponse;
    /** TxReadWriteSet bytes; empty where Fabric does not simulate. */
    readonly results: Buffer;
    readonly event: EmittedEvent | undefined;
    /** Of the committed definition. */
    readonly chaincodeVersion: string;
    /** Whose policies the result must satisfy; undefined where Fabric does not simulate. */
    readonly interest: readonly ChaincodeCall[] | undefined;
}

const nothing: Buffer = Buffer.alloc(0);

/**
 * Runs the chaincode over a snapshot of this peer's state. Throws EndorseError when it is not defined or gave no answer
 * of its own; an answer of 400 and more is an answer. Fabric v2.5.16: core/endorser/endorser.go, simulateProposal.
 */
export async function simulateTransaction(proposal: CheckedProposal, peer: EndorsingPeer): Promise<Simulation> {
    if (isSystemChaincode(proposal.chaincodeName)) {
        const response = callSystemChaincode(proposal, peer);
        const interest = isSimulated(proposal) ? [] : undefined;
        return { response, results: nothing, event: undefined, chaincodeVersion: systemChaincodeVersion, interest };
    }
    const definition = peer.definitions.find(proposal.chaincodeName);
    const stream = peer.chaincodes.get(proposal.chaincodeName);
    if (proposal.channelId === '' || !definition || !stream) {
        const { chaincodeName: chaincode, channelId } = proposal;
        throw new EndorseError({ code: 'CHAINCODE_NOT_DEFINED', chaincode, channelId });
    }
    refuseInit(proposal);
    const snapshot = peer.ledger.openSnapshot();
    try {
        const simulator = new TransactionSimulator(proposal.txId, snapshot, peer.collections);
        // Read by every endorsement, so that a new definition invalidates what was endorsed under the old one.
        simulator.get(lifecycleNamespace, sequenceKey(definition.name));
        const { response, event } = await stream.execute({
            context: newContext(proposal, peer, { simulator, snapshot }),
            input: proposal.input.bytes,
            signedProposal: proposal.bytes,
        });
        handOnPrivateWrites(proposal, simulator, peer);
        const interest = simulator.interest().filter(({ name }) => !isSystemChaincode(name));
        return { response, results: simulator.results(), event, chaincodeVersion: definition.version, interest };
    } catch (cause) {
        throw asEndorseError(cause, proposal.txId);
    } finally {
        snapshot.release();
    }
}

/** Gives the members of collections what was written there, before anybody has the endorsement. */
function handOnPrivateWrites(
    { txId, channelId }: CheckedProposal,
    simulator: TransactionSimulator,
    { ledger, privateData }: EndorsingPeer,
): void {
    const writes = simulator.privateWrites();
    if (writes.length > 0) privateData.distribute(writes, { txId, channelId, height: ledger.height });
}

/** Fabric v2.5.16: core/endorser/endorser.go, acquireTxSimulator. */
function isSimulated({ channelId, chaincodeName }: CheckedProposal): boolean {
    return channelId !== '' && chaincodeName !== 'qscc' && chaincodeName !== 'cscc';
}

function newContext(
    proposal: CheckedProposal,
    peer: EndorsingPeer,
    { simulator, snapshot }: { readonly simulator: TransactionSimulator; readonly snapshot: StateSnapshot },
): TransactionContext {
    const { txId, channelId, chaincodeName: namespace } = proposal;
    return {
        txId,
        channelId,
        namespace,
        simulator,
        access: new CollectionAccess(peer.collections, { channelId, namespace, creator: claimOf(proposal) }),
        historyOf: (inNamespace, key) => peer.ledger.historyOf(inNamespace, key, snapshot.height),
        iterators: new OpenIterators(),
    };
}

/** The built-in definition does not ask for initialisation. Fabric: core/chaincode/chaincode_support.go. */
function refuseInit(proposal: CheckedProposal): void {
    if (proposal.input.isInit) {
        const reason = `chaincode '${proposal.chaincodeName}' does not require initialization but called as init`;
        const cause = `failed to execute transaction ${proposal.txId}: invalid invocation: ${reason}`;
        throw new EndorseError({ code: 'SIMULATION_FAILED', cause });
    }
}

function asEndorseError(cause: unknown, txId: string): unknown {
    if (!(cause instanceof ChaincodeError)) {
        return cause;
    }
    const text = cause.fault.code === 'CHAINCODE_FAILED' ? '' : `failed to execute transaction ${txId}: `;
    return new EndorseError({ code: 'SIMULATION_FAILED', cause: `${text}${cause.message}` }, { cause });
}
