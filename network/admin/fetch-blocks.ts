import type { Organization, OrdererNode, PeerNode } from '../topology/network-model';
import { parseDeliverResponse } from '../wire/deliver-response';
import { newEnvelope, newPayload } from '../wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../wire/headers';
import { newSeekInfo } from '../wire/seek';
import type { AdminSession } from './admin-session';
import { AdminError } from './admin-errors';

/** A node that has the channel's blocks. */
export type BlockHolder =
    | { readonly kind: 'peer'; readonly organization: Organization; readonly node: PeerNode }
    | { readonly kind: 'orderer'; readonly organization: Organization; readonly node: OrdererNode };

const deliverPaths = { peer: '/protos.Deliver/Deliver', orderer: '/orderer.AtomicBroadcast/Deliver' } as const;
const success = 200;

/**
 * Every block that a node has at this moment, from block 0 on, as its organisation's administrator may read them; nothing of
 * them is checked here. Throws AdminError PROPOSAL_REFUSED, NODE_UNREACHABLE. Fabric v2.5.16: common/deliver/deliver.go.
 */
export async function* fetchBlocks(session: AdminSession, from: BlockHolder): AsyncGenerator<Buffer> {
    const address = session.addressOf(from.organization, from.node);
    for await (const answer of session.connections.receive(address, deliverPaths[from.kind], newSeek(session, from))) {
        const response = parseDeliverResponse(answer);
        if ('block' in response) yield response.block;
        else {
            const status = 'status' in response ? response.status : 0;
            if (status === success) return;
            const [node, reason] = [from.node.name, 'it delivers no blocks'];
            throw new AdminError({ code: 'PROPOSAL_REFUSED', node, what: 'Deliver', status, reason });
        }
    }
}

function newSeek(session: AdminSession, { organization }: BlockHolder): Buffer {
    const signer = session.adminOf(organization);
    const channelHeader = newChannelHeader({
        type: headerTypes.deliverSeekInfo,
        channelId: session.network.channel.name,
        timestamp: timestampFromMs(session.options.nowMs()),
    });
    const seek = newSeekInfo({
        start: { kind: 'oldest' },
        stop: { kind: 'newest' },
        behavior: 'fail-if-not-ready',
    });
    const payload = newPayload(channelHeader, newSignatureHeader(signer.creator, session.options.newNonce()), seek);
    return newEnvelope(payload, signer.sign(payload));
}
