import { common, orderer as ordererMessages } from 'fabric-protos/bundle';
import type { Organization } from '../topology/network-model';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';

const broadcastPath = '/orderer.AtomicBroadcast/Broadcast';
const ok = 200;
/** No leader at this moment, or one that was just lost: the same envelope may be sent again. */
const unavailable: number = common.Status.SERVICE_UNAVAILABLE;

/**
 * Hands a signed envelope to an organisation's orderer, again while there is no leader. That it is taken does not say that
 * it will be in a block. Throws AdminError ORDERER_REFUSED with the orderer's own reason, NODE_UNREACHABLE.
 */
export async function orderEnvelope(session: AdminSession, by: Organization, envelope: Buffer): Promise<void> {
    const address = session.addressOf(by, by.orderer);
    const { status, info }: { status: number; info: string } = await session.wait(
        `${by.orderer.name} to order a transaction`,
        async () => {
            const answer = await session.connections.exchange(address, broadcastPath, envelope);
            const read = ordererMessages.BroadcastResponse.decode(answer);
            const status: number = read.status;
            return status === unavailable ? undefined : { status, info: read.info };
        },
    );
    if (status !== ok) {
        throw new AdminError({ code: 'ORDERER_REFUSED', node: by.orderer.name, status, reason: info });
    }
}
