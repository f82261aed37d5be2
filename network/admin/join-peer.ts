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
