import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { newBlockResponse } from '../embedded/deliver/deliver-response';
import { ChannelPolicies, policyPaths } from '../embedded/msp/channel-policies';
import { MspRegistry } from '../embedded/msp/msp-registry';
import { atomicBroadcastMethods, broadcastTo } from '../embedded/services/broadcast-service';
import { deliverTo } from '../embedded/services/deliver-service';
import { NodeServer } from '../embedded/services/node-server';
import { realClock } from '../embedded/clock';
import { issueTlsCertificate } from '../identities/issue-identities';
import type { OrganizationIdentities } from '../identities/identity';
import type { Backup } from './read-backup';

/** A backup's blocks at an address where a peer looks for an orderer. */
export interface BackupServer {
    readonly host: string;
    readonly port: number;
    /** Blocks handed out, at most so many: no more than the peer is near to needing lie in memory. */
    offerUpTo(height: number): void;
    /** Number of different blocks that were handed out. */
    readonly delivered: number;
    stop(): Promise<void>;
}

const host = '127.0.0.1';
const serviceUnavailable = 503;

interface ServedBlock {
    readonly number: number;
    readonly bytes: Buffer;
}

/**
 * Serves a backup's blocks as an orderer would (orderer.AtomicBroadcast/Deliver), with TLS by a certificate of the
 * organisation whose peer is to read them, to readers of the channel alone. It orders nothing.
 */
export async function serveBackup(
    backup: Backup,
    organization: OrganizationIdentities,
    now: Date,
): Promise<BackupServer> {
    const tls = await issueTlsCertificate(organization, { name: 'backup', host }, { now });
    const msps = MspRegistry.fromChannelConfig(backup.config);
    const listeners = new Set<(block: ServedBlock) => void>();
    let offered = 0;
    const delivered = new Set<number>();
    const source = {
        get height(): number {
            return backup.manifest.height;
        },
        blockByNumber: (number: number): ServedBlock | undefined => {
            const bytes = number < offered ? backup.block(number) : undefined;
            return bytes && { number, bytes };
        },
        onBlock: (listener: (block: ServedBlock) => void): (() => void) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
    const port = await findFreePort();
    const server = new NodeServer({
        name: 'the backup',
        host,
        port,
        tlsCertificatePem: tls.certificatePem,
        tlsPrivateKeyPem: tls.privateKeyPem,
        tlsRootPem: organization.tlsCa.certificatePem,
    });
    server.add(atomicBroadcastMethods, {
        Broadcast: broadcastTo(() => ({ status: serviceUnavailable, info: 'a backup orders nothing' })),
        Deliver: deliverTo<ServedBlock>({
            channelId: backup.manifest.channel,
            source,
            readers: ChannelPolicies.fromChannelConfig(backup.config, msps).policy(policyPaths.channelReaders),
            msps,
            clock: realClock,
            encode: ({ number, bytes }) => {
                delivered.add(number);
                return newBlockResponse(bytes);
            },
        }),
    });
    await server.start();
    return {
        host,
        port,
        offerUpTo: (height) => {
            const first = offered;
            offered = Math.min(Math.max(offered, height), backup.manifest.height);
            const block = source.blockByNumber(first);
            if (block) for (const listener of listeners) listener(block);
        },
        get delivered() {
            return delivered.size;
        },
        stop: () => server.stop(),
    };
}

async function findFreePort(): Promise<number> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, host, resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return port;
}
