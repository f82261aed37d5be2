import { describe, expect, it } from '@jest/globals';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import {
    lifecycleNamespace,
    newDefinitionRecord,
    writeRecord,
} from '../../../../../network/embedded/ledger/lifecycle-state';
import { requireValidDefinition } from '../../../../../network/embedded/lifecycle/check-definition';
import type { ChannelCall } from '../../../../../network/embedded/lifecycle/lifecycle-view';
import { MspRegistry } from '../../../../../network/embedded/msp/msp-registry';
import { parseConfigBlock } from '../../../../../network/wire/channel-config';
import { encodeCollectionConfigs } from '../../../../../network/wire/collection-config';
import type { CollectionConfig } from '../../../../../network/wire/collection-config';
import { parsePolicyLanguage } from '../../../../../network/wire/policy-language';
import { someTerms } from '../../../../conformance/lifecycle-client';
import { recordedChain } from '../../../../support/recorded-fabric';

const msps = MspRegistry.fromChannelConfig(parseConfigBlock(recordedChain()[0] ?? Buffer.alloc(0)));

const prices: CollectionConfig = {
    name: 'prices',
    memberPolicy: parsePolicyLanguage("OR('DispatchMSP.member', 'NorthMSP.member')"),
    requiredPeerCount: 0,
    maximumPeerCount: 1,
    blockToLive: 0,
    memberOnlyRead: true,
    memberOnlyWrite: true,
    endorsementPolicy: undefined,
};

/** What is said of collections proposed where others are committed; undefined when nothing is wrong. */
function refusalOf(proposed: readonly CollectionConfig[], committed?: readonly CollectionConfig[]): string | undefined {
    const state = new Map<string, Buffer>();
    if (committed) {
        const terms = someTerms({ collections: encodeCollectionConfigs(committed) });
        writeRecord('namespaces', terms.name, newDefinitionRecord(terms), {
            get: () => undefined,
            put: (key, value) => state.set(key, value),
        });
    }
    const version = { blockNumber: 1, txNumber: 0 };
    const simulator = new TransactionSimulator('tx', {
        get: (namespace, key) => {
            const value = namespace === lifecycleNamespace ? state.get(key) : undefined;
            return value && { value, version };
        },
        range: () => [][Symbol.iterator](),
    });
    const call = { simulator, peer: { msps } } as unknown as ChannelCall;
    try {
        requireValidDefinition(someTerms({ collections: encodeCollectionConfigs(proposed) }), call);
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    return undefined;
}

describe('the collections of a definition', () => {
    it('are taken when they fit the channel and what is committed', () => {
        expect(refusalOf([])).toBeUndefined();
        expect(refusalOf([prices])).toBeUndefined();
        expect(refusalOf([prices, { ...prices, name: 'more' }], [prices])).toBeUndefined();
        expect(refusalOf([{ ...prices, maximumPeerCount: 5 }], [prices])).toBeUndefined();
    });

    it.each<[string, readonly CollectionConfig[], readonly CollectionConfig[] | undefined]>([
        [
            "invalid collection name '_prices'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'",
            [{ ...prices, name: '_prices' }],
            undefined,
        ],
        ['collection-name: prices -- found duplicate in collection configuration', [prices, prices], undefined],
        [
            'collection-name: prices -- maximum peer count (1) cannot be less than the required peer count (2)',
            [{ ...prices, requiredPeerCount: 2 }],
            undefined,
        ],
        [
            'collection-name: prices -- requiredPeerCount (-1) cannot be less than zero',
            [{ ...prices, requiredPeerCount: -1 }],
            undefined,
        ],
        [
            'collection-name: prices -- error in member org policy: signature policy is not an OR concatenation, NOutOf 2',
            [{ ...prices, memberPolicy: parsePolicyLanguage("AND('DispatchMSP.member', 'NorthMSP.member')") }],
            undefined,
        ],
        [
            "collection-name: prices -- collection member 'OtherMSP' is not part of the channel",
            [{ ...prices, memberPolicy: parsePolicyLanguage("OR('OtherMSP.member')") }],
            undefined,
        ],
        [
            'collection-name: prices -- contains an identity that is not part of the channel',
            [
                {
                    ...prices,
                    memberPolicy: {
                        rule: { signedBy: 0 },
                        principals: [{ kind: 'identity', identity: Buffer.from('nobody') }],
                    },
                },
            ],
            undefined,
        ],
        ['the proposed collection config does not contain previously defined collections', [], [prices]],
        [
            'existing collection [prices] missing in the proposed collection configuration',
            [{ ...prices, name: 'other' }],
            [prices],
        ],
        [
            'the BlockToLive in an existing collection [prices] modified. Existing value [0]',
            [{ ...prices, blockToLive: 5 }],
            [prices],
        ],
    ])('are refused: %s (DEFINITION_INVALID)', (reason, proposed, committed) => {
        expect(refusalOf(proposed, committed)).toBe(`error validating chaincode definition: ${reason}`);
    });
});
