import { describe, expect, it } from '@jest/globals';
import { renderCollectionsConfig } from '../../../../network/generate/collections-config';
import { loadNetwork } from '../../../../network/topology/load-network';
import {
    encodeCollectionConfigs,
    newCollectionConfig,
    parseCollectionConfigs,
} from '../../../../network/wire/collection-config';
import { parsePolicyLanguage } from '../../../../network/wire/policy-language';
import { aNetwork } from '../../../support/a-network';

describe('renderCollectionsConfig', () => {
    it('writes the collections as Fabric’s own tool reads them', async () => {
        const entries = JSON.parse(renderCollectionsConfig(await loadNetwork('wired'))) as unknown[];
        expect(entries).toEqual([
            {
                name: 'supervision',
                policy: "OR('DispatchMSP.member')",
                requiredPeerCount: 0,
                maxPeerCount: 3,
                blockToLive: 0,
                memberOnlyRead: true,
                memberOnlyWrite: true,
                endorsementPolicy: { signaturePolicy: "OR('DispatchMSP.peer')" },
            },
        ]);
    });

    it('writes an empty list where there are none', () => {
        expect(renderCollectionsConfig(aNetwork())).toBe('[]');
    });
});

describe('a collection as an administrator approves it', () => {
    it('names any member of its organisations, and comes back from its bytes', () => {
        const config = newCollectionConfig({
            name: 'c',
            members: ['A', 'B'],
            requiredPeerCount: 1,
            maximumPeerCount: 2,
            blockToLive: 9,
            memberOnlyRead: true,
            memberOnlyWrite: false,
        });
        expect(config.memberPolicy).toEqual(parsePolicyLanguage("OR('A.member', 'B.member')"));
        expect(parseCollectionConfigs(encodeCollectionConfigs([config]))).toEqual([config]);
        const reference = { ...config, endorsementPolicy: { kind: 'reference', path: '/Channel/X' } as const };
        expect(parseCollectionConfigs(encodeCollectionConfigs([reference]))).toEqual([reference]);
    });

    it('is not read from what names no members, or no policy (WIRE_MALFORMED)', () => {
        expect(() => parseCollectionConfigs(Buffer.from('0a040a020a00', 'hex'))).toThrow(/names no members/);
        expect(() => parseCollectionConfigs(Buffer.from('0a00', 'hex'))).toThrow(/no static collection/);
        expect(() => parseCollectionConfigs(Buffer.from('0a040a024200', 'hex'))).toThrow(/no policy/);
    });
});
