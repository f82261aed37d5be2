import type { PeerNode } from '../topology/network-model';
import { withValue } from '../wire/config-tree';
import { configValues } from '../wire/config-values';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';
import { updateChannelConfig } from './update-channel-config';
import type { ConfigUpdateResult } from './update-channel-config';

/**
 * Makes these peers the anchors of their organisation: by them the peers of other organisations, and those that join later,
 * come to know its others. Its own administrator alone signs. Gives undefined when they were the anchors before. Throws
 * AdminError ORGANIZATION_NOT_ON_CHANNEL, and what `updateChannelConfig` throws.
 */
export async function setAnchorPeers(
    session: AdminSession,
    mspId: string,
    peers: readonly Pick<PeerNode, 'host' | 'port'>[],
): Promise<ConfigUpdateResult | undefined> {
    return updateChannelConfig(session, ({ root, parsed }) => {
        const group = parsed.organizations.find((organization) => organization.mspId === mspId)?.name;
        if (group === undefined) {
            throw new AdminError({ code: 'ORGANIZATION_NOT_ON_CHANNEL', mspId, channel: parsed.channelId });
        }
        const bytes = configValues.anchorPeers(peers.map(({ host, port }) => ({ host, port })));
        return withValue(root, ['Application', group], { name: 'AnchorPeers', bytes });
    });
}
