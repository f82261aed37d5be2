import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isPeerServing } from '../../admin/channel-readiness';
import { identityFolders } from '../../identities/identity-store';
import type { Network, Organization, PeerNode } from '../../topology/network-model';
import { BackendError } from '../backend-errors';
import { findNode } from '../find-node';
import type { BlocksAt, PeerAct } from '../peer-request';
import type { NativeNodes, PlannedNode } from './native-nodes';
import { nativeFolders } from './node-plan';
import type { NativeSite } from './node-plan';
import { planPeer } from './peer-process';
import type { BlockSource } from './peer-process';

/** Does something with one peer while the others run on. Throws NODE_UNKNOWN, NODE_NOT_CHANGED, NODE_ENDED, WAITED_TOO_LONG. */
export async function changePeer(nodes: NativeNodes, site: NativeSite, asked: PeerAct): Promise<void> {
    if (asked.act === 'start') {
        const { network, name, blocksFrom } = asked;
        const found = findNode(network, name);
        if (found.kind !== 'peer') {
            const reason = `it is the network's ${found.kind}`;
            throw new BackendError({ code: 'NODE_NOT_CHANGED', node: name, act: asked.act, reason });
        }
        const source = blocksFrom && sourceOf(blocksFrom, network, found, site);
        await nodes.replace(newPlannedPeer(found.organization, found.node, site, source));
        return;
    }
    await nodes.drop(asked.name);
    if (asked.act === 'drop') return;
    const folders = [nativeFolders.config, nativeFolders.ledger].map((of) => of(site.runDirectory, asked.name));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}

/** A peer as it is to run. */
export function newPlannedPeer(
    organization: Organization,
    peer: PeerNode,
    site: NativeSite,
    blocksFrom?: BlockSource,
): PlannedNode {
    return {
        kind: 'peer',
        plan: planPeer(organization, peer, site, blocksFrom),
        isServing: () => isPeerServing(peer),
    };
}

function sourceOf(
    { host, port }: BlocksAt,
    { organizations }: Network,
    { organization, node }: { readonly organization: Organization; readonly node: PeerNode },
    { identitiesDirectory, proxies }: NativeSite,
): BlockSource {
    const own = identityFolders.peer(identitiesDirectory, organization.mspId, node.name);
    return {
        address: `${host}:${port}`,
        tlsRootFile: join(own, 'tls', 'ca.crt'),
        inPlaceOf: organizations.map(({ orderer }) => `${proxies ? orderer.name : orderer.host}:${orderer.port}`),
    };
}
