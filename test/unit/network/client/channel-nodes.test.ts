import { afterEach, expect, it } from '@jest/globals';
import type { Channel } from 'fabric-common';
import { ChannelNodes } from '../../../../network/client/channel-nodes';
import { PlanSource } from '../../../../network/client/endorsement-plan';
import { KnownPeers } from '../../../../network/client/known-peers';
import { freePorts } from '../../../support/free-ports';

const open: ChannelNodes[] = [];

/** Nodes of a channel on which one peer is known, at an address where nobody listens. */
async function aChannelWithoutItsPeer(): Promise<{ nodes: ChannelNodes; address: string; asked: () => number }> {
    const [port = 0] = await freePorts(1);
    const address = `127.0.0.1:${port}`;
    const endpoint = { addr: address, options: {}, isTLS: () => false };
    const channel = {
        client: { getEndorsers: () => [] },
        getEndorsers: () => [{ name: address, mspid: 'AMSP', endpoint }],
        getCommitters: () => [],
    } as unknown as Channel;
    let asked = 0;
    let nowMs = 0;
    const plan = new PlanSource(
        () => {
            asked += 1;
            return Promise.resolve({ layouts: [], groups: {} });
        },
        () => (nowMs += 10_000),
    );
    await plan.plan();
    const nodes = new ChannelNodes({
        channel,
        peers: new KnownPeers(channel),
        plan,
        asLocalhost: false,
        ownTls: {},
        relayUrl: undefined,
        nodeTimeoutMs: 1_000,
    });
    open.push(nodes);
    return { nodes, address, asked: () => asked };
}

afterEach(() => {
    for (const nodes of open.splice(0)) nodes.close();
});

it('asks discovery anew when a peer refuses the connection', async () => {
    const { nodes, address, asked } = await aChannelWithoutItsPeer();
    const answer = await nodes.ask(address, Buffer.alloc(0), 1_000);
    expect(answer).toMatchObject({ failure: { unsent: true } });
    expect(asked()).toBe(2);
    expect(nodes.isSuspect(address)).toBe(true);
});

it('asks discovery anew when a peer was not there that it told of', async () => {
    const { nodes, asked } = await aChannelWithoutItsPeer();
    const answer = await nodes.ask('127.0.0.1:1', Buffer.alloc(0), 1_000);
    expect(answer).toMatchObject({ failure: { details: 'it was not there when discovery told of it' } });
    expect(asked()).toBe(2);
});

it('asks nobody once it is closed', async () => {
    const { nodes, address, asked } = await aChannelWithoutItsPeer();
    nodes.close();
    await nodes.ask(address, Buffer.alloc(0), 1_000);
    expect(asked()).toBe(1);
});
