import { headerTypes } from '../wire/headers';
import type { AdminSession, OwnedPeer } from './admin-session';
import { refused, tryAskPeer } from './ask-peer';
import type { SystemCall } from './ask-peer';

/** What Fabric says of a ledger that is there. Fabric v2.5.16: core/ledger/ledgermgmt. */
const alreadyThere = /ledger \[.*\] already exists/;

/**
 * Has a peer join the channel of a genesis block, which is all it needs: orderers may come later. Gives false when it had
 * joined before. Throws AdminError PROPOSAL_REFUSED, NODE_UNREACHABLE. Fabric v2.5.16: core/scc/cscc/configure.go.
 */
export async function joinPeer(session: AdminSession, peer: OwnedPeer, genesisBlock: Uint8Array): Promise<boolean> {
    const call: SystemCall = {
        chaincode: 'cscc',
        function: 'JoinChain',
        args: [genesisBlock],
        channelId: '',
        type: headerTypes.config,
    };
    const { response } = await tryAskPeer(session, peer, call);
    if (response.status === 200) return true;
    if (alreadyThere.test(response.message)) return false;
    throw refused(peer, call, response);
}

/**
 * Has every peer join, one after the other: peers that join at once dial each other at once, each end closes what the other
 * opened, and the membership request that was lost with it is sent again after five seconds that no setting shortens (seen
 * in one of four starts). Fabric v2.5.16: gossip/comm/conn.go, onConnected; gossip/discovery/discovery_impl.go,
 * sendUntilAcked.
 */
export async function joinPeersInTurn(session: AdminSession, genesisBlock: Uint8Array): Promise<boolean[]> {
    const joined: boolean[] = [];
    for (const peer of session.peers) joined.push(await joinPeer(session, peer, genesisBlock));
    return joined;
}
