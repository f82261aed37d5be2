import { discovery as messages } from 'fabric-protos/bundle';
import { FieldWriter } from '../../network/wire/field-writer';
import { channelId } from './conformance-network';
import type { ConformanceNetwork } from './conformance-network';
import { creatorOf, signWith } from './proposal-draft';
import type { RawClient } from './raw-client';

export type QueryResult = ReturnType<typeof messages.QueryResult.decode>;

/** A chaincode in a discovery interest. */
export interface InterestCall {
    readonly name: string;
    readonly collections?: readonly string[];
    readonly noPrivateReads?: boolean;
}

/** Numbers of the questions in protos/discovery/protocol.proto, Query. */
export const discoveryQuestions = { peers: 3, endorsers: 4 } as const;

/** Asks DispatchMSP's peer one question of the discovery service. */
export async function askDiscovery(
    client: RawClient,
    network: ConformanceNetwork,
    question: keyof typeof discoveryQuestions,
    interest: readonly InterestCall[],
): Promise<QueryResult> {
    const query = new FieldWriter()
        .string(1, channelId)
        .message(discoveryQuestions[question], new FieldWriter().message(1, newInterest(interest)).finish())
        .finish();
    const { identity } = client;
    const authentication = new FieldWriter().bytes(1, creatorOf(identity)).finish();
    const request = new FieldWriter().message(1, authentication).message(2, query).finish();
    const signed = new FieldWriter().bytes(1, request).bytes(2, signWith(identity, request)).finish();
    const [peer] = network.peers;
    const answer = peer && (await client.unary(peer, '/discovery.Discovery/Discover', signed));
    if (!Buffer.isBuffer(answer)) throw new Error(answer?.details ?? 'no peer');
    return messages.QueryResult.fromObject(messages.Response.decode(answer).results[0] ?? {});
}

function newInterest(calls: readonly InterestCall[]): Buffer {
    const writer = new FieldWriter();
    for (const { name, collections = [], noPrivateReads = false } of calls) {
        const call = new FieldWriter().string(1, name);
        for (const collection of collections) call.string(2, collection);
        writer.message(1, call.bool(3, noPrivateReads).finish());
    }
    return writer.finish();
}
