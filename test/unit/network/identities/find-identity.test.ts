import { beforeAll, describe, expect, it } from '@jest/globals';
import { findIdentity, getOrganization } from '../../../../network/identities/find-identity';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { aNetwork } from '../../../support/a-network';

let identities: NetworkIdentities;

beforeAll(async () => {
    identities = await issueIdentities(aNetwork(), { now: new Date('2026-05-01T12:00:00Z') });
});

describe('finding who is meant', () => {
    it('finds an identity by its name, whosever it is', () => {
        expect(findIdentity(identities, 'dispatcher').mspId).toBe('DispatchMSP');
    });

    it('tells the names that come near an unknown one: IDENTITY_UNKNOWN', () => {
        expect(() => findIdentity(identities, 'dispatchr')).toThrow(
            expect.objectContaining({
                fault: {
                    code: 'IDENTITY_UNKNOWN',
                    name: 'dispatchr',
                    near: expect.arrayContaining(['dispatcher']) as unknown,
                },
            }),
        );
    });

    it('tells the organisations that there are when asked for another: ORGANIZATION_UNKNOWN', () => {
        expect(() => getOrganization(identities, 'NopeMSP')).toThrow(
            expect.objectContaining({
                fault: { code: 'ORGANIZATION_UNKNOWN', mspId: 'NopeMSP', known: Object.keys(identities.organizations) },
            }),
        );
    });
});
