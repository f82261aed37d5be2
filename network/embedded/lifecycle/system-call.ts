import type { ChaincodeResponse } from '../../wire/transaction';
import type { CheckedProposal } from '../endorse/check-proposal';
import { claimOf } from '../endorse/check-proposal';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import type { TransactionSimulator } from '../endorse/transaction-simulator';
import { policyPaths } from '../msp/channel-policies';
import { MspError } from '../msp/msp-errors';

/** A call of a chaincode that Fabric has built in. */
export interface SystemCall {
    readonly name: string;
    readonly args: readonly Buffer[];
    readonly proposal: CheckedProposal;
    readonly peer: EndorsingPeer;
    /** What it reads and writes of the channel; undefined without a channel, and for what Fabric does not simulate. */
    readonly simulator: TransactionSimulator | undefined;
}

/** Fabric's shim.Success. */
export function succeed(payload: Buffer): ChaincodeResponse {
    return { status: 200, message: '', payload };
}

/** Fabric's shim.Error. */
export function fail(message: string, status = 500): ChaincodeResponse {
    return { status, message, payload: Buffer.alloc(0) };
}

/** System chaincodes answer nobody but who named them: a header that hides another chaincode's name is refused. */
export function refuseForeignCaller(
    call: SystemCall,
    name: 'QSCC' | 'CSCC',
    why: string,
): ChaincodeResponse | undefined {
    const { specChaincodeName = '' } = call.proposal;
    return specChaincodeName === call.name
        ? undefined
        : fail(
              `Rejecting invoke of ${name} from another chaincode${why}, original invocation for '${specChaincodeName}'`,
          );
}

/** Why the caller may not do this on the channel; undefined when it may. Fabric v2.5.16: core/policy/policy.go. */
export function channelRefusal(
    call: SystemCall,
    path: 'applicationReaders' | 'applicationWriters',
): string | undefined {
    const policy = policyPaths[path];
    const verdict = call.peer.policies.policy(policy).evaluate([claimOf(call.proposal)]);
    return verdict.satisfied
        ? undefined
        : 'Failed evaluating policy on signed data during check policy on channel ' +
              `[${call.peer.channelId}] with policy [${policy}]: [${verdict.reason}]`;
}

/** Why the caller is not one of the peer's own organisation; undefined when it is. */
export function localRefusal(call: SystemCall, policy: 'Members' | 'Admins'): string | undefined {
    const { peer, proposal } = call;
    const text = `during channelless check policy with policy [${policy}]`;
    const notSatisfied = `Failed verifying that proposal's creator satisfies local MSP principal ${text}`;
    try {
        const creator = peer.msps.identity(proposal.creator);
        if (creator.mspId !== peer.mspId) {
            const reason = `expected MSP ID ${peer.mspId}, received ${creator.mspId}`;
            return `Failed deserializing proposal creator ${text}: [${reason}]`;
        }
        return policy === 'Admins' && creator.role !== 'admin'
            ? `${notSatisfied}: [The identity is not an admin under this MSP [${peer.mspId}]: ` +
                  `The identity does not contain OU [ADMIN], MSP: [${peer.mspId}]]`
            : undefined;
    } catch (error) {
        if (error instanceof MspError) return `${notSatisfied}: [${error.fault.reason}]`;
        throw error;
    }
}
