import { afterEach, describe, expect, it } from '@jest/globals';
import { getConfigSetting, setConfigSetting } from 'fabric-common/lib/Utils';
import { connectGateway } from '../../../../network/client/connect-gateway';
import type { Identity } from '../../../../network/identities/identity';

const nobody: Identity = { name: 'nobody', mspId: 'NopeMSP', certificatePem: '', privateKeyPem: '' };
const target = {
    connectionProfiles: { DispatchMSP: {}, PrimaryMSP: {} },
    network: { channel: { name: 'distribution' }, chaincode: { name: 'feeder', collections: [] } },
};
const setting = 'crypto-suite-software';
const ours = getConfigSetting(setting);

afterEach(() => {
    setConfigSetting(setting, ours);
});

describe('connecting a gateway', () => {
    it('needs a connection profile of the identity\u2019s organisation: NO_CONNECTION_PROFILE', async () => {
        await expect(connectGateway(target, nobody)).rejects.toMatchObject({
            fault: { code: 'NO_CONNECTION_PROFILE', mspId: 'NopeMSP', known: ['DispatchMSP', 'PrimaryMSP'] },
        });
    });

    it('never falls back to signatures made in JavaScript: NATIVE_CRYPTO_NOT_LOADED', async () => {
        setConfigSetting(setting, { EC: './impl/CryptoSuite_ECDSA_AES.js' });
        await expect(connectGateway(target, nobody)).rejects.toMatchObject({
            fault: { code: 'NATIVE_CRYPTO_NOT_LOADED' },
        });
    });
});
