import { describe, expect, it } from '@jest/globals';
import {
    describeCollections,
    encodeCollectionConfigs,
    newCollectionConfig,
    type CollectionConfig,
    type DescribedCollection,
} from '../../../../network/wire/collection-config';
import { parsePolicyLanguage, policyLanguageOf } from '../../../../network/wire/policy-language';

const prices: DescribedCollection = {
    name: 'prices',
    members: ['A', 'B'],
    requiredPeerCount: 1,
    maximumPeerCount: 2,
    blockToLive: 9,
    memberOnlyRead: true,
    memberOnlyWrite: false,
};
const described = (config: CollectionConfig): readonly DescribedCollection[] | undefined =>
    describeCollections(encodeCollectionConfigs([config]));

describe('collections as people describe them', () => {
    it('are found in their bytes', () => {
        const guarded = { ...prices, name: 'guarded', endorsementPolicy: "OR('A.peer', 'B.peer')" };
        const bytes = encodeCollectionConfigs([prices, guarded].map(newCollectionConfig));
        expect(describeCollections(bytes)).toEqual([prices, guarded]);
        expect(describeCollections(Buffer.alloc(0))).toEqual([]);
    });

    it('are not found where the bytes say what no description can', () => {
        const config = newCollectionConfig(prices);
        expect(described({ ...config, endorsementPolicy: { kind: 'reference', path: '/Channel/X' } })).toBeUndefined();
        expect(described({ ...config, memberPolicy: parsePolicyLanguage("OR('A.peer')") })).toBeUndefined();
        const nobody = { rule: { outOf: 1, rules: [] }, principals: [] };
        expect(described({ ...config, memberPolicy: nobody })).toBeUndefined();
        const identity = { kind: 'identity', identity: Buffer.from('x') } as const;
        const one = { rule: { signedBy: 0 }, principals: [identity] };
        expect(described({ ...config, memberPolicy: one })).toBeUndefined();
    });
});

describe('a policy in Fabric’s language', () => {
    it.each([
        "OR('A.member', 'B.peer')",
        "OutOf(2, 'A.peer', 'B.peer', 'C.peer')",
        "OutOf(2, OR('A.admin', 'B.client'), 'C.orderer')",
    ])('is written as it is read: %s', (text) => {
        expect(policyLanguageOf(parsePolicyLanguage(text))).toBe(text);
    });

    it('cannot be written where it names others than roles', () => {
        const identity = { kind: 'identity', identity: Buffer.from('x') } as const;
        const rule = { outOf: 1, rules: [{ signedBy: 0 }] };
        expect(policyLanguageOf({ rule, principals: [identity] })).toBeUndefined();
        expect(policyLanguageOf({ rule, principals: [] })).toBeUndefined();
    });
});
