import type { ConfigGroupMessage } from '../wire/config-tree';
import {
    compareConfig,
    configSignatureMessage,
    newConfigUpdate,
    newConfigUpdateEnvelope,
    type ConfigSignature,
} from '../wire/config-update';
import { newSignatureHeader } from '../wire/headers';
import type { AdminSession, OwnedPeer } from './admin-session';
import { isPeerServing } from './channel-readiness';
import { chooseConfigSigners } from './choose-config-signers';
import { orderEnvelope } from './order-envelope';
import { readChannelConfig, readConfigSequence } from './read-channel-config';
import type { CurrentConfig } from './read-channel-config';

/** What became of an update. */
export interface ConfigUpdateResult {
    /** Of the configuration that now holds. */
    readonly sequence: number;
    /** MSP ids whose administrators signed. */
    readonly signedBy: readonly string[];
    /** Peers that do not serve now: each hears of it when it is back. */
    readonly notHeardBy: readonly string[];
}

/**
 * Changes the channel's configuration: reads it, computes what differs from what `change` makes of it, has the
 * administrators sign whom the policies demand, orders it, and waits until every peer that serves has it. Gives undefined,
 * and sends nothing, when there is no difference. Throws AdminError ORDERER_REFUSED with Fabric's own reason, also when
 * somebody else changed the configuration meanwhile, and NODE_UNREACHABLE.
 */
export async function updateChannelConfig(
    session: AdminSession,
    change: (current: CurrentConfig) => ConfigGroupMessage,
): Promise<ConfigUpdateResult | undefined> {
    const current = await readChannelConfig(session);
    const difference = compareConfig(current.root, change(current));
    if (!difference) return undefined;
    const { channelId, sequence: before, root } = current.parsed;
    const organizations = [current.toldBy, ...session.network.organizations.filter((one) => one !== current.toldBy)];
    const signedBy = chooseConfigSigners(
        root,
        difference.writeSet,
        organizations.map(({ mspId }) => mspId),
    );
    const update = newConfigUpdate(channelId, difference);
    const signatures = organizations
        .filter(({ mspId }) => signedBy.includes(mspId))
        .map((organization) => signUpdate(session, organization.mspId, update));
    await orderEnvelope(session, current.toldBy, newEnvelopeOf(session, current, update, signatures));
    const sequence = before + 1;
    return { sequence, signedBy, notHeardBy: await waitUntilHeard(session, sequence) };
}

function signUpdate(session: AdminSession, mspId: string, update: Buffer): ConfigSignature {
    const signer = session.adminOf(session.organizationOf(mspId));
    const signatureHeader = newSignatureHeader(signer.creator, session.options.newNonce());
    return { signatureHeader, signature: signer.sign(configSignatureMessage(signatureHeader, update)) };
}

function newEnvelopeOf(
    session: AdminSession,
    { parsed, toldBy }: CurrentConfig,
    update: Buffer,
    signatures: readonly ConfigSignature[],
): Buffer {
    const { newNonce, nowMs } = session.options;
    const signer = session.adminOf(toldBy);
    return newConfigUpdateEnvelope(update, signatures, {
        channelId: parsed.channelId,
        creator: signer.creator,
        nonce: newNonce(),
        timestampMs: nowMs(),
        sign: (message) => signer.sign(message),
    });
}

/** Names of the peers that do not serve, and so were not waited for. */
async function waitUntilHeard(session: AdminSession, sequence: number): Promise<string[]> {
    const heard = await Promise.all(
        session.peers.map(async (owned: OwnedPeer) => {
            const { name } = owned.peer;
            if (!(await isPeerServing(owned.peer))) return [name];
            await session.wait(`${name} to take the channel's configuration ${sequence}`, async () => {
                const found = await readConfigSequence(session, owned);
                return found !== undefined && found >= sequence;
            });
            return [];
        }),
    );
    return heard.flat();
}
