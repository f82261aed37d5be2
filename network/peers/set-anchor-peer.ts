import type { AdminSession } from '../admin/admin-session';
import type { Network } from '../topology/network-model';

export async function setAnchorPeer(session: AdminSession, mspId: string, network: Network): Promise<void> {
    await Promise.resolve([session, mspId, network]);
}
