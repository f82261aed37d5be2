import { beforeAll, describe, expect, it } from '@jest/globals';
import { BlockCommitter } from '../../network/embedded/commit/commit-block';
import { PeerLedger } from '../../network/embedded/ledger/peer-ledger';
import { ChannelPolicies } from '../../network/embedded/msp/channel-policies';
import { MspRegistry } from '../../network/embedded/msp/msp-registry';
import { newSignaturePolicy } from '../../network/embedded/msp/signature-policy';
import type { EndorsementPolicies } from '../../network/embedded/validate/check-endorsement-policy';
import { validationName } from '../../network/embedded/validate/validation-code';
import { parseConfigBlock } from '../../network/wire/channel-config';
import { metadataSlots, parseBlock } from '../../network/wire/block';
import { parsePolicyLanguage } from '../../network/wire/policy-language';
import { recorded, recordedChain, recordedFilteredChain } from '../support/recorded-fabric';
import { noPrivateData } from '../support/no-collections';

/** Block 38 sets a key-level policy, which this peer does not keep and refuses: from there on the states differ. */
const lastBlock = 37;

const chain = recordedChain();

describe('a ledger that is given the chain of a real channel, block by block', () => {
    let ledger: PeerLedger;

    beforeAll(() => {
        const genesisBlock = chain[0] ?? Buffer.alloc(0);
        const config = parseConfigBlock(genesisBlock);
        const msp = MspRegistry.fromChannelConfig(config);
        const policies = ChannelPolicies.fromChannelConfig(config, msp);
        ledger = new PeerLedger({ channelId: recorded.channel, genesisBlock });
        const endorsementPolicyOf = recordedPolicies(policies, msp);
        const committer = new BlockCommitter({
            ledger,
            msp,
            policies,
            endorsementPolicyOf,
            privateData: noPrivateData,
        });
        for (const bytes of chain.slice(1, lastBlock + 1)) committer.commit(bytes);
    });

    it.each(
        recorded.chain
            .slice(0, lastBlock + 1)
            .flatMap(({ number, txs }) => txs.map((tx) => [number, tx.index, tx.codeName, tx.case ?? ''] as const)),
    )('judges transaction %i/%i %s %s', (number, index, codeName) => {
        expect(validationName(ledger.blockByNumber(number)?.codes[index] ?? 254)).toBe(codeName);
    });

    it('comes to the same state: every commit hash is the one that the real peer wrote', () => {
        for (let number = 1; number <= lastBlock; number++) {
            const ours = ledger.blockByNumber(number)?.block.metadata[metadataSlots.commitHash];
            const theirs = parseBlock(chain[number] ?? Buffer.alloc(0)).metadata[metadataSlots.commitHash];
            expect([number, ours?.toString('hex')]).toEqual([number, theirs?.toString('hex')]);
        }
    });

    it('delivers blocks of the same bytes, full and filtered', () => {
        const filtered = recordedFilteredChain();
        for (let number = 0; number <= lastBlock; number++) {
            const block = ledger.blockByNumber(number);
            expect(block?.bytes.equals(chain[number] ?? Buffer.alloc(0))).toBe(true);
            if (filtered[number]?.length === 0) continue;
            expect([number, block?.filteredBytes().toString('hex')]).toEqual([
                number,
                filtered[number]?.toString('hex'),
            ]);
        }
    });
});

/** The definitions of the recording: majority for chaincodes and lifecycle, each organisation for its own approvals. */
function recordedPolicies(policies: ChannelPolicies, msp: MspRegistry): EndorsementPolicies {
    const shared = newSignaturePolicy(parsePolicyLanguage("OR('DispatchMSP.peer','NorthMSP.peer')"), msp);
    const defined = new Map([
        ['_lifecycle', policies.policy('/Channel/Application/LifecycleEndorsement')],
        ['basic', policies.policy('/Channel/Application/Endorsement')],
        ['other', policies.policy('/Channel/Application/Endorsement')],
    ]);
    return (namespace, collection) => {
        if (collection === undefined) return defined.get(namespace);
        if (collection === 'shared') return shared;
        const own = /^_implicit_org_(.*)$/.exec(collection)?.[1];
        return own === undefined ? undefined : newSignaturePolicy(parsePolicyLanguage(`OR('${own}.peer')`), msp);
    };
}
