import { FieldReader } from '../wire/field-reader';
import { WireError } from '../wire/wire-errors';
import type { GrpcCall } from '../grpc/grpc-call';
import type { GrpcConnection } from '../grpc/grpc-connection';
import { grpcStatuses, newFailure, type GrpcFailure } from '../grpc/grpc-status';
import type { OrdererAnswer, OrdererConnection, OrdererOutcome } from './ordering-service';

const broadcastPath = '/orderer.AtomicBroadcast/Broadcast';
/** common.Status SUCCESS, common/common.proto. */
const success = 200;

type Settle = (outcome: OrdererOutcome) => void;

/** The stream that envelopes go into now, and those that wait for their answer, in the order they were sent. */
interface Stream {
    readonly call: Promise<GrpcCall | GrpcFailure>;
    readonly waiting: Settle[];
    isOver: boolean;
}

/**
 * One orderer by one Broadcast stream that is kept: an orderer answers the envelopes of a stream in their order, and ends
 * it after any answer but SUCCESS without reading on. Fabric v2.5.16: orderer/common/broadcast/broadcast.go, Handle.
 */
export class BroadcastStream implements OrdererConnection {
    readonly name: string;
    readonly #connection: GrpcConnection;
    #stream: Stream | undefined;

    constructor(name: string, connection: GrpcConnection) {
        this.name = name;
        this.#connection = connection;
    }

    async sendBroadcast(envelope: Uint8Array, timeoutMs: number): Promise<OrdererOutcome> {
        const stream = (this.#stream ??= this.#open());
        const call = await stream.call;
        if ('unsent' in call) {
            this.#leave(stream);
            return { failure: call.details, mayBeTaken: false };
        }
        if (stream.isOver) return this.sendBroadcast(envelope, timeoutMs);
        return new Promise((resolve) => {
            // One that is not answered holds up all behind it: they are better off on another stream, of another orderer.
            const timer = setTimeout(() => {
                this.#leave(stream);
                call.cancel(newFailure(grpcStatuses.deadlineExceeded, `no answer within ${timeoutMs} ms`));
            }, timeoutMs);
            stream.waiting.push((outcome) => {
                clearTimeout(timer);
                resolve(outcome);
            });
            call.write(envelope);
        });
    }

    #open(): Stream {
        const waiting: Settle[] = [];
        const call = this.#connection.open(broadcastPath, {
            onMessage: (message) => {
                const answer = readOutcome(message);
                waiting.shift()?.(answer);
                if ('answer' in answer && answer.answer.status === success) return;
                this.#leave(stream);
                endAll(waiting, { failure: 'the orderer ended the stream', mayBeTaken: false });
            },
            onEnd: (failure) => {
                this.#leave(stream);
                endAll(waiting, { failure: failure?.details ?? 'the orderer ended the stream', mayBeTaken: true });
            },
        });
        const stream: Stream = { call, waiting, isOver: false };
        return stream;
    }

    /** The next envelope goes into a new one. */
    #leave(stream: Stream): void {
        stream.isOver = true;
        if (this.#stream === stream) this.#stream = undefined;
    }
}

function endAll(waiting: Settle[], outcome: OrdererOutcome): void {
    for (const settle of waiting.splice(0)) settle(outcome);
}

/** An answer that is none says nothing of the envelope. */
function readOutcome(message: Buffer): OrdererOutcome {
    try {
        return { answer: parseBroadcastResponse(message) };
    } catch (error) {
        if (error instanceof WireError) return { failure: error.message, mayBeTaken: true };
        throw error;
    }
}

/** orderer.BroadcastResponse{status, info}, orderer/ab.proto. Throws WIRE_MALFORMED. */
function parseBroadcastResponse(message: Buffer): OrdererAnswer {
    const reader = new FieldReader('BroadcastResponse', message);
    let status = 0;
    let info = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) status = reader.int32();
        else if (tag === 0x12) info = reader.string();
        else reader.skip();
    }
    return { status, info };
}
