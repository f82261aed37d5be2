import { newApprovedResult, parseApprovalTerms, parseApprovedQuery } from '../../wire/lifecycle';
import type { ApprovalTerms, DefinitionTerms } from '../../wire/lifecycle';
import {
    approvalName,
    metadataKey,
    newPackageRecord,
    newParametersRecord,
    readApproval,
    readDefinition,
    readPackageId,
    readSequence,
    writeRecord,
} from '../ledger/lifecycle-state';
import type { ReadableState } from '../ledger/lifecycle-state';
import { requireValidDefinition, withDefaults } from './check-definition';
import { LifecycleError } from './lifecycle-errors';
import { organizationState, publicState } from './lifecycle-view';
import type { ChannelCall } from './lifecycle-view';

/** Keeps what the peer's organisation agrees to. Fabric v2.5.16: lifecycle.go, ApproveChaincodeDefinitionForOrg. */
export function approveForMyOrg(call: ChannelCall, argument: Buffer): Buffer {
    const asked = parseApprovalTerms(argument);
    requireValidDefinition(asked, call);
    const definitions = publicState(call.simulator);
    const own = organizationState(call.simulator, call.peer.mspId);
    const { name, sequence: requested } = asked;
    const current = readSequence(name, definitions);
    requireApprovable(requested, current);
    const terms = withDefaults(asked);
    if (requested === current) requireSame(terms, readDefinition(name, definitions));
    else requireNew(terms, own);
    writeRecord('namespaces', approvalName(terms), newParametersRecord(terms), own);
    writeRecord('chaincode-sources', approvalName(terms), newPackageRecord(terms.packageId), own);
    return Buffer.alloc(0);
}

/** What the peer's organisation approved; sequence 0 asks for the next sequence or, without it, the committed one. */
export function queryApproved({ simulator, peer }: ChannelCall, argument: Buffer): Buffer {
    const { name, sequence: asked } = parseApprovedQuery(argument);
    const own = organizationState(simulator, peer.mspId);
    const sequence = asked === 0 ? latestApproved(name, publicState(simulator), own) : asked;
    const terms = readApproval({ name, sequence }, own);
    const packageId = terms && readPackageId(approvalName({ name, sequence }), own);
    if (!terms || packageId === undefined) {
        const { channelId } = peer;
        throw new LifecycleError({ code: 'APPROVAL_NOT_FOUND', name, sequence: asked, channelId });
    }
    return newApprovedResult({ ...terms, packageId });
}

function latestApproved(name: string, definitions: ReadableState, own: ReadableState): number {
    const current = readSequence(name, definitions);
    const next = approvalName({ name, sequence: current + 1 });
    return own.get(metadataKey('namespaces', next)) === undefined ? current : current + 1;
}

function requireApprovable(requested: number, current: number): void {
    if (requested === 0 && current === 0) throw new LifecycleError({ code: 'SEQUENCE_ZERO' });
    if (requested < current) throw new LifecycleError({ code: 'SEQUENCE_PAST', requested, current });
    const next = current + 1;
    if (requested > next) throw new LifecycleError({ code: 'SEQUENCE_AHEAD', requested, next });
}

/** What is committed may be approved late, but not otherwise. */
function requireSame(terms: DefinitionTerms, committed: DefinitionTerms | undefined): void {
    const difference = committed && differenceBetween(committed, terms);
    if (difference === undefined) return;
    const { name, sequence } = terms;
    throw new LifecycleError({ code: 'DEFINITION_DIFFERS', name, sequence, difference });
}

/** An approval that would write nothing is refused: nobody could endorse it. */
function requireNew(terms: ApprovalTerms, own: ReadableState): void {
    const before = readApproval(terms, own);
    if (!before || differenceBetween(before, terms) !== undefined) return;
    if (readPackageId(approvalName(terms), own) !== terms.packageId) return;
    const { name, sequence } = terms;
    throw new LifecycleError({ code: 'APPROVAL_UNCHANGED', name, sequence });
}

/** Fabric v2.5.16: lifecycle.go, ChaincodeParameters.Equal. */
function differenceBetween(expected: DefinitionTerms, passed: DefinitionTerms): string | undefined {
    const differs = (what: string, one: string, other: string): string | undefined =>
        one === other ? undefined : `expected ${what} '${one}' does not match passed ${what} '${other}'`;
    const hex = ({ validationParameter }: DefinitionTerms): string => validationParameter.toString('hex');
    return (
        differs('Version', expected.version, passed.version) ??
        differs('EndorsementPlugin', expected.endorsementPlugin, passed.endorsementPlugin) ??
        differs('InitRequired', String(expected.initRequired), String(passed.initRequired)) ??
        differs('ValidationPlugin', expected.validationPlugin, passed.validationPlugin) ??
        differs('ValidationParameter', hex(expected), hex(passed)) ??
        (expected.collections.equals(passed.collections) ? undefined : 'Collections do not match')
    );
}
