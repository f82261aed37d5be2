import {
    newDefinitionListResult,
    newDefinitionResult,
    newReadinessResult,
    parseApprovalTerms,
    parseOnlyText,
} from '../../wire/lifecycle';
import type { DefinitionTerms } from '../../wire/lifecycle';
import type { TransactionSimulator } from '../endorse/transaction-simulator';
import {
    approvalName,
    holdsRecord,
    lifecycleNamespace,
    metadataKey,
    newDefinitionRecord,
    newParametersRecord,
    readDefinition,
    readSequence,
    writeRecord,
} from '../ledger/lifecycle-state';
import { requireValidDefinition, withDefaults } from './check-definition';
import { LifecycleError } from './lifecycle-errors';
import { organizationState, publicState } from './lifecycle-view';
import type { ChannelCall } from './lifecycle-view';

/** Which organisations have approved a definition that could be committed next. */
export function checkCommitReadiness(call: ChannelCall, argument: Buffer): Buffer {
    return newReadinessResult(readiness(call, parseApprovalTerms(argument)).approvals);
}

/** Writes the next definition, if the peer's own organisation has approved it. */
export function commitDefinition(call: ChannelCall, argument: Buffer): Buffer {
    const asked = parseApprovalTerms(argument);
    requireValidDefinition(asked, call);
    const { terms, approvals } = readiness(call, asked);
    writeRecord('namespaces', terms.name, newDefinitionRecord(terms), publicState(call.simulator));
    const { mspId } = call.peer;
    if (!approvals.get(mspId)) throw new LifecycleError({ code: 'DEFINITION_NOT_AGREED', mspId });
    return Buffer.alloc(0);
}

export function queryDefinition(call: ChannelCall, argument: Buffer): Buffer {
    const name = parseOnlyText('QueryChaincodeDefinitionArgs', argument);
    const definition = readDefinition(name, publicState(call.simulator));
    if (!definition) throw new LifecycleError({ code: 'NAMESPACE_NOT_DEFINED', name });
    return newDefinitionResult(definition, readApprovals(call, definition));
}

export function queryDefinitions({ simulator }: ChannelCall): Buffer {
    const names = definedNames(simulator);
    return newDefinitionListResult(names.flatMap((name) => readDefinition(name, publicState(simulator)) ?? []));
}

/** Fabric v2.5.16: lifecycle.go, CheckCommitReadiness. */
function readiness(
    call: ChannelCall,
    asked: DefinitionTerms,
): { readonly terms: DefinitionTerms; readonly approvals: ReadonlyMap<string, boolean> } {
    const next = readSequence(asked.name, publicState(call.simulator)) + 1;
    const requested = asked.sequence;
    if (requested !== next) throw new LifecycleError({ code: 'SEQUENCE_NOT_NEXT', requested, next });
    const terms = withDefaults(asked);
    return { terms, approvals: readApprovals(call, terms) };
}

/** By MSP id; each organisation's word is known by its hashes. */
function readApprovals({ simulator, peer }: ChannelCall, terms: DefinitionTerms): ReadonlyMap<string, boolean> {
    const record = newParametersRecord(terms);
    const name = approvalName(terms);
    return new Map(
        peer.msps.mspIds.map((mspId) => {
            return [mspId, holdsRecord('namespaces', name, record, organizationState(simulator, mspId))] as const;
        }),
    );
}

function definedNames(simulator: TransactionSimulator): readonly string[] {
    const prefix = metadataKey('namespaces', '');
    const cursor = simulator.range(lifecycleNamespace, prefix, `${prefix}\x7f`);
    const names: string[] = [];
    for (let found = cursor.next(); found; found = cursor.next()) names.push(found.key.slice(prefix.length));
    return names;
}
