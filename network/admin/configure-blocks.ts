import type { BlockCutting } from '../topology/network-model';
import { withValue } from '../wire/config-tree';
import { configValues } from '../wire/config-values';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';
import { updateChannelConfig } from './update-channel-config';
import type { ConfigUpdateResult } from './update-channel-config';

/** What is to become another about how the channel's orderers cut blocks; what is left out stays. */
export type BlockChange = Partial<Pick<BlockCutting, 'timeoutMs' | 'maxMessageCount' | 'preferredMaxBytes'>>;

export interface BlocksConfigured {
    /** How blocks are cut from now on. */
    readonly blockCutting: BlockCutting;
    /** undefined when nothing had to be changed. */
    readonly update: ConfigUpdateResult | undefined;
}

/** What an orderer can work with; the same bounds as the topology file's. */
const least = { timeoutMs: 1, maxMessageCount: 1, preferredMaxBytes: 1024 } as const;
const most = { timeoutMs: 60_000, maxMessageCount: 0xffff_ffff } as const;

/**
 * Changes how blocks are cut on a running channel, by a configuration update that a majority of the ordering
 * organisations signs. Throws AdminError BLOCK_CUTTING_INVALID, and what `updateChannelConfig` throws.
 */
export async function configureBlocks(session: AdminSession, change: BlockChange): Promise<BlocksConfigured> {
    let blockCutting: BlockCutting | undefined;
    const update = await updateChannelConfig(session, ({ root, parsed: { batch } }) => {
        checkChange(change, batch);
        blockCutting = { ...batch, ...change };
        const orderer = ['Orderer'];
        const { timeoutMs } = blockCutting;
        const sized = withValue(root, orderer, { name: 'BatchSize', bytes: configValues.batchSize(blockCutting) });
        // A timeout may be written in several ways that mean the same: only another one is a change.
        if (timeoutMs === batch.timeoutMs) return sized;
        return withValue(sized, orderer, { name: 'BatchTimeout', bytes: configValues.batchTimeout(timeoutMs) });
    });
    return { blockCutting: blockCutting ?? session.network.channel.blockCutting, update };
}

function checkChange(change: BlockChange, { absoluteMaxBytes }: Pick<BlockCutting, 'absoluteMaxBytes'>): void {
    const limits = { ...most, preferredMaxBytes: absoluteMaxBytes };
    for (const setting of ['timeoutMs', 'maxMessageCount', 'preferredMaxBytes'] as const) {
        const value = change[setting];
        if (value === undefined) continue;
        const [from, to] = [least[setting], limits[setting]];
        if (!Number.isInteger(value) || value < from || value > to) {
            throw new AdminError({ code: 'BLOCK_CUTTING_INVALID', setting, value, from, to });
        }
    }
}
