/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../network/backends/wait-until';
import { mspIds } from '../conformance-network';
import { privateWritesDelivered } from '../private-delivery';
import type { PreparedTransaction } from '../raw-client';
import { codes, type Suite } from './suite';

const [dispatch, north] = mspIds;

/** A real peer looks a minute for private data before it commits their block; then its reconciler asks for them. */
const commitDeadlineMs = 120_000;
const reconcileDeadlineMs = 60_000;

/** What a member's peer does whose private data nobody within reach had when their block came. */
export const latePrivateData: Suite = ({ network, client }) => {
    /** Written into one block while the other member is down, so that one peer alone has it. */
    const putAtDispatch = async (...writes: readonly (readonly [key: string, value: string])[]): Promise<string> => {
        const prepared: PreparedTransaction[] = [];
        for (const [key, value] of writes) {
            const args = ['PrivatePut', 'shared', key];
            prepared.push(await client().prepare(args, { endorsers: [dispatch], draft: { transient: { value } } }));
        }
        await client().broadcast(prepared.map(({ envelope }) => envelope));
        for (const { txId } of prepared) expect(await client().codeAt(txId, dispatch)).toBe(codes.VALID);
        return prepared.at(-1)?.txId ?? '';
    };
    const readAtNorth = async (key: string): Promise<string> => {
        const identity = network().clients.member(north);
        const { answer, grpcMessage } = await client().endorse(
            { args: ['PrivateGet', 'shared', key], identity },
            north,
        );
        if (answer?.response.status === 200) return answer.response.payload.toString();
        return answer?.response.message ?? grpcMessage ?? '';
    };
    const deliveredAtNorth = async (txId: string): Promise<string[]> =>
        privateWritesDelivered(client(), network(), { txId, reader: north, peerOf: north });

    describe('private data that no member within reach had', () => {
        it(
            'are missing at first, come once a member is back that has them, and are read and delivered like any',
            async () => {
                await network().changePeer('stop', north);
                const last = await putAtDispatch(
                    ['late/once', 'secret'],
                    ['late/twice', 'former'],
                    ['late/twice', 'newer'],
                );
                await network().changePeer('stop', dispatch);
                await network().changePeer('start', north);
                await waitUntil(async () => (await client().findCode(last, north)) !== undefined, {
                    deadlineMs: commitDeadlineMs,
                    forWhat: 'the member that was down to commit what it missed',
                });
                expect(await readAtNorth('late/once')).toMatch(
                    /private data matching public hash version is not available. Public hash version = \{BlockNum: \d+, TxNum: 0\}, Private data version = <nil>$/,
                );
                expect(await deliveredAtNorth(last)).toEqual([]);
                await network().changePeer('start', dispatch);
                await waitUntil(async () => (await readAtNorth('late/once')) === 'secret', {
                    deadlineMs: reconcileDeadlineMs,
                    forWhat: 'the member to get the private data that it lacked',
                });
                expect(await readAtNorth('late/twice')).toBe('newer');
                expect(await deliveredAtNorth(last)).toEqual(['shared secret', 'shared former', 'shared newer']);
            },
            commitDeadlineMs + 2 * reconcileDeadlineMs,
        );
    });
};
