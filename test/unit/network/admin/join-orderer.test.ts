import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminSession } from '../../../../network/admin/admin-session';
import { joinOrderer } from '../../../../network/admin/join-orderer';
import { waitUntil } from '../../../../network/backends/wait-until';
import { getOrganization } from '../../../../network/identities/find-identity';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import type { Organization } from '../../../../network/topology/network-model';
import { aNetwork } from '../../../support/a-network';

const network = aNetwork();
const [first] = network.organizations as [Organization, ...Organization[]];

describe('joinOrderer', () => {
    let server: Server;
    let session: AdminSession;
    let organization: Organization;
    let received = '';
    let answer = { status: 201, body: '{}' };

    beforeAll(async () => {
        const identities = await issueIdentities(network, { now: new Date() });
        const { tlsCa, orderer } = getOrganization(identities, first.mspId);
        server = createServer(
            {
                key: orderer.tlsPrivateKeyPem,
                cert: orderer.tlsCertificatePem,
                ca: tlsCa.certificatePem,
                requestCert: true,
            },
            (request, response) => {
                const chunks: Buffer[] = [];
                request.on('data', (chunk: Buffer) => chunks.push(chunk));
                request.on('end', () => {
                    received = `${request.method ?? ''} ${request.url ?? ''}\n${Buffer.concat(chunks).toString()}`;
                    response.writeHead(answer.status).end(answer.body);
                });
            },
        );
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as AddressInfo;
        organization = { ...first, orderer: { ...first.orderer, adminPort: port } };
        const newNonce = (): Buffer => Buffer.alloc(24);
        session = new AdminSession({ network, identities, waitUntil, nowMs: () => 0, newNonce, deadlineMs: 1000 });
    });
    afterAll(() => {
        session.close();
        server.close();
    });

    it('posts the block as a form, over TLS that both sides prove', async () => {
        answer = { status: 201, body: '{}' };
        expect(await joinOrderer(session, organization, Buffer.from('a block'))).toBe(true);
        expect(received).toMatch(/^POST \/participation\/v1\/channels\n--form-/);
        expect(received).toMatch(/name="config-block"; [^]*\r\n\r\na block\r\n--form-[^]*--\r\n$/);
    });

    it('takes a channel that is there already for joined', async () => {
        answer = { status: 405, body: '{"error":"cannot join: channel already exists"}' };
        expect(await joinOrderer(session, organization, Buffer.from('a block'))).toBe(false);
    });

    it('hands on what the orderer says of a block it refuses (ORDERER_NOT_JOINED)', async () => {
        answer = { status: 400, body: '{"error":"cannot unmarshal file part config-block"}' };
        await expect(joinOrderer(session, organization, Buffer.from('none'))).rejects.toThrow(
            'did not join channel distribution (HTTP 400): cannot unmarshal file part config-block',
        );
    });

    it('names an orderer that is not there (NODE_UNREACHABLE)', async () => {
        const nowhere = { ...organization, orderer: { ...organization.orderer, adminPort: 1 } };
        await expect(joinOrderer(session, nowhere, Buffer.from('none'))).rejects.toMatchObject({
            fault: { code: 'NODE_UNREACHABLE', address: '127.0.0.1:1' },
        });
    });
});
