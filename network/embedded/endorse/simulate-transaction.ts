import type { EmittedEvent } from '../../wire/chaincode-message';
import type { ChaincodeCall } from '../../wire/discovery';
import type { ChaincodeResponse } from '../../wire/transaction';
import type { TransactionContext } from '../chaincode/answer-chaincode';
import { ChaincodeError } from '../chaincode/chaincode-errors';
import { OpenIterators } from '../chaincode/open-iterators';
import type { StateSnapshot } from '../ledger/state-store';
import { callSystemChaincode, isSystemChaincode, systemChaincodeVersion } from '../lifecycle/system-chaincodes';
import { CollectionAccess } from '../private-data/collection-access';
import { claimOf } from './check-proposal';
import type { CheckedProposal } from './check-proposal';
import { EndorseError } from './endorse-errors';
import type { EndorsingPeer } from './endorsing-peer';
import { checkInit, findRunnable } from './find-runnable';
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
 * Runs the chaincode over a snapshot of this peer's state. Throws EndorseError when it may not run here or gave no answer
 * of its own; an answer of 400 and more is an answer. Fabric v2.5.16: core/endorser/endorser.go, simulateProposal.
 */
export async function simulateTransaction(proposal: CheckedProposal, peer: EndorsingPeer): Promise<Simulation> {
    const isSystem = isSystemChaincode(proposal.chaincodeName);
    if (isSystem && !isSimulated(proposal)) {
        const response = callSystemChaincode(proposal, peer, undefined);
        return { ...ofSystem, response, results: nothing, interest: undefined };
    }
    const snapshot = peer.ledger.openSnapshot();
    try {
        const simulator = new TransactionSimulator(proposal.txId, snapshot, peer.collections);
        const outcome = isSystem
            ? { ...ofSystem, response: callSystemChaincode(proposal, peer, simulator) }
            : await runChaincode(proposal, peer, { simulator, snapshot });
        handOnPrivateWrites(proposal, simulator, peer);
        const interest = simulator.interest().filter(({ name }) => !isSystemChaincode(name));
        return { ...outcome, results: simulator.results(), interest };
    } catch (cause) {
        throw asEndorseError(cause, proposal.txId);
    } finally {
        snapshot.release();
    }
}

const ofSystem = { event: undefined, chaincodeVersion: systemChaincodeVersion } as const;

interface Simulating {
    readonly simulator: TransactionSimulator;
    readonly snapshot: StateSnapshot;
}

async function runChaincode(
    proposal: CheckedProposal,
    peer: EndorsingPeer,
    simulating: Simulating,
): Promise<Pick<Simulation, 'response' | 'event' | 'chaincodeVersion'>> {
    const { definition, stream } = findRunnable(proposal, peer, simulating.simulator);
    const { response, event } = await stream.execute({
        context: newContext(proposal, peer, simulating),
        input: proposal.input.bytes,
        isInit: checkInit(proposal, definition, simulating.simulator),
        signedProposal: proposal.bytes,
    });
    return { response, event, chaincodeVersion: definition.version };
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
    { simulator, snapshot }: Simulating,
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

function asEndorseError(cause: unknown, txId: string): unknown {
    if (!(cause instanceof ChaincodeError)) {
        return cause;
    }
    const text = cause.fault.code === 'CHAINCODE_FAILED' ? '' : `failed to execute transaction ${txId}: `;
    return new EndorseError({ code: 'SIMULATION_FAILED', cause: `${text}${cause.message}` }, { cause });
}
