/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { discovery as messages } from 'fabric-protos/bundle';
import { describe, expect, it } from '@jest/globals';
import { FieldWriter } from '../../../network/wire/field-writer';
import { channelId, chaincodeName } from '../conformance-network';
import { creatorOf, signWith } from '../proposal-draft';
import type { Suite } from './suite';

type QueryResult = ReturnType<typeof messages.QueryResult.decode>;

interface Call {
    readonly name: string;
    readonly collections?: readonly string[];
    readonly noPrivateReads?: boolean;
}

const newInterest = (calls: readonly Call[]): Buffer => {
    const writer = new FieldWriter();
    for (const { name, collections = [], noPrivateReads = false } of calls) {
        const call = new FieldWriter().string(1, name);
        for (const collection of collections) call.string(2, collection);
        writer.message(1, call.bool(3, noPrivateReads).finish());
    }
    return writer.finish();
};

export const discovery: Suite = ({ network, client }) => {
    const ask = async (field: 3 | 4, interest: readonly Call[]): Promise<QueryResult> => {
        const query = new FieldWriter()
            .string(1, channelId)
            .message(field, new FieldWriter().message(1, newInterest(interest)).finish())
            .finish();
        const { identity } = client();
        const authentication = new FieldWriter().bytes(1, creatorOf(identity)).finish();
        const request = new FieldWriter().message(1, authentication).message(2, query).finish();
        const signed = new FieldWriter().bytes(1, request).bytes(2, signWith(identity, request)).finish();
        const [peer] = network().peers;
        const answer = peer && (await client().unary(peer, '/discovery.Discovery/Discover', signed));
        if (!Buffer.isBuffer(answer)) throw new Error(answer?.details ?? 'no peer');
        return messages.QueryResult.fromObject(messages.Response.decode(answer).results[0] ?? {});
    };
    const endorsersOf = async (...interest: Call[]): Promise<QueryResult> => ask(4, interest);
    const peersWith = async (...filter: Call[]): Promise<QueryResult> => ask(3, filter);
    const basic = { name: chaincodeName };

    describe('who must endorse', () => {
        it('is told of a chaincode, also when it is named twice', async () => {
            const once = (await endorsersOf(basic)).cc_query_res?.content?.[0];
            const twice = (await endorsersOf(basic, basic)).cc_query_res?.content?.[0];
            expect(once?.chaincode).toBe(chaincodeName);
            expect(once?.layouts).toHaveLength(3); // two of three organisations
            expect(twice?.layouts).toEqual(once?.layouts);
        });

        it('is told of _lifecycle by the channel’s own policy for it', async () => {
            const descriptor = (await endorsersOf({ name: '_lifecycle' })).cc_query_res?.content?.[0];
            expect(descriptor?.chaincode).toBe('_lifecycle');
            expect(descriptor?.layouts).toHaveLength(3); // a majority of three organisations
        });

        it.each<[string, Call, string]>([
            ['chaincode', { name: 'nope' }, 'chaincodes:<name:"nope" > '],
            [
                'collection',
                { ...basic, collections: ['c'] },
                `chaincodes:<name:"${chaincodeName}" collection_names:"c" > `,
            ],
        ])('is not told of an unknown %s', async (_what, call, text) => {
            expect((await endorsersOf(call)).error?.content).toBe(`failed constructing descriptor for ${text}`);
        });

        it('does not depend on a collection from which nothing is read', async () => {
            const { cc_query_res } = await endorsersOf({ ...basic, collections: ['c'], noPrivateReads: true });
            expect(cc_query_res?.content?.[0]?.layouts).toHaveLength(3);
        });
    });

    describe('the peers', () => {
        it('with a chaincode are all of the channel, for _lifecycle too', async () => {
            for (const call of [basic, { name: '_lifecycle' }]) {
                const { members } = await peersWith(call);
                expect(Object.keys(members?.peers_by_org ?? {})).toHaveLength(network().peers.length);
            }
        });

        it('with an unknown chaincode are an error', async () => {
            expect((await peersWith({ name: 'nope' })).error?.content).toBe(
                `No metadata was found for chaincode nope in channel ${channelId}`,
            );
        });
    });
};
