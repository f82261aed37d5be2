import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelPolicies, policyPaths } from '../../../../../network/embedded/msp/channel-policies';
import { MspRegistry } from '../../../../../network/embedded/msp/msp-registry';
import type { SignedData } from '../../../../../network/embedded/msp/policy';
import { metadataSlots, parseBlock, type Block } from '../../../../../network/wire/block';
import { blockSignatureMessage, parseMetadata } from '../../../../../network/wire/block-metadata';
import { parseConfigBlock } from '../../../../../network/wire/channel-config';
import { parseEnvelope } from '../../../../../network/wire/envelope';
import { parseSignatureHeader } from '../../../../../network/wire/headers';

const vectors = join(__dirname, '..', '..', '..', 'vectors');
const read = (number: number): Buffer => readFileSync(join(vectors, `block-${number}.pb`));
const config = parseConfigBlock(read(0));
const policies = ChannelPolicies.fromChannelConfig(config, MspRegistry.fromChannelConfig(config));

function ordererSignatures(block: Block): SignedData[] {
    const { value, signatures } = parseMetadata(block.metadata[metadataSlots.signatures] ?? Buffer.alloc(0));
    return signatures.map(({ signatureHeader, signature }) => ({
        identity: parseSignatureHeader(signatureHeader).creator,
        message: blockSignatureMessage(value, signatureHeader, block.header),
        signature,
    }));
}

describe("real Fabric's signatures under its own channel configuration", () => {
    it.each([12, 13, 15, 16, 17])('satisfy the policies that they were made for, in block %d', (number) => {
        const block = parseBlock(read(number));
        const verdicts = [
            policies.policy(policyPaths.blockValidation).evaluate(ordererSignatures(block)),
            ...block.data.map((bytes) => {
                const { header, payloadBytes, signature } = parseEnvelope(bytes);
                const signed = [{ identity: header.creator, message: payloadBytes, signature }];
                return policies.policy(policyPaths.applicationWriters).evaluate(signed);
            }),
        ];
        expect(verdicts).toEqual(verdicts.map(() => ({ satisfied: true })));
        expect(verdicts.length).toBeGreaterThan(1);
    });

    it('no longer satisfy them once the block is changed', () => {
        const block = parseBlock(read(12));
        const changed = { ...block, header: { ...block.header, number: 11 } };
        expect(policies.policy(policyPaths.blockValidation).evaluate(ordererSignatures(changed)).satisfied).toBe(false);
    });
});
