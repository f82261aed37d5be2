import { beforeAll, describe, expect, it } from '@jest/globals';
import { ChannelPolicies, policyPaths } from '../../../../../network/embedded/msp/channel-policies';
import { implicitMetaThreshold } from '../../../../../network/embedded/msp/implicit-meta-policy';
import { MspRegistry } from '../../../../../network/embedded/msp/msp-registry';
import type { PolicyVerdict, SignedData } from '../../../../../network/embedded/msp/policy';
import { newSigner } from '../../../../../network/embedded/msp/signer';
import { VerifiedSignatures } from '../../../../../network/embedded/msp/verified-signatures';
import { newGenesisBlock } from '../../../../../network/generate/genesis-block';
import type { Identity, NetworkIdentities } from '../../../../../network/identities/identity';
import { issueIdentities } from '../../../../../network/identities/issue-identities';
import { parseConfigBlock, type ParsedChannelConfig } from '../../../../../network/wire/channel-config';
import { aNetwork } from '../../../../support/a-network';

const now = new Date('2026-05-01T12:00:00Z');
const message = Buffer.from('a proposal');
let identities: NetworkIdentities;
let config: ParsedChannelConfig;
let verified: VerifiedSignatures;
let policies: ChannelPolicies;

beforeAll(async () => {
    identities = await issueIdentities(aNetwork(), { now });
    config = parseConfigBlock(newGenesisBlock(aNetwork(), identities, { now, nonce: Buffer.alloc(24, 1) }));
    verified = new VerifiedSignatures();
    policies = ChannelPolicies.fromChannelConfig(config, MspRegistry.fromChannelConfig(config, verified));
});

/** `dispatch.peer`, `primary.orderer`, `primary.admin`, `switching.reader`, … */
function identityOf(name: string): Identity {
    const [organization = '', who = ''] = name.split('.');
    const mspId = `${organization.charAt(0).toUpperCase()}${organization.slice(1)}MSP`;
    const own = identities.organizations[mspId];
    const found = who === 'orderer' ? own?.orderer : (own?.peers[`peer0.${organization}.feeder.example`] ?? undefined);
    const identity = who === 'peer' || who === 'orderer' ? found : own?.clients[`${organization}-${who}`];
    if (!identity) throw new RangeError(name);
    return identity;
}

function signedBy(...names: readonly string[]): SignedData[] {
    return names.map((name) => {
        const signer = newSigner(identityOf(name));
        return { identity: signer.identity, message, signature: signer.sign(message) };
    });
}

function judge(path: string, ...names: readonly string[]): PolicyVerdict {
    return policies.policy(path).evaluate(signedBy(...names));
}

const refusal = (satisfied: number, required: number, name: string): PolicyVerdict => ({
    satisfied: false,
    reason: `implicit policy evaluation failed - ${satisfied} sub-policies were satisfied, but this policy requires ${required} of the '${name}' sub-policies to be satisfied`,
});
const accepted: PolicyVerdict = { satisfied: true };

describe('the policies of a new channel', () => {
    it.each([
        [policyPaths.applicationWriters, 'primary.reader', true],
        [policyPaths.applicationWriters, 'dispatch.admin', true],
        [policyPaths.applicationWriters, 'dispatch.peer', false],
        [policyPaths.applicationWriters, 'dispatch.orderer', false],
        [policyPaths.applicationReaders, 'switching.reader', true],
        [policyPaths.applicationReaders, 'switching.peer', true],
        [policyPaths.applicationReaders, 'switching.orderer', false],
        [policyPaths.channelWriters, 'switching.orderer', true],
        [policyPaths.channelReaders, 'switching.peer', true],
        [policyPaths.blockValidation, 'primary.orderer', true],
        [policyPaths.applicationAdmins, 'primary.admin', false],
    ])('%s for %s: %s', (path, name, expected) => {
        expect(judge(path, name).satisfied).toBe(expected);
    });

    it("says with Fabric's words why a writer is refused", () => {
        expect(judge(policyPaths.applicationWriters, 'dispatch.orderer')).toEqual(refusal(0, 1, 'Writers'));
        expect(judge(policyPaths.channelWriters)).toEqual(refusal(0, 1, 'Writers'));
    });

    it('wants the admins of two of three organisations', () => {
        expect(judge(policyPaths.applicationAdmins, 'dispatch.admin', 'primary.admin')).toEqual(accepted);
        expect(judge(policyPaths.applicationAdmins, 'dispatch.admin')).toEqual(refusal(1, 2, 'Admins'));
        expect(judge(policyPaths.applicationAdmins, 'dispatch.admin', 'dispatch.admin')).toEqual(
            refusal(1, 2, 'Admins'),
        );
    });

    it('takes the endorsement policy from the topology: peers of two organisations', () => {
        const path = policyPaths.applicationEndorsement;
        expect(judge(path, 'dispatch.peer', 'switching.peer')).toEqual(accepted);
        const reason = 'signature set did not satisfy policy';
        expect(judge(path, 'dispatch.peer')).toEqual({ satisfied: false, reason });
        expect(judge(path, 'dispatch.peer', 'dispatch.peer')).toEqual({ satisfied: false, reason });
        expect(judge(path, 'dispatch.peer', 'primary.admin')).toEqual({ satisfied: false, reason });
        expect(judge(policyPaths.lifecycleEndorsement, 'dispatch.peer')).toEqual(refusal(1, 2, 'Endorsement'));
    });

    it('passes over forged signatures and identities that the channel does not know', async () => {
        const [good] = signedBy('dispatch.peer');
        const [forged] = signedBy('primary.peer');
        if (!good || !forged) throw new RangeError('no signatures');
        const stranger = await issueIdentities(aNetwork(), { now });
        const other = newSigner(
            stranger.organizations['PrimaryMSP']?.peers['peer0.primary.feeder.example'] as Identity,
        );
        const signed = [
            { ...forged, signature: good.signature },
            { identity: other.identity, message, signature: other.sign(message) },
            { identity: Buffer.from('nobody'), message, signature: good.signature },
            good,
        ];
        expect(policies.policy(policyPaths.applicationEndorsement).evaluate(signed).satisfied).toBe(false);
        expect(policies.policy(policyPaths.applicationEndorsement).evaluate([...signed, forged])).toEqual(accepted);
    });

    it('does not verify more signatures because an identity is named often', () => {
        const [good] = signedBy('dispatch.peer');
        if (!good) throw new RangeError('no signature');
        const before = verified.computed;
        const again = Array.from({ length: 100 }, (_, index) => ({ ...good, message: Buffer.from(`other ${index}`) }));
        policies.policy(policyPaths.applicationEndorsement).evaluate([good, ...again]);
        expect(verified.computed - before).toBe(1);
    });

    it('refuses everybody where there is no policy', () => {
        const refused = { satisfied: false, reason: "no such policy: 'Application/Nothing'" };
        expect(judge('/Channel/Application/Nothing', 'dispatch.admin')).toEqual(refused);
        expect(judge('/Other/Writers', 'dispatch.admin')).toEqual({
            satisfied: false,
            reason: "no such policy: '/Other/Writers'",
        });
    });

    it('turns a policy over policies into one over signatures', () => {
        expect(policies.signaturePolicy(policyPaths.lifecycleEndorsement)).toEqual({
            rule: {
                outOf: 2,
                rules: [0, 1, 2].map((signedBy) => ({ outOf: 1, rules: [{ signedBy }] })),
            },
            principals: ['DispatchMSP', 'PrimaryMSP', 'SwitchingMSP'].map((mspId) => ({
                kind: 'role',
                mspId,
                role: 'peer',
            })),
        });
        expect(() => policies.signaturePolicy('/Channel/Nowhere/Endorsement')).toThrow(/no such policy/);
    });
});

describe('implicitMetaThreshold', () => {
    it.each([
        ['ANY', 3, 1],
        ['ALL', 3, 3],
        ['MAJORITY', 1, 1],
        ['MAJORITY', 2, 2],
        ['MAJORITY', 3, 2],
        ['MAJORITY', 4, 3],
        ['ANY', 0, 0],
        ['ALL', 0, 0],
        ['MAJORITY', 0, 0],
    ] as const)('%s of %d is %d', (rule, count, expected) => {
        expect(implicitMetaThreshold(rule, count)).toBe(expected);
    });
});

describe('a policy that the channel has not', () => {
    it('cannot be turned into one signature policy: POLICY_INVALID', () => {
        expect(() => policies.signaturePolicy('/Channel/Application/Nobody')).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'POLICY_INVALID' }) as unknown }),
        );
    });
});
