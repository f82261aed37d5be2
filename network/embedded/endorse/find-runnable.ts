import type { ChaincodeStream } from '../chaincode/chaincode-stream';
import { lifecycleNamespace, sequenceKey } from '../ledger/lifecycle-state';
import type { ChaincodeDefinition } from '../lifecycle/chaincode-definitions';
import type { CheckedProposal } from './check-proposal';
import { EndorseError } from './endorse-errors';
import type { EndorsingPeer } from './endorsing-peer';
import type { TransactionSimulator } from './transaction-simulator';

/**
 * The definition and the stream that a proposal is run by: defined on the channel, approved by the peer's organisation,
 * installed on the peer. Throws EndorseError CHAINCODE_NOT_DEFINED, CHAINCODE_NOT_APPROVED, CHAINCODE_NOT_INSTALLED.
 * Fabric v2.5.16: core/chaincode/lifecycle/endorsement_info.go.
 */
export function findRunnable(
    { chaincodeName: chaincode, channelId }: Pick<CheckedProposal, 'chaincodeName' | 'channelId'>,
    { definitions, packages }: Pick<EndorsingPeer, 'definitions' | 'packages'>,
    simulator: Pick<TransactionSimulator, 'get'>,
): { readonly definition: ChaincodeDefinition; readonly stream: ChaincodeStream } {
    const definition = channelId === '' ? undefined : definitions.find(chaincode);
    if (!definition) throw new EndorseError({ code: 'CHAINCODE_NOT_DEFINED', chaincode, channelId });
    // Read by every endorsement, so that a new definition invalidates what was endorsed under the old one.
    simulator.get(lifecycleNamespace, sequenceKey(chaincode));
    if (!definition.isApproved) {
        const { sequence } = definition;
        throw new EndorseError({ code: 'CHAINCODE_NOT_APPROVED', chaincode, channelId, sequence });
    }
    const installed = packages.findByHash(definition.packageHash);
    if (!installed) throw new EndorseError({ code: 'CHAINCODE_NOT_INSTALLED', chaincode, channelId });
    return { definition, stream: installed.stream };
}

/** The chaincodes that a peer runs: what it tells the channel of itself. Fabric: core/chaincode/lifecycle/cache.go. */
export function listRunnable({
    definitions,
    packages,
}: Pick<EndorsingPeer, 'definitions' | 'packages'>): readonly ChaincodeDefinition[] {
    return definitions.all().filter(({ packageHash }) => packages.findByHash(packageHash) !== undefined);
}

/** Under which a chaincode that must be initialised keeps the version for which it was. */
const initializedKey = '\0\u{10ffff}initialized';

/**
 * Whether the chaincode is to be initialised by this call, which is then noted in its state. Throws EndorseError
 * SIMULATION_FAILED. Fabric v2.5.16: core/chaincode/chaincode_support.go, CheckInvocation.
 */
export function checkInit(
    { input, chaincodeName, txId }: Pick<CheckedProposal, 'input' | 'chaincodeName' | 'txId'>,
    { initRequired, version }: Pick<ChaincodeDefinition, 'initRequired' | 'version'>,
    simulator: Pick<TransactionSimulator, 'get' | 'put'>,
): boolean {
    const refuse = (reason: string): EndorseError => {
        const cause = `failed to execute transaction ${txId}: invalid invocation: chaincode '${chaincodeName}' ${reason}`;
        return new EndorseError({ code: 'SIMULATION_FAILED', cause });
    };
    const isOpen = initRequired && simulator.get(chaincodeName, initializedKey)?.toString() !== version;
    if (input.isInit && !initRequired) throw refuse('does not require initialization but called as init');
    if (input.isInit && !isOpen) throw refuse('is already initialized but called as init');
    if (!input.isInit && isOpen) throw refuse('has not been initialized for this version, must call as init first');
    if (input.isInit) simulator.put(chaincodeName, initializedKey, Buffer.from(version));
    return input.isInit;
}
