import { common } from 'fabric-protos/bundle';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { chooseConfigSigners } from '../../../../network/admin/choose-config-signers';
import { newGenesisBlock } from '../../../../network/generate/genesis-block';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { parseConfigBlock } from '../../../../network/wire/channel-config';
import type { ParsedChannelConfig } from '../../../../network/wire/channel-config';
import { withValue, type ConfigGroupMessage } from '../../../../network/wire/config-tree';
import { compareConfig } from '../../../../network/wire/config-update';
import { aNetwork } from '../../../support/a-network';
import { testNow } from '../../../support/an-msp';

const everybody = ['DispatchMSP', 'PrimaryMSP', 'SwitchingMSP'];

describe('chooseConfigSigners', () => {
    let config: ParsedChannelConfig;
    let root: ConfigGroupMessage;
    const signersOf = (updated: ConfigGroupMessage, candidates = everybody): readonly string[] => {
        const difference = compareConfig(root, updated);
        return chooseConfigSigners(config.root, difference?.writeSet ?? {}, candidates);
    };
    const bytes = Buffer.of(1);

    beforeAll(async () => {
        const network = aNetwork();
        const identities = await issueIdentities(network, { now: testNow });
        config = parseConfigBlock(newGenesisBlock(network, identities, { now: testNow, nonce: Buffer.alloc(24) }));
        root = common.Config.decode(config.configBytes).channel_group ?? {};
    });

    it('asks a majority of the orderers’ organisations about how blocks are cut, the first ones first', () => {
        const updated = withValue(root, ['Orderer'], { name: 'BatchTimeout', bytes });
        expect(signersOf(updated)).toEqual(['DispatchMSP', 'PrimaryMSP']);
        expect(signersOf(updated, everybody.toReversed())).toEqual(['SwitchingMSP', 'PrimaryMSP']);
    });

    it('asks an organisation alone about its own MSP', () => {
        const [, , switching = ''] = [...(config.root.groups.get('Application')?.groups.keys() ?? [])];
        const updated = withValue(root, ['Application', switching], { name: 'MSP', bytes });
        expect(signersOf(updated)).toEqual(['SwitchingMSP']);
    });

    it('asks by a mod policy that is named from the root', () => {
        expect(signersOf(withValue(root, [], { name: 'OrdererAddresses', bytes }))).toEqual([
            'DispatchMSP',
            'PrimaryMSP',
        ]);
    });

    it('asks whoever satisfies every policy that is touched', () => {
        const [, , switching = ''] = [...(config.root.groups.get('Application')?.groups.keys() ?? [])];
        const own = withValue(root, ['Application', switching], { name: 'MSP', bytes });
        const both = withValue(own, ['Orderer'], { name: 'BatchTimeout', bytes });
        expect(signersOf(both)).toEqual(['DispatchMSP', 'SwitchingMSP']);
    });

    it('asks the owners of a group that gains a member', () => {
        const application = root.groups?.['Application'] ?? {};
        const grown = {
            ...application,
            values: { ...application.values, Added: { value: bytes, mod_policy: 'Admins' } },
        };
        const updated = { ...root, groups: { ...root.groups, Application: grown } };
        expect(signersOf(updated)).toEqual(['DispatchMSP', 'PrimaryMSP']);
    });

    it('asks everybody when not even all are enough: the orderer tells which policy it was', () => {
        const updated = withValue(root, ['Orderer'], { name: 'BatchTimeout', bytes });
        expect(signersOf(updated, ['DispatchMSP'])).toEqual(['DispatchMSP']);
    });
});
