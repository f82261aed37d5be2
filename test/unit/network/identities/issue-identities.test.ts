import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { ClientIdentity } from 'fabric-shim';
import { findIdentity, replaceIdentity } from '../../../../network/identities/find-identity';
import { IdentityError } from '../../../../network/identities/identities-errors';
import type { Identity, NetworkIdentities, OrganizationIdentities } from '../../../../network/identities/identity';
import { issueIdentities, renewTerminalIdentity } from '../../../../network/identities/issue-identities';
import { parseCertificate } from '../../../../network/wire/certificate';
import { aNetwork, anOrganization, aTerminal } from '../../../support/a-network';

const now = new Date('2026-05-01T12:00:00Z');
let identities: NetworkIdentities;

beforeAll(async () => {
    identities = await issueIdentities(aNetwork(), { now });
});

function organization(mspId: string): OrganizationIdentities {
    const found = identities.organizations[mspId];
    if (!found) throw new RangeError(`no ${mspId}`);
    return found;
}

function certificateOf(identity: { certificatePem: string }): X509Certificate {
    return new X509Certificate(identity.certificatePem);
}

/** What a contract sees of the certificate, through fabric-shim's own reader. */
function clientIdentity(identity: Identity): ClientIdentity {
    const creator = { mspid: identity.mspId, idBytes: Buffer.from(identity.certificatePem) };
    const stub = { getCreator: () => creator, getChannelID: () => 'ch', getTxID: () => 'tx' };
    return new ClientIdentity(stub as unknown as ConstructorParameters<typeof ClientIdentity>[0]);
}

function unitsOf(identity: { certificatePem: string }): readonly string[] {
    return parseCertificate(certificateOf(identity).raw).organizationalUnits;
}

describe('issueIdentities', () => {
    it('gives every organisation its admin, operator, reader and oracle, and dispatch its dispatcher, supervisor and Explorer', () => {
        expect(Object.keys(organization('DispatchMSP').clients)).toEqual([
            'dispatch-admin',
            'dispatch-operator',
            'dispatch-reader',
            'dispatch-oracle',
            'dispatcher',
            'supervisor',
            'explorer',
        ]);
        expect(Object.keys(organization('PrimaryMSP').clients)).toEqual([
            'primary-admin',
            'primary-operator',
            'primary-reader',
            'primary-oracle',
            'DTU-B004',
        ]);
    });

    it.each([
        ['dispatch-operator', 'operator'],
        ['primary-operator', 'operator'],
        ['dispatcher', 'dispatcher'],
        ['supervisor', 'supervisor'],
    ])('writes the role of %s where ctx.clientIdentity reads it', (name, role) => {
        expect(clientIdentity(findIdentity(identities, name)).getAttributeValue('role')).toBe(role);
    });

    it('gives a substation a dispatcher where its organisation may hold the role', async () => {
        const dispatcher = ['DispatchMSP', 'SwitchingMSP'];
        const roleHolders = { operator: [], dispatcher, supervisor: [] };
        const { organizations } = await issueIdentities(aNetwork({ roleHolders }), { now });
        const named = Object.values(organizations).flatMap(({ clients }) => Object.keys(clients));
        expect(named.filter((name) => name.endsWith('dispatcher'))).toEqual(['dispatcher', 'switching-dispatcher']);
    });

    it('writes the terminal id into the certificate of a terminal, and no role', () => {
        const terminal = clientIdentity(findIdentity(identities, 'DTU-B004'));
        expect(terminal.getAttributeValue('terminalId')).toBe('DTU-B004');
        expect(terminal.getAttributeValue('role')).toBeNull();
        expect(terminal.getMSPID()).toBe('PrimaryMSP');
    });

    it('gives readers, oracles and admins no attribute', () => {
        for (const name of ['primary-reader', 'primary-oracle', 'primary-admin']) {
            const reader = clientIdentity(findIdentity(identities, name));
            expect([reader.getAttributeValue('role'), reader.getAttributeValue('terminalId')]).toEqual([null, null]);
        }
    });

    it('names exactly one node role in each certificate', () => {
        const { orderer, peers, clients } = organization('DispatchMSP');
        expect(unitsOf(orderer)).toEqual(['orderer']);
        expect(Object.values(peers).map(unitsOf)).toEqual([['peer']]);
        expect(Object.entries(clients).map(([name, client]) => [name, ...unitsOf(client)])).toEqual([
            ['dispatch-admin', 'admin'],
            ['dispatch-operator', 'client'],
            ['dispatch-reader', 'client'],
            ['dispatch-oracle', 'client'],
            ['dispatcher', 'client'],
            ['supervisor', 'client'],
            ['explorer', 'client'],
        ]);
    });

    it('has every certificate signed by its own authority, over the key that goes with it', () => {
        for (const { ca, tlsCa, orderer, peers, clients } of Object.values(identities.organizations)) {
            const [authority, tlsAuthority] = [certificateOf(ca), certificateOf(tlsCa)];
            expect(authority.publicKey.equals(tlsAuthority.publicKey)).toBe(false);
            for (const identity of [orderer, ...Object.values(peers), ...Object.values(clients)]) {
                const certificate = certificateOf(identity);
                expect(certificate.checkIssued(authority) && certificate.verify(authority.publicKey)).toBe(true);
                expect(certificate.checkPrivateKey(createPrivateKey(identity.privateKeyPem))).toBe(true);
                expect(certificate.ca).toBe(false);
            }
            for (const node of [orderer, ...Object.values(peers)]) {
                const certificate = new X509Certificate(node.tlsCertificatePem);
                expect(certificate.verify(tlsAuthority.publicKey)).toBe(true);
                expect(certificate.checkPrivateKey(createPrivateKey(node.tlsPrivateKeyPem))).toBe(true);
            }
        }
    });

    it('names a node, localhost and its address in the TLS certificate, and allows it to be server and client', async () => {
        const moved = anOrganization('dispatch', 7050);
        const orderer = { ...moved.orderer, host: 'grid.example' };
        const network = aNetwork({ organizations: [{ ...moved, orderer }], terminals: [] });
        const { organizations } = await issueIdentities(network, { now });
        const certificate = new X509Certificate(organizations['DispatchMSP']?.orderer.tlsCertificatePem ?? '');
        for (const name of ['orderer.dispatch.feeder.example', 'localhost', 'grid.example']) {
            expect(certificate.checkHost(name)).toBe(name);
        }
        expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
        expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    });

    it('makes authorities older than what they issue, and all valid now', () => {
        const { ca, orderer } = organization('DispatchMSP');
        const [authority, leaf] = [certificateOf(ca), certificateOf(orderer)];
        expect(authority.ca).toBe(true);
        expect(Date.parse(authority.validFrom)).toBeLessThan(Date.parse(leaf.validFrom));
        expect(Date.parse(leaf.validFrom)).toBeLessThan(now.getTime());
        expect(Date.parse(leaf.validTo)).toBeLessThan(Date.parse(authority.validTo));
    });

    it('uses no key and no serial number twice', () => {
        const all = Object.values(identities.organizations).flatMap(({ ca, tlsCa, orderer, peers, clients }) => [
            ca,
            tlsCa,
            orderer,
            ...Object.values(peers),
            ...Object.values(clients),
        ]);
        const keys = all.map(({ certificatePem }) =>
            createPublicKey(certificatePem).export({ type: 'spki', format: 'pem' }).toString(),
        );
        expect(new Set(keys).size).toBe(all.length);
        expect(new Set(all.map((one) => certificateOf(one).serialNumber)).size).toBe(all.length);
    });

    it('issues the identities of 60 terminals in less than a second of CPU', async () => {
        const terminals = Array.from({ length: 60 }, (_, index) => aTerminal(`TTU-B${index}`, 'PrimaryMSP'));
        const before = process.cpuUsage();
        await issueIdentities(aNetwork({ terminals }), { now });
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1000).toBeLessThan(1000);
    });

    it.each(['../escape', '', 'a/b', '.hidden'])(
        'refuses the terminal name "%s", which would become a folder',
        async (id) => {
            await expectFault(
                issueIdentities(aNetwork({ terminals: [aTerminal(id, 'PrimaryMSP')] }), { now }),
                'IDENTITY_NAME_INVALID',
            );
        },
    );

    it('refuses two identities of one name', async () => {
        const terminals = [aTerminal('dispatcher', 'PrimaryMSP')];
        await expectFault(issueIdentities(aNetwork({ terminals }), { now }), 'IDENTITY_NAME_TAKEN');
    });
});

describe('findIdentity', () => {
    it('names identities that come near an unknown one', () => {
        expect(() => findIdentity(identities, 'DTU-B04')).toThrow(/DTU-B04.*DTU-B004/);
    });

    it('does not take an inherited property for an identity', () => {
        expect(() => findIdentity(identities, 'constructor')).toThrow(IdentityError);
    });
});

describe('renewTerminalIdentity', () => {
    it('gives a new key and certificate with the same name and attributes', async () => {
        const old = findIdentity(identities, 'DTU-B004');
        const renewed = await renewTerminalIdentity(identities, 'DTU-B004', { now });
        expect(renewed.privateKeyPem).not.toBe(old.privateKeyPem);
        expect(certificateOf(renewed).serialNumber).not.toBe(certificateOf(old).serialNumber);
        expect(clientIdentity(renewed).getAttributeValue('terminalId')).toBe('DTU-B004');
        expect(unitsOf(renewed)).toEqual(['client']);
        expect(certificateOf(renewed).verify(certificateOf(organization('PrimaryMSP').ca).publicKey)).toBe(true);
        expect(findIdentity(replaceIdentity(identities, renewed), 'DTU-B004')).toBe(renewed);
        expect(findIdentity(identities, 'DTU-B004')).toBe(old);
    });

    it('refuses whoever is not a terminal', async () => {
        await expectFault(renewTerminalIdentity(identities, 'dispatcher', { now }), 'IDENTITY_NOT_A_TERMINAL');
        await expectFault(renewTerminalIdentity(identities, 'nobody', { now }), 'IDENTITY_UNKNOWN');
    });
});

async function expectFault(promise: Promise<unknown>, code: string): Promise<void> {
    await expect(promise).rejects.toMatchObject({ name: 'IdentityError', fault: { code } });
}
