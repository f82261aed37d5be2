import { findIdentity } from '../identities/find-identity';
import { identityNames } from '../identities/identity';
import type { Organization } from '../topology/network-model';
import { encodeApplicationPolicy, encodeCollectionConfigs, newCollectionConfig } from '../wire/collection-config';
import { encodeApprovalTerms } from '../wire/lifecycle';
import type { ApprovalTerms } from '../wire/lifecycle';
import { parsePolicyLanguage } from '../wire/policy-language';
import { newProposal, newSignedProposal } from '../wire/proposal';
import { parseProposalResponse } from '../wire/proposal-response';
import { newTransactionEnvelope } from '../wire/transaction';
import { packageOf } from './chaincode-services';
import { EmbeddedError } from './embedded-errors';
import type { EmbeddedOptions } from './embedded-options';
import type { EmbeddedPeer } from './embedded-peer';
import { lifecycleNamespace } from './ledger/lifecycle-state';
import { newSigner } from './msp/signer';
import type { VerifiedSignatures } from './msp/verified-signatures';
import type { Sequencer } from './order/sequencer';
import { processProposal } from './services/endorser-service';
import { orderStatus } from './order/admit-envelope';
import { validationCodes, validationName } from './validate/validation-code';

/** The started network that a definition is brought onto. */
export interface DefiningNetwork {
    readonly options: EmbeddedOptions;
    readonly peers: readonly EmbeddedPeer[];
    readonly sequencer: Sequencer;
    readonly verified: VerifiedSignatures;
}

/**
 * Brings the topology's chaincode onto the channel as any administrators would: its package on every endorser, an approval
 * of each organisation, and the commit, all of it in the ledger. Throws EmbeddedError DEFINITION_NOT_COMMITTED.
 */
export async function defineChaincode(network: DefiningNetwork): Promise<void> {
    // An organisation whose peers only commit runs no chaincode, and has nothing to approve.
    const endorsing = network.options.network.organizations.flatMap((organization) => {
        const [endorser] = endorsersOf(organization, network);
        return endorser ? [{ organization, endorser }] : [];
    });
    const [first] = endorsing;
    if (!first) return;
    await Promise.all(
        endorsing.map(({ organization, endorser }) => {
            const terms = newTerms(network.options.network, organization);
            const call = ['ApproveChaincodeDefinitionForMyOrg', terms] as const;
            return submit(network, organization, { call, endorsers: [endorser] });
        }),
    );
    const terms = { ...newTerms(network.options.network, first.organization), packageId: undefined };
    const endorsers = endorsing.map(({ endorser }) => endorser);
    await submit(network, first.organization, { call: ['CommitChaincodeDefinition', terms], endorsers });
}

/** Gives each endorser its organisation's package. */
export function installPackages({ options, peers }: Pick<DefiningNetwork, 'options' | 'peers'>): void {
    for (const organization of options.network.organizations) {
        const { bytes } = packageOf(options.network, organization);
        for (const { endorsing } of endorsersOf(organization, { peers })) endorsing.packages.install(bytes);
    }
}

function endorsersOf({ mspId }: Organization, { peers }: Pick<DefiningNetwork, 'peers'>): readonly EmbeddedPeer[] {
    return peers.filter(({ endorsing, node }) => endorsing.mspId === mspId && node.role === 'endorser');
}

function newTerms(network: EmbeddedOptions['network'], organization: Organization): ApprovalTerms {
    const { name, version, sequence, endorsementPolicy, collections } = network.chaincode;
    const policy = parsePolicyLanguage(endorsementPolicy);
    return {
        name,
        version,
        sequence,
        initRequired: false,
        endorsementPlugin: '',
        validationPlugin: '',
        validationParameter: encodeApplicationPolicy({ kind: 'signature', policy }),
        collections: encodeCollectionConfigs(collections.map(newCollectionConfig)),
        packageId: packageOf(network, organization).id,
    };
}

interface Submission {
    readonly call: readonly [name: string, terms: Parameters<typeof encodeApprovalTerms>[0]];
    readonly endorsers: readonly EmbeddedPeer[];
}

/** Endorses, orders and waits until every peer has committed it. */
async function submit(network: DefiningNetwork, by: Organization, { call, endorsers }: Submission): Promise<void> {
    const { options, peers, sequencer, verified } = network;
    const [name, terms] = call;
    const signer = newSigner(findIdentity(options.identities, identityNames.admin(by.id)), verified);
    const proposal = newProposal({
        channelId: options.network.channel.name,
        chaincodeName: lifecycleNamespace,
        args: [name, encodeApprovalTerms(terms)],
        creator: signer.identity,
        nonce: options.newNonce(),
        timestampMs: options.clock.nowMs(),
    });
    const signed = newSignedProposal(proposal.proposalBytes, signer.sign(proposal.proposalBytes));
    const answers = await Promise.all(endorsers.map(async (peer) => endorse(signed, peer, name)));
    const envelope = newTransactionEnvelope(
        {
            ...proposal,
            proposalResponsePayloadBytes: answers[0]?.payload ?? Buffer.alloc(0),
            endorsements: answers.map(({ endorsement }) => endorsement),
        },
        (bytes) => signer.sign(bytes),
    );
    const { status, info } = sequencer.submit(envelope);
    if (status !== orderStatus.success) throw notCommitted(name, info);
    await Promise.all(peers.map((peer) => whenValid(peer, proposal.txId, name)));
}

async function endorse(
    signed: Buffer,
    { endorsing }: EmbeddedPeer,
    name: string,
): Promise<Required<Pick<ReturnType<typeof parseProposalResponse>, 'payload' | 'endorsement'>>> {
    const { response, payload, endorsement } = parseProposalResponse(await processProposal(signed, endorsing));
    if (!payload || !endorsement) throw notCommitted(name, response.message);
    return { payload, endorsement };
}

async function whenValid({ endorsing: { ledger } }: EmbeddedPeer, txId: string, name: string): Promise<void> {
    const code = await new Promise<number>((resolve) => {
        const leave = ledger.onBlock(() => {
            const found = ledger.transaction(txId);
            if (!found) return;
            leave();
            resolve(found.code);
        });
    });
    if (code !== validationCodes.VALID) throw notCommitted(name, validationName(code));
}

function notCommitted(what: string, reason: string): EmbeddedError {
    return new EmbeddedError({ code: 'DEFINITION_NOT_COMMITTED', what, reason });
}
