import { common, orderer as ordererMessages } from 'fabric-protos/bundle';
import type { Organization } from '../topology/network-model';
import { parseBlock } from '../wire/block';
import { parseLastConfigNumber } from '../wire/block-metadata';
import { parseConfigBlock } from '../wire/channel-config';
import type { ParsedChannelConfig } from '../wire/channel-config';
import type { ConfigGroupMessage } from '../wire/config-tree';
import { newEnvelope, newPayload } from '../wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../wire/headers';
import { newSeekInfo } from '../wire/seek';
import type { SeekPosition } from '../wire/seek';
import { AdminError } from './admin-errors';
import type { AdminSession, OwnedPeer } from './admin-session';
import { tryAskPeer } from './ask-peer';
import { isListening } from './read-operations';

const deliverPath = '/orderer.AtomicBroadcast/Deliver';

/** The configuration that a channel has now. */
export interface CurrentConfig {
    /** Of the block that brought it. */
    readonly blockNumber: number;
    readonly parsed: ParsedChannelConfig;
    /** The group `Channel`, as it is encoded: what an update is computed from. */
    readonly root: ConfigGroupMessage;
    /** An organisation whose orderer told it, and so serves. */
    readonly toldBy: Organization;
}

/**
 * Reads the channel's newest configuration block from the orderers: all that listen are asked and the newest answer
 * counts, since one may lag behind its leader. Throws AdminError NODE_UNREACHABLE when none answers, ORDERER_REFUSED.
 */
export async function readChannelConfig(session: AdminSession): Promise<CurrentConfig> {
    const asked = await Promise.allSettled(
        session.network.organizations.map((organization) => readFromOrderer(session, organization)),
    );
    const told = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [newest] = told.sort((a, b) => b.blockNumber - a.blockNumber);
    if (newest) return newest;
    const failed = asked.find((answer) => answer.status === 'rejected');
    throw failed?.reason;
}

/** Sequence of the configuration that a peer has; undefined when it does not tell one. Throws NODE_UNREACHABLE. */
export async function readConfigSequence(session: AdminSession, peer: OwnedPeer): Promise<number | undefined> {
    const channel = session.network.channel.name;
    const call = { chaincode: 'cscc', function: 'GetConfigBlock', args: [channel], channelId: '' } as const;
    const { response } = await tryAskPeer(session, peer, call);
    return response.status === 200 ? parseConfigBlock(response.payload).sequence : undefined;
}

async function readFromOrderer(session: AdminSession, organization: Organization): Promise<CurrentConfig> {
    const { name, host, port } = organization.orderer;
    if (!(await isListening(host, port))) {
        const why = 'nothing listens there';
        throw new AdminError({ code: 'NODE_UNREACHABLE', node: name, address: `${host}:${port}`, why });
    }
    const newest = await fetchBlock(session, organization, { kind: 'newest' });
    const blockNumber = parseLastConfigNumber(parseBlock(newest));
    const block = await fetchBlock(session, organization, { kind: 'specified', number: blockNumber });
    const parsed = parseConfigBlock(block);
    const root = common.Config.decode(parsed.configBytes).channel_group ?? {};
    return { blockNumber, parsed, root, toldBy: organization };
}

/** One block, by the orderer's deliver service. */
async function fetchBlock(session: AdminSession, organization: Organization, position: SeekPosition): Promise<Buffer> {
    const { newNonce, nowMs } = session.options;
    const signer = session.adminOf(organization);
    const channelHeader = newChannelHeader({
        type: headerTypes.deliverSeekInfo,
        timestamp: timestampFromMs(nowMs()),
        channelId: session.network.channel.name,
    });
    const seek = newSeekInfo({ start: position, stop: position, behavior: 'fail-if-not-ready' });
    const payload = newPayload(channelHeader, newSignatureHeader(signer.creator, newNonce()), seek);
    const address = session.addressOf(organization, organization.orderer);
    const answer = await session.connections.exchange(address, deliverPath, newEnvelope(payload, signer.sign(payload)));
    const { block, status } = ordererMessages.DeliverResponse.decode(answer);
    if (!block) {
        const reason = `block "${position.kind}" is not delivered`;
        throw new AdminError({ code: 'ORDERER_REFUSED', node: organization.orderer.name, status: status ?? 0, reason });
    }
    return Buffer.from(common.Block.encode(block).finish());
}
