import { beforeAll, describe, expect, it } from '@jest/globals';
import { newConnectionProfile } from '../../../../network/generate/connection-profile';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { aNetwork } from '../../../support/a-network';

let identities: NetworkIdentities;

beforeAll(async () => {
    identities = await issueIdentities(aNetwork(), { now: new Date('2026-05-01T12:00:00Z') });
});

describe('newConnectionProfile', () => {
    it("leads a client to its own organisation's peers by TLS, and leaves the rest to discovery", () => {
        const pem = identities.organizations['PrimaryMSP']?.tlsCa.certificatePem;
        expect(newConnectionProfile(aNetwork(), 'PrimaryMSP', identities)).toEqual({
            name: 'small-distribution',
            version: '1.0.0',
            client: { organization: 'primary' },
            organizations: { primary: { mspid: 'PrimaryMSP', peers: ['peer0.primary.feeder.example'] } },
            peers: {
                'peer0.primary.feeder.example': {
                    url: 'grpcs://127.0.0.1:7074',
                    tlsCACerts: { pem },
                    grpcOptions: { 'ssl-target-name-override': 'peer0.primary.feeder.example' },
                },
            },
        });
    });

    it('knows only organisations of the network', () => {
        expect(() => newConnectionProfile(aNetwork(), 'OtherMSP', identities)).toThrow(
            /OtherMSP.*DispatchMSP, PrimaryMSP, SwitchingMSP/,
        );
    });
});
