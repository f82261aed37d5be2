/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { describe, expect, it } from '@jest/globals';
import { askDiscovery } from '../ask-discovery';
import type { InterestCall, QueryResult } from '../ask-discovery';
import { parseSerializedIdentity } from '../../../network/wire/serialized-identity';
import { channelId, chaincodeName, mspIds } from '../conformance-network';
import type { Suite } from './suite';

type Descriptor = NonNullable<NonNullable<QueryResult['cc_query_res']>['content']>[number];
type Layouts = readonly { readonly quantities_by_group?: Readonly<Record<string, number>> | null }[];

/** Peers keep layouts, and the groups in them, in maps: their order differs from one request to the next. */
const sorted = (layouts: Layouts | null | undefined): string[] =>
    (layouts ?? []).map((layout) => JSON.stringify(Object.entries(layout.quantities_by_group ?? {}).sort())).sort();

const [dispatch, north, south] = mspIds;

/** The layouts, each as the organisations whose peers it asks. */
function organizationsOf(descriptor: Descriptor | undefined): string[] {
    const ownersOf = (group: string): string[] =>
        (descriptor?.endorsers_by_groups?.[group]?.peers ?? []).map(
            ({ identity }) => parseSerializedIdentity(Buffer.from(identity ?? [])).mspId,
        );
    return (descriptor?.layouts ?? [])
        .map(({ quantities_by_group }) =>
            Object.keys(quantities_by_group ?? {})
                .flatMap(ownersOf)
                .sort()
                .join(),
        )
        .sort();
}

export const discovery: Suite = ({ network, client }) => {
    const endorsersOf = async (...interest: InterestCall[]): Promise<QueryResult> =>
        askDiscovery(client(), network(), 'endorsers', interest);
    const peersWith = async (...filter: InterestCall[]): Promise<QueryResult> =>
        askDiscovery(client(), network(), 'peers', filter);
    const basic = { name: chaincodeName };

    describe('who must endorse', () => {
        it('is told of a chaincode, also when it is named twice', async () => {
            const once = (await endorsersOf(basic)).cc_query_res?.content?.[0];
            const twice = (await endorsersOf(basic, basic)).cc_query_res?.content?.[0];
            expect(once?.chaincode).toBe(chaincodeName);
            expect(once?.layouts).toHaveLength(3); // two of three organisations
            expect(sorted(twice?.layouts)).toEqual(sorted(once?.layouts));
        });

        it('is told of _lifecycle by the channel’s own policy for it', async () => {
            const descriptor = (await endorsersOf({ name: '_lifecycle' })).cc_query_res?.content?.[0];
            expect(descriptor?.chaincode).toBe('_lifecycle');
            expect(descriptor?.layouts).toHaveLength(3); // a majority of three organisations
        });

        it.each<[string, readonly InterestCall[], readonly (readonly string[])[]]>([
            [
                'members alone of a collection that is read',
                [{ ...basic, collections: ['prices'] }],
                [[dispatch, north]],
            ],
            [
                'whom the collection’s own policy names',
                [{ ...basic, collections: ['shared'], noPrivateReads: true }],
                [[dispatch], [north]],
            ],
            [
                'whom both policies name, one endorsement counting for each',
                [basic, { ...basic, collections: ['shared'], noPrivateReads: true }],
                [
                    [dispatch, north],
                    [dispatch, south],
                    [north, south],
                ],
            ],
            [
                'the organisation of an implicit collection',
                [{ ...basic, collections: [`_implicit_org_${north}`] }],
                [[north]],
            ],
            [
                'whom several chaincodes ask for together',
                [basic, { name: '_lifecycle' }],
                [
                    [dispatch, north],
                    [dispatch, south],
                    [north, south],
                ],
            ],
        ])('is %s', async (_what, interest, expected) => {
            const descriptor = (await endorsersOf(...interest)).cc_query_res?.content?.[0];
            expect(organizationsOf(descriptor)).toEqual(expected.map((each) => each.join()));
        });

        it.each<[string, InterestCall, string]>([
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

        it('of a collection are its members’', async () => {
            const { members } = await peersWith({ ...basic, collections: ['prices'] });
            const found = Object.entries(members?.peers_by_org ?? {}).filter(
                ([, { peers }]) => (peers ?? []).length > 0,
            );
            expect(found.map(([mspId]) => mspId).sort()).toEqual([dispatch, north]);
        });

        it('with an unknown chaincode are an error', async () => {
            expect((await peersWith({ name: 'nope' })).error?.content).toBe(
                `No metadata was found for chaincode nope in channel ${channelId}`,
            );
        });
    });
};
