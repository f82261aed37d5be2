import { common } from 'fabric-protos/bundle';
import { describe, expect, it } from '@jest/globals';
import { parseBlock } from '../../../../network/wire/block';
import { parseConfigBlock } from '../../../../network/wire/channel-config';
import { withValue, type ConfigGroupMessage } from '../../../../network/wire/config-tree';
import { configValues } from '../../../../network/wire/config-values';
import { compareConfig, newConfigUpdate, newConfigUpdateEnvelope } from '../../../../network/wire/config-update';
import { parseEnvelope } from '../../../../network/wire/envelope';
import { headerTypes } from '../../../../network/wire/headers';
import { recordedBytes, recordedChain } from '../../../support/recorded-fabric';

const configs = recordedChain()
    .filter((block) => {
        const { data } = parseBlock(block);
        const [first] = data;
        return first !== undefined && parseEnvelope(first).header.type === headerTypes.config;
    })
    .map((block) => parseConfigBlock(block));

const rootOf = (bytes: Buffer): ConfigGroupMessage => common.Config.decode(bytes).channel_group ?? {};

/** A group with one policy, two values and one group below. */
const aGroup = (): ConfigGroupMessage => ({
    version: 3,
    mod_policy: 'Admins',
    values: { Kept: { version: 4, value: Buffer.of(1), mod_policy: 'Admins' }, Old: { value: Buffer.of(2) } },
    policies: { Admins: { version: 2, mod_policy: 'Admins', policy: { type: 1, value: Buffer.of(9) } } },
    groups: { Inner: { version: 5, values: { Deep: { version: 6, value: Buffer.of(7) } } } },
});

describe('compareConfig', () => {
    it('finds between recorded configurations what Fabric’s own tool found', () => {
        const found = configs.flatMap((config, index) => {
            const next = configs[index + 1];
            const difference = next && compareConfig(rootOf(config.configBytes), rootOf(next.configBytes));
            return difference ? [newConfigUpdate(config.channelId, difference)] : [];
        });
        expect(found).toContainEqual(recordedBytes('config-update.pb'));
    });

    it('finds nothing between equal configurations, whatever their versions', () => {
        expect(compareConfig(aGroup(), { ...aGroup(), version: 8 })).toBeUndefined();
    });

    it('names nothing but a changed value and the groups above it', () => {
        const difference = compareConfig(
            aGroup(),
            withValue(aGroup(), ['Inner'], { name: 'Deep', bytes: Buffer.of(8) }),
        );
        const inner = difference?.writeSet.groups?.['Inner'];
        expect(difference?.writeSet.version).toBe(3);
        expect(difference?.writeSet.values).toEqual({});
        expect(inner).toMatchObject({ version: 5, values: { Deep: { version: 7, value: Buffer.of(8) } } });
        expect(difference?.readSet.groups?.['Inner']).toMatchObject({ version: 5, values: {} });
    });

    it('raises a group that gains a member, and keeps the others by naming them', () => {
        const updated = aGroup();
        updated.values = { ...updated.values, New: { value: Buffer.of(3), mod_policy: 'Admins' } };
        const difference = compareConfig(aGroup(), updated);
        expect(difference?.writeSet).toMatchObject({ version: 4, mod_policy: 'Admins' });
        expect(difference?.writeSet.values).toEqual({
            Kept: { version: 4 },
            Old: { version: null },
            New: { version: null, value: Buffer.of(3), mod_policy: 'Admins' },
        });
        expect(difference?.writeSet.policies).toEqual({ Admins: { version: 2 } });
        expect(difference?.writeSet.groups).toEqual({ Inner: { version: 5 } });
        expect(difference?.readSet).toMatchObject({
            version: 3,
            values: { Kept: { version: 4 }, Old: { version: null } },
        });
        expect(difference?.readSet.values).not.toHaveProperty('New');
    });

    it('raises a group that loses a member, which is then not named', () => {
        const updated = aGroup();
        updated.values = { Kept: updated.values?.['Kept'] ?? {} };
        const difference = compareConfig(aGroup(), updated);
        expect(difference?.writeSet).toMatchObject({ version: 4, values: { Kept: { version: 4 } } });
        expect(difference?.writeSet.values).not.toHaveProperty('Old');
    });

    it('writes a new group whole, at version 0', () => {
        const difference = compareConfig(aGroup(), {
            ...aGroup(),
            groups: { ...aGroup().groups, Added: { ...aGroup(), groups: {} } },
        });
        const added = difference?.writeSet.groups?.['Added'];
        expect(added).toMatchObject({ version: null, mod_policy: 'Admins' });
        expect(added?.values?.['Kept']).toEqual({ version: null, value: Buffer.of(1), mod_policy: 'Admins' });
        expect(difference?.writeSet.groups?.['Inner']).toEqual({ version: 5 });
    });

    it('writes a policy whose rule changes', () => {
        const updated = aGroup();
        updated.policies = { Admins: { ...updated.policies?.['Admins'], policy: { type: 1, value: Buffer.of(5) } } };
        const policy = compareConfig(aGroup(), updated)?.writeSet.policies?.['Admins'];
        expect(policy).toMatchObject({ version: 3, mod_policy: 'Admins', policy: { value: Buffer.of(5) } });
    });
});

describe('withValue', () => {
    it('replaces nothing that is not there', () => {
        const value = { name: 'Nothing', bytes: configValues.batchTimeout(50) };
        expect(() => withValue(aGroup(), ['Inner'], value)).toThrow('it has no value Nothing');
        expect(() => withValue(aGroup(), ['Outer'], value)).toThrow('it has no group Outer');
    });
});

describe('newConfigUpdateEnvelope', () => {
    it('carries the update as it was signed, its signatures, and the sender’s', () => {
        const signature = { signatureHeader: Buffer.from('header'), signature: Buffer.from('signature') };
        const envelope = parseEnvelope(
            newConfigUpdateEnvelope(Buffer.from('update'), [signature], {
                channelId: 'grid',
                creator: Buffer.from('creator'),
                nonce: Buffer.from('nonce'),
                timestampMs: 1_500,
                sign: (message) => Buffer.from(`signed ${message.length}`),
            }),
        );
        expect(envelope.header).toMatchObject({
            type: headerTypes.configUpdate,
            channelId: 'grid',
            timestampMs: 1_500,
        });
        expect(envelope.signature.toString()).toBe(`signed ${envelope.payloadBytes.length}`);
        const data = common.ConfigUpdateEnvelope.decode(envelope.data);
        expect(Buffer.from(data.config_update).toString()).toBe('update');
        expect(data.signatures.map(({ signature_header }) => Buffer.from(signature_header ?? []).toString())).toEqual([
            'header',
        ]);
    });
});
