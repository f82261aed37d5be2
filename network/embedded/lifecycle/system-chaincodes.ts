import type { ChaincodeResponse } from '../../wire/transaction';
import type { CheckedProposal } from '../endorse/check-proposal';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import type { TransactionSimulator } from '../endorse/transaction-simulator';
import { callLifecycle } from './lifecycle-calls';
import { queryConfig } from './query-config';
import { queryLedger } from './query-ledger';
import { channelRefusal, fail, localRefusal, succeed } from './system-call';
import type { SystemCall } from './system-call';

/** The version that endorsements of system chaincodes carry. Fabric v2.5.16: core/scc/scc.go, SysCCVersion. */
export const systemChaincodeVersion = 'syscc';

const systemChaincodes: Readonly<Record<string, (call: SystemCall) => ChaincodeResponse>> = {
    qscc: queryLedger,
    cscc: queryConfig,
    lscc: callLegacyLifecycle,
    _lifecycle: callLifecycle,
};

export function isSystemChaincode(name: string): boolean {
    return Object.hasOwn(systemChaincodes, name);
}

/** Answers a call of a chaincode that Fabric has built in; refusals are answers of 404 or 500, never errors. */
export function callSystemChaincode(
    proposal: CheckedProposal,
    peer: EndorsingPeer,
    simulator: TransactionSimulator | undefined,
): ChaincodeResponse {
    const name = proposal.chaincodeName;
    const call = systemChaincodes[name];
    return (
        call?.({ name, args: proposal.input.args, proposal, peer, simulator }) ?? fail(`chaincode ${name} not found`)
    );
}

/** lscc: no chaincode was ever deployed the old way, so its lists are empty. Fabric: core/scc/lscc/lscc.go. */
function callLegacyLifecycle(call: SystemCall): ChaincodeResponse {
    if (call.args.length === 0) {
        return fail('invalid number of arguments to lscc: 0');
    }
    const name = call.args[0]?.toString() ?? '';
    switch (name.toLowerCase()) {
        case 'getchaincodes':
            return answerChaincodes(call, name);
        case 'getinstalledchaincodes':
            return answerList(`[${name}]`, localRefusal(call, 'Admins'));
        case 'deploy':
        case 'upgrade':
            return fail(
                `Channel '${call.peer.channelId}' has been migrated to the new lifecycle, LSCC is now read-only`,
            );
        default:
            return fail(`invalid function to lscc: ${name}`);
    }
}

/** It looks through a namespace in which nothing is, from the first key that the shim allows. */
function answerChaincodes(call: SystemCall, name: string): ChaincodeResponse {
    const refusal = channelRefusal(call, 'applicationReaders');
    if (refusal === undefined) call.simulator?.range('lscc', '\u0001', '').next();
    return answerList(`[${name}][${call.peer.channelId}]`, refusal);
}

function answerList(asked: string, refusal: string | undefined): ChaincodeResponse {
    return refusal === undefined ? succeed(Buffer.alloc(0)) : fail(`access denied for ${asked}: ${refusal}`);
}
