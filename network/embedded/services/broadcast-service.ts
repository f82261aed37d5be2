import type { ServerDuplexStream, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { FieldWriter } from '../../wire/field-writer';
import type { Clock } from '../clock';
import { newBlockResponse } from '../deliver/deliver-response';
import { policyPaths } from '../msp/channel-policies';
import type { ChannelPolicies } from '../msp/channel-policies';
import type { MspRegistry } from '../msp/msp-registry';
import { orderStatus } from '../order/admit-envelope';
import type { BroadcastAnswer, OrderedBlock, Sequencer } from '../order/sequencer';
import { deliverTo } from './deliver-service';
import { WireError } from '../../wire/wire-errors';
import { unreadableMessageStatus } from './grpc-status';
import { rawMethod } from './raw-method';

export const atomicBroadcastMethods: ServiceDefinition = {
    Broadcast: rawMethod('/orderer.AtomicBroadcast/Broadcast', 'stream'),
    Deliver: rawMethod('/orderer.AtomicBroadcast/Deliver', 'stream'),
};

/** What an orderer's gRPC needs of the channel; the orderers of the embedded network share one sequencer. */
export interface OrderingChannel {
    readonly channelId: string;
    readonly sequencer: Sequencer;
    readonly msps: MspRegistry;
    readonly policies: ChannelPolicies;
    readonly clock: Clock;
    /** Whether the orderer reaches a majority of the orderers; without one nothing is ordered. */
    readonly hasQuorum: () => boolean;
}

/** orderer.AtomicBroadcast of one orderer. */
export function newAtomicBroadcastService(channel: OrderingChannel): UntypedServiceImplementation {
    const { channelId, sequencer, msps, policies, clock, hasQuorum } = channel;
    return {
        Broadcast: broadcastTo((envelope) => (hasQuorum() ? sequencer.submit(envelope) : noLeader)),
        Deliver: deliverTo<OrderedBlock>({
            channelId,
            source: sequencer,
            readers: policies.policy(policyPaths.channelReaders),
            msps,
            clock,
            encode: (block) => newBlockResponse(block.bytes),
        }),
    };
}

/** Fabric v2.5.16: orderer/consensus/etcdraft/chain.go, Submit. */
const noLeader: BroadcastAnswer = { status: orderStatus.serviceUnavailable, info: 'no Raft leader' };

type BroadcastStream = Pick<ServerDuplexStream<Buffer, Buffer>, 'write' | 'end'> & {
    on(event: 'data', listener: (bytes: Buffer) => void): unknown;
    on(event: 'end' | 'error', listener: () => void): unknown;
    /** Ends the stream with this status. */
    emit(event: 'error', status: typeof unreadableMessageStatus): unknown;
};

/**
 * Answers each envelope, in order and at once: a stream that ended unanswered would hang fabric-network for ever, and
 * clients close their own side right after the envelope. Any status but SUCCESS ends the stream, and so does what is no
 * envelope, with gRPC's INTERNAL.
 * Fabric v2.5.16: orderer/common/broadcast/broadcast.go.
 */
export function broadcastTo(submit: (envelope: Buffer) => BroadcastAnswer): (stream: BroadcastStream) => void {
    const answerTo = (envelope: Buffer): BroadcastAnswer | undefined => {
        try {
            return submit(envelope);
        } catch (error) {
            if (error instanceof WireError) return undefined;
            throw error;
        }
    };
    return (stream) => {
        let isOver = false;
        const finish = (): void => {
            if (!isOver) {
                isOver = true;
                stream.end();
            }
        };
        stream.on('data', (envelope) => {
            if (isOver) {
                return;
            }
            const answer = answerTo(envelope);
            if (answer === undefined) {
                isOver = true;
                stream.emit('error', unreadableMessageStatus);
                return;
            }
            const { status, info } = answer;
            stream.write(new FieldWriter().uint(1, status).string(2, info).finish());
            if (status !== orderStatus.success) finish();
        });
        stream.on('end', finish);
        stream.on('error', () => {
            isOver = true;
        });
    };
}
