import { expect, it } from '@jest/globals';
import type { Channel, DiscoveryResults } from 'fabric-common';
import { KnownPeers } from '../../../../network/client/known-peers';

const peer = (name: string, mspid: string, addr = name): unknown => ({ name, mspid, endpoint: { addr } });

/** A channel whose own peer is known by profile and has moved. */
function aChannel(): Channel {
    const byProfile = [peer('peer0.b', 'BMSP', 'h:1')];
    const discovered = [peer('h:9', 'AMSP'), peer('h:1', 'BMSP'), peer('h:2', 'BMSP'), peer('h:5', 'CMSP')];
    return { client: { getEndorsers: () => byProfile }, getEndorsers: () => discovered } as unknown as Channel;
}

const told = (...names: string[]): DiscoveryResults =>
    ({ peers_by_org: { any: { peers: names.map((name) => ({ name })) } } }) as unknown as DiscoveryResults;

const addressesOf = (peers: KnownPeers, mspId: string): string[] =>
    peers.inTurn(mspId).map(({ endpoint }) => (endpoint as unknown as { readonly addr: string }).addr);

it('turns to the own peers that discovery told of last, then to its others, then to those of others', () => {
    const peers = new KnownPeers(aChannel());
    peers.learn(told('h:9', 'h:2', 'h:5'));
    expect(addressesOf(peers, 'BMSP')).toEqual(['h:2', 'h:1', 'h:5', 'h:9']);
    expect(addressesOf(peers, 'AMSP')).toEqual(['h:9', 'h:2', 'h:1', 'h:5']);
});

it('turns last to those that failed lately, until they answer', () => {
    const peers = new KnownPeers(aChannel());
    peers.learn(told('h:9', 'h:1', 'h:2', 'h:5'));
    peers.noteFailed('h:1');
    peers.noteFailed('h:5');
    expect(addressesOf(peers, 'BMSP')).toEqual(['h:2', 'h:9', 'h:1', 'h:5']);
    peers.noteAnswered('h:1');
    expect(addressesOf(peers, 'BMSP')).toEqual(['h:1', 'h:2', 'h:9', 'h:5']);
});
