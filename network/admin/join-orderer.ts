import { randomUUID } from 'node:crypto';
import { request } from 'node:https';
import { getOrganization } from '../identities/find-identity';
import type { Organization } from '../topology/network-model';
import type { AdminSession } from './admin-session';
import { AdminError } from './admin-errors';

const created = 201;
/** Fabric answers it for any block of a channel that is there. */
const notAllowed = 405;
const timeoutMs = 10_000;

/**
 * Has an organisation's orderer join the channel of a genesis block by the channel participation API. Gives false when it
 * had joined before. That it answers says nothing of a leader: see `waitForLeader`. Throws AdminError ORDERER_NOT_JOINED,
 * NODE_UNREACHABLE. Fabric v2.5.16: orderer/common/channelparticipation/restapi.go.
 */
export async function joinOrderer(
    session: AdminSession,
    organization: Organization,
    genesisBlock: Uint8Array,
): Promise<boolean> {
    const { name } = organization.orderer;
    const { status, body } = await postBlock(session, organization, genesisBlock);
    if (status === created) return true;
    if (status === notAllowed) return false;
    const channel = session.network.channel.name;
    throw new AdminError({ code: 'ORDERER_NOT_JOINED', node: name, channel, status, reason: reasonIn(body) });
}

async function postBlock(
    session: AdminSession,
    { mspId, orderer }: Organization,
    genesisBlock: Uint8Array,
): Promise<{ status: number; body: string }> {
    const { tlsCa, orderer: identity } = getOrganization(session.options.identities, mspId);
    const form = newForm('config-block', genesisBlock);
    return new Promise((resolve, reject) => {
        const posted = request(
            {
                host: orderer.host,
                port: orderer.adminPort,
                servername: orderer.name,
                method: 'POST',
                path: '/participation/v1/channels',
                headers: { 'content-type': form.contentType, 'content-length': form.body.length },
                ca: tlsCa.certificatePem,
                cert: identity.tlsCertificatePem,
                key: identity.tlsPrivateKeyPem,
                agent: false,
                timeout: timeoutMs,
            },
            (answer) => {
                answer.setEncoding('utf8');
                let body = '';
                answer.on('data', (chunk: string) => (body += chunk));
                answer.on('end', () => {
                    resolve({ status: answer.statusCode ?? 0, body });
                });
            },
        );
        posted.on('timeout', () => posted.destroy());
        posted.on('error', (cause) => {
            const address = `${orderer.host}:${orderer.adminPort}`;
            const why = cause.message;
            reject(new AdminError({ code: 'NODE_UNREACHABLE', node: orderer.name, address, why }, { cause }));
        });
        posted.end(form.body);
    });
}

/** multipart/form-data (RFC 7578) of one file. */
function newForm(name: string, content: Uint8Array): { contentType: string; body: Buffer } {
    const boundary = `form-${randomUUID()}`;
    const head = [
        `--${boundary}`,
        `Content-Disposition: form-data; name="${name}"; filename="${name}.block"`,
        'Content-Type: application/octet-stream',
        '',
        '',
    ].join('\r\n');
    const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

/** The API answers `{"error": "…"}`. */
function reasonIn(body: string): string {
    return /"error":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? body;
}
