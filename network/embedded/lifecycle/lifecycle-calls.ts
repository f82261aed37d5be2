import type { ChaincodeResponse } from '../../wire/transaction';
import { WireError, goReason } from '../../wire/wire-errors';
import { ChaincodeError } from '../chaincode/chaincode-errors';
import { approveForMyOrg, queryApproved } from './approval-calls';
import { checkCommitReadiness, commitDefinition, queryDefinition, queryDefinitions } from './definition-calls';
import {
    getInstalledChaincodePackage,
    installChaincode,
    queryInstalledChaincode,
    queryInstalledChaincodes,
} from './installation-calls';
import { LifecycleError } from './lifecycle-errors';
import type { ChannelCall, LifecycleCall } from './lifecycle-view';
import { channelRefusal, fail, localRefusal, succeed } from './system-call';
import type { SystemCall } from './system-call';

/** Who may call a function: Writers of the channel, or Admins of the peer's own organisation; and what it does. */
type LifecycleFunction = { readonly callers: 'applicationWriters' | 'Admins' } & (
    | { readonly ofPeer: (call: LifecycleCall, argument: Buffer) => Buffer }
    | { readonly onChannel: (call: ChannelCall, argument: Buffer) => Buffer }
);

const functions: Readonly<Record<string, LifecycleFunction>> = {
    InstallChaincode: { callers: 'Admins', ofPeer: installChaincode },
    QueryInstalledChaincode: { callers: 'Admins', ofPeer: queryInstalledChaincode },
    GetInstalledChaincodePackage: { callers: 'Admins', ofPeer: getInstalledChaincodePackage },
    QueryInstalledChaincodes: { callers: 'Admins', ofPeer: queryInstalledChaincodes },
    ApproveChaincodeDefinitionForMyOrg: { callers: 'Admins', onChannel: approveForMyOrg },
    QueryApprovedChaincodeDefinition: { callers: 'Admins', onChannel: queryApproved },
    CheckCommitReadiness: { callers: 'applicationWriters', onChannel: checkCommitReadiness },
    CommitChaincodeDefinition: { callers: 'applicationWriters', onChannel: commitDefinition },
    QueryChaincodeDefinition: { callers: 'applicationWriters', onChannel: queryDefinition },
    QueryChaincodeDefinitions: { callers: 'applicationWriters', onChannel: queryDefinitions },
};

/** _lifecycle. Fabric v2.5.16: core/chaincode/lifecycle/scc.go. */
export function callLifecycle(call: SystemCall): ChaincodeResponse {
    const [nameArgument, argument] = call.args;
    if (!nameArgument) {
        return fail('lifecycle scc must be invoked with arguments');
    }
    if (!argument || call.args.length !== 2) {
        return fail(`lifecycle scc operations require exactly two arguments but received ${call.args.length}`);
    }
    const name = nameArgument.toString();
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
    const refusal = called ? refusalOf(called, call) : `Unmapped policy for _lifecycle/${name}`;
    if (!called || refusal !== undefined) {
        return fail(`Failed to authorize invocation due to failed ACL check: ${refusal ?? ''}`);
    }
    try {
        return succeed(run(called, call, argument));
    } catch (error) {
        return refuse(name, error);
    }
}

function refusalOf({ callers }: LifecycleFunction, call: SystemCall): string | undefined {
    return callers === 'Admins' ? localRefusal(call, callers) : channelRefusal(call, callers);
}

function run(called: LifecycleFunction, call: SystemCall, argument: Buffer): Buffer {
    if ('ofPeer' in called) return called.ofPeer(call, argument);
    const { peer, simulator } = call;
    if (!simulator) throw new LifecycleError({ code: 'CHANNEL_NOT_NAMED' });
    return called.onChannel({ peer, simulator }, argument);
}

function refuse(name: string, error: unknown): ChaincodeResponse {
    const prefix = `failed to invoke backing implementation of '${name}': `;
    if (error instanceof WireError) {
        return fail(`${prefix}could not decode input arg for *lifecycle.Invocation.${name}: ${goReason}`);
    }
    // What the state itself refuses, such as private data that this peer lacks.
    if (error instanceof ChaincodeError) return fail(prefix + error.message);
    if (!(error instanceof LifecycleError)) throw error;
    return error.fault.code === 'NAMESPACE_NOT_DEFINED' ? fail(error.message, 404) : fail(prefix + error.message);
}
