import { InterceptingCall, Metadata, status, type InterceptorOptions, type NextCall } from '@grpc/grpc-js';

const ended = { code: status.CANCELLED, details: 'the gateway is closed', metadata: new Metadata() };

/**
 * The gRPC calls that the SDK has under way, by an interceptor that its connections are given. grpc-js 1.9, which the SDK
 * brings, leaves a closed channel its old picker: a call that has not got its connection yet then picks the lost one
 * without end, in microtasks, and nothing else in the process gets its turn (build/src/internal-channel.js, close;
 * build/src/load-balancing-call.js, doPick; a later grpc-js puts another picker in). So every call is ended before its
 * channel is closed, and none begins after that.
 */
export class SdkCalls {
    readonly #underWay = new Set<InterceptingCall>();
    #isEnded = false;

    /** For gRPC's client option `interceptors`. */
    readonly intercept = (options: InterceptorOptions, next: NextCall): InterceptingCall => {
        const call: InterceptingCall = new InterceptingCall(next(options), {
            start: (metadata, listener, start) => {
                if (this.#isEnded) {
                    listener.onReceiveStatus(ended);
                    return;
                }
                this.#underWay.add(call);
                start(metadata, {
                    onReceiveStatus: (received, tell) => {
                        this.#underWay.delete(call);
                        tell(received);
                    },
                });
            },
        });
        return call;
    };

    /**
     * Ends all of them, as cancelled, and answers when their channels may be closed: a cancelled call still takes the
     * steps that it was about to take.
     */
    async end(): Promise<void> {
        this.#isEnded = true;
        for (const call of [...this.#underWay]) call.cancelWithStatus(ended.code, ended.details);
        this.#underWay.clear();
        await new Promise((resolve) => {
            setImmediate(resolve);
        });
    }
}
