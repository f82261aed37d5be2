import { lifecycle, protos } from 'fabric-protos/bundle';
import type { ChaincodeDefinition, Organization } from '../topology/network-model';
import { describeCollections, encodeCollectionConfigs, newCollectionConfig } from '../wire/collection-config';
import { FieldWriter } from '../wire/field-writer';
import { encodeSignaturePolicy } from '../wire/policies';
import { parsePolicyLanguage } from '../wire/policy-language';
import { fieldBytes } from '../wire/protobuf-bytes';
import type { AdminSession, OwnedPeer } from './admin-session';
import { AdminError } from './admin-errors';
import { askPeer, refused, tryAskPeer } from './ask-peer';
import type { SystemCall } from './ask-peer';
import type { ChaincodePackage } from '../wire/chaincode-package';
import { submitTransaction } from './submit-transaction';

/** By MSP id: each organisation's own package, since each runs a service of its own. */
export type PackagesByOrganization = Readonly<Record<string, ChaincodePackage>>;

/** What Fabric says of what is there. Fabric v2.5.16: core/chaincode/lifecycle/lifecycle.go. */
const alreadyInstalled = 'chaincode already successfully installed';
const notDefined = /namespace .* is not defined/;

/**
 * Brings a definition of a chaincode onto the channel: installs each organisation's package on its endorsers, has every
 * organisation approve, and commits. What is done already is left alone, so a second run, or one after a failure half-way,
 * does what is missing; the next sequence is an upgrade. Gives false when the definition had been committed before.
 * Throws AdminError.
 */
export async function deployChaincode(
    session: AdminSession,
    definition: ChaincodeDefinition,
    packages: PackagesByOrganization,
): Promise<boolean> {
    const { organizations } = session.network;
    const isCommitted = await findCommitted(session, definition);
    await Promise.all(
        session.endorsers.map((peer) => installChaincode(session, peer, packages[peer.organization.mspId])),
    );
    await Promise.all(
        organizations.map((organization) => approve(session, organization, definition, packages[organization.mspId])),
    );
    if (isCommitted) return false;
    await Promise.all(session.endorsers.map((peer) => waitUntilReady(session, peer, definition)));
    await commit(session, definition);
    return true;
}

/**
 * Gives a peer its organisation's package; one that has it keeps it. A peer of an organisation that runs no service of the
 * chaincode gets none: it only commits. Throws AdminError PROPOSAL_REFUSED.
 */
export async function installChaincode(
    session: AdminSession,
    peer: OwnedPeer,
    wanted: ChaincodePackage | undefined,
): Promise<void> {
    if (wanted === undefined) return;
    const message = lifecycle.InstallChaincodeArgs.encode({ chaincode_install_package: wanted.bytes }).finish();
    const call = lifecycleCall('InstallChaincode', message, '');
    const { response } = await tryAskPeer(session, peer, call);
    if (response.status !== 200 && !response.message.includes(alreadyInstalled)) throw refused(peer, call, response);
}

/** A definition as the channel has it. */
export interface CommittedDefinition {
    readonly version: string;
    readonly sequence: number;
    /** protos.ApplicationPolicy */
    readonly policy: Buffer;
    /** protos.CollectionConfigPackage; empty without collections. */
    readonly collections: Buffer;
}

/** The chaincode's newest definition, by the word of the first endorser; undefined while there is none. Throws AdminError. */
export async function readCommittedDefinition(
    session: AdminSession,
    name: string,
): Promise<CommittedDefinition | undefined> {
    const [peer] = session.endorsers;
    if (!peer) return undefined;
    const message = lifecycle.QueryChaincodeDefinitionArgs.encode({ name }).finish();
    const call = lifecycleCall('QueryChaincodeDefinition', message, session.network.channel.name);
    const { response } = await tryAskPeer(session, peer, call);
    if (notDefined.test(response.message)) return undefined;
    if (response.status !== 200) throw refused(peer, call, response);
    const found = lifecycle.QueryChaincodeDefinitionResult.decode(response.payload);
    return {
        version: found.version,
        sequence: Number(found.sequence),
        policy: Buffer.from(found.validation_parameter),
        // QueryChaincodeDefinitionResult.collections, in the bytes that were committed.
        collections: fieldBytes(response.payload, 6) ?? Buffer.alloc(0),
    };
}

/** The network's own definition, or the one that an upgrade has put in its place since. Throws AdminError. */
export async function readDefinitionInForce(session: AdminSession): Promise<ChaincodeDefinition> {
    const { chaincode } = session.network;
    const committed = await readCommittedDefinition(session, chaincode.name);
    if (committed === undefined || committed.sequence <= chaincode.sequence) return chaincode;
    const collections = describeCollections(committed.collections) ?? chaincode.collections;
    return { ...chaincode, version: committed.version, sequence: committed.sequence, collections };
}

/** Whether the channel has a definition with this version and these collections. */
export function isCommittedAs(
    committed: CommittedDefinition,
    definition: Pick<ChaincodeDefinition, 'version' | 'collections'>,
): boolean {
    return committed.version === definition.version && encodeCollections(definition).equals(committed.collections);
}

/** Whether exactly this definition is on the channel; throws CHAINCODE_DEFINITION_CONFLICT for one that bars it. */
async function findCommitted(session: AdminSession, definition: ChaincodeDefinition): Promise<boolean> {
    const { name, sequence } = definition;
    const committed = await readCommittedDefinition(session, name);
    if (sequence === (committed?.sequence ?? 0) + 1) return false;
    if (committed === undefined) throw newConflict(definition, { version: '', sequence: 0 });
    const isSame = isCommittedAs(committed, definition) && newPolicy(definition).equals(committed.policy);
    if (sequence !== committed.sequence || !isSame) throw newConflict(definition, committed);
    return true;
}

function newConflict(
    { name, version, sequence }: ChaincodeDefinition,
    committed: { readonly version: string; readonly sequence: number },
): AdminError {
    const wanted = { version, sequence };
    return new AdminError({ code: 'CHAINCODE_DEFINITION_CONFLICT', chaincode: name, wanted, committed });
}

/** One organisation's yes, on its own peers alone, through its own orderer. */
async function approve(
    session: AdminSession,
    organization: Organization,
    definition: ChaincodeDefinition,
    wanted: ChaincodePackage | undefined,
): Promise<void> {
    const source = wanted ? { local_package: { package_id: wanted.id } } : { unavailable: {} };
    const own = session.peers.filter((peer) => peer.organization.mspId === organization.mspId);
    const first = own.find(({ peer }) => peer.role === 'endorser');
    if (!first || (await hasApproved(session, first, definition, source))) return;
    const message = lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.encode({ ...terms(definition), source }).finish();
    const call = lifecycleCall('ApproveChaincodeDefinitionForMyOrg', message, session.network.channel.name);
    await submitTransaction(session, call, { by: organization, endorsers: [first], seenBy: own });
}

/**
 * Whether the organisation has approved exactly this. To approve a committed definition once more writes nothing, and a
 * transaction that writes nothing is judged by the policy of all organisations, which one's endorsement does not satisfy.
 */
async function hasApproved(
    session: AdminSession,
    peer: OwnedPeer,
    definition: ChaincodeDefinition,
    source: lifecycle.IChaincodeSource,
): Promise<boolean> {
    const { name, version, sequence } = definition;
    // lifecycle.proto, QueryApprovedChaincodeDefinitionArgs and …Result, which fabric-protos 2.2 does not know.
    const message = new FieldWriter().string(1, name).uint(2, sequence).finish();
    const call = lifecycleCall('QueryApprovedChaincodeDefinition', message, session.network.channel.name);
    const { response } = await tryAskPeer(session, peer, call);
    if (response.status !== 200) return false;
    const field = (number: number): Buffer => fieldBytes(response.payload, number) ?? Buffer.alloc(0);
    return (
        field(2).toString() === version &&
        field(5).equals(newPolicy(definition)) &&
        field(6).equals(encodeCollections(definition)) &&
        field(8).equals(lifecycle.ChaincodeSource.encode(source).finish())
    );
}

/** A peer agrees to a definition only once it has seen the approvals of a majority. */
async function waitUntilReady(session: AdminSession, peer: OwnedPeer, definition: ChaincodeDefinition): Promise<void> {
    const message = lifecycle.CheckCommitReadinessArgs.encode(terms(definition)).finish();
    const call = lifecycleCall('CheckCommitReadiness', message, session.network.channel.name);
    await session.wait(`${peer.peer.name} to see that all organisations approved ${definition.name}`, async () => {
        const answer = lifecycle.CheckCommitReadinessResult.decode(await askPeer(session, peer, call));
        return session.network.organizations.every(({ mspId }) => answer.approvals[mspId]);
    });
}

/** Endorsed by one peer of every organisation, all of which have approved; committed when every peer has it. */
async function commit(session: AdminSession, definition: ChaincodeDefinition): Promise<void> {
    const [by] = session.network.organizations;
    if (!by) return;
    const message = lifecycle.CommitChaincodeDefinitionArgs.encode(terms(definition)).finish();
    const call = lifecycleCall('CommitChaincodeDefinition', message, session.network.channel.name);
    const endorsers = session.network.organizations.flatMap(({ mspId }) =>
        session.endorsers.filter(({ organization }) => organization.mspId === mspId).slice(0, 1),
    );
    await submitTransaction(session, call, { by, endorsers, seenBy: session.peers });
}

/** What all organisations must agree on, to the byte. */
function terms(definition: ChaincodeDefinition): lifecycle.ICommitChaincodeDefinitionArgs {
    const { name, version, sequence } = definition;
    const collections = encodeCollections(definition);
    return {
        name,
        version,
        sequence,
        validation_parameter: newPolicy(definition),
        ...(collections.length > 0 && { collections: protos.CollectionConfigPackage.decode(collections) }),
    };
}

/** protos.CollectionConfigPackage; empty without collections. */
function encodeCollections({ collections }: Pick<ChaincodeDefinition, 'collections'>): Buffer {
    return encodeCollectionConfigs(collections.map(newCollectionConfig));
}

/** protos.ApplicationPolicy with a signature policy. */
function newPolicy({ endorsementPolicy }: ChaincodeDefinition): Buffer {
    return new FieldWriter().message(1, encodeSignaturePolicy(parsePolicyLanguage(endorsementPolicy))).finish();
}

function lifecycleCall(name: string, message: Uint8Array, channelId: string): SystemCall {
    return { chaincode: '_lifecycle', function: name, args: [message], channelId };
}
