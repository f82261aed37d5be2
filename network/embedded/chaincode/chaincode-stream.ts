import type { ClientHttp2Session } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { GrpcCall, type CallEvents } from '../../grpc/grpc-call';
import { grpcStatuses, newFailure, type GrpcFailure } from '../../grpc/grpc-status';
import {
    chaincodeMessageName,
    newChaincodeMessage,
    parseChaincodeMessage,
    parseRegisteredName,
} from '../../wire/chaincode-message';
import type { ChaincodeMessage, EmittedEvent } from '../../wire/chaincode-message';
import { parseResponse } from '../../wire/transaction';
import type { ChaincodeResponse } from '../../wire/transaction';
import { WireError } from '../../wire/wire-errors';
import type { Clock } from '../clock';
import { answerChaincode } from './answer-chaincode';
import type { TransactionContext } from './answer-chaincode';
import { awaitListener, dialListener } from './dial-chaincode';
import { ChaincodeError } from './chaincode-errors';
import type { ChaincodeFault } from './chaincode-errors';

/** Where a chaincode server listens and how long to wait for it. */
export interface ChaincodeEndpoint {
    /** host:port, plaintext: the process runs beside its peer. */
    readonly address: string;
    /** `label:hash`, the name under which the chaincode must register. */
    readonly packageId: string;
    /** How long one connection attempt may take. Fabric: connection.json, dial_timeout. */
    readonly dialTimeoutMs: number;
    /** Fabric: chaincode.executetimeout. */
    readonly executeTimeoutMs: number;
}

/** What a chaincode made of a transaction. */
export interface ChaincodeOutcome {
    readonly response: ChaincodeResponse;
    readonly event: EmittedEvent | undefined;
}

/** A transaction handed to the chaincode. */
export interface ChaincodeInvocation {
    readonly context: TransactionContext;
    /** ChaincodeInput bytes. */
    readonly input: Uint8Array;
    /** It initialises the chaincode. */
    readonly isInit?: boolean;
    /** The whole SignedProposal: the shim takes creator, transient data and time from it. */
    readonly signedProposal: Uint8Array;
}

interface RunningTransaction {
    readonly context: TransactionContext;
    readonly timer: { cancel(): void };
    finish(outcome: ChaincodeOutcome | ChaincodeFault): void;
}

/** The call that a chaincode has taken, and the connection that is its own. */
interface Stream {
    readonly session: ClientHttp2Session;
    readonly call: GrpcCall;
}

const connectMethod = '/protos.Chaincode/Connect';
const maxMessageBytes = 100 * 1024 * 1024;
const givenUp = newFailure(grpcStatuses.cancelled, 'the peer gave the stream up');

/**
 * One peer's own stream to its chaincode: many transactions run on it at once. When it breaks, what runs fails, and the
 * next invocation dials again. KEEPALIVE is never sent: Node's shim ends its process on it.
 * Fabric v2.5.16: core/chaincode/handler.go; core/container/externalbuilder (chaincode as a service).
 */
export class ChaincodeStream {
    readonly #endpoint: ChaincodeEndpoint;
    readonly #clock: Clock;
    readonly #running = new Map<string, RunningTransaction>();
    #stream: Stream | undefined;
    #connecting: Promise<Stream> | undefined;
    #heldBack: string | undefined;

    constructor(endpoint: ChaincodeEndpoint, clock: Clock) {
        this.#endpoint = endpoint;
        this.#clock = clock;
    }

    /**
     * Dials unless connected; throws CHAINCODE_UNREACHABLE. A closed port is refused at once, as on Fabric, but for the
     * network's start: `patienceMs` waits that long for the chaincode to listen.
     */
    async connect(patienceMs?: number): Promise<void> {
        if (patienceMs !== undefined) {
            await this.#connecting?.catch(() => undefined); // an invocation's attempt, which has no patience
        }
        await this.#connected(patienceMs);
    }

    /** Runs a transaction; throws a ChaincodeError with Fabric's text when the chaincode gave no answer of its own. */
    async execute(invocation: ChaincodeInvocation): Promise<ChaincodeOutcome> {
        const { txId, channelId } = invocation.context;
        const stream = this.#stream ?? (await this.#connected());
        const key = contextKey(channelId, txId);
        if (this.#running.has(key)) {
            throw new ChaincodeError({ code: 'TRANSACTION_RUNNING', txId, channelId });
        }
        const outcome = await new Promise<ChaincodeOutcome | ChaincodeFault>((resolve) => {
            const timer = this.#clock.after(this.#endpoint.executeTimeoutMs, () => {
                this.#finish(key, { code: 'CHAINCODE_TIMEOUT' });
            });
            this.#running.set(key, { context: invocation.context, timer, finish: resolve });
            const { input: payload, isInit = false, signedProposal } = invocation;
            const type = isInit ? 'INIT' : 'TRANSACTION';
            stream.call.write(newChaincodeMessage({ type, txId, channelId, payload, signedProposal }));
        });
        if ('code' in outcome) {
            throw new ChaincodeError(outcome);
        }
        return outcome;
    }

    get isConnected(): boolean {
        return this.#stream !== undefined;
    }

    /** Breaks the stream and refuses to dial until `resume`: what a peer without its chaincode looks like. */
    holdBack(reason: string): void {
        this.#heldBack = reason;
        this.#drop();
    }

    /** Lets the next invocation dial again. */
    resume(): void {
        this.#heldBack = undefined;
    }

    /** Breaks the stream once; the next invocation dials again. */
    drop(): void {
        this.#drop();
    }

    /** Ends the stream for good; running transactions fail. */
    stop(): void {
        this.holdBack('the network is being stopped');
    }

    async #connected(patienceMs?: number): Promise<Stream> {
        if (this.#stream) {
            return this.#stream;
        }
        this.#connecting ??= this.#dial(patienceMs).finally(() => {
            this.#connecting = undefined;
        });
        return this.#connecting;
    }

    async #dial(patienceMs: number | undefined): Promise<Stream> {
        if (this.#heldBack !== undefined) {
            throw this.#unreachable(this.#heldBack);
        }
        const { address, packageId, dialTimeoutMs } = this.#endpoint;
        const dialled =
            patienceMs === undefined
                ? await dialListener(address, dialTimeoutMs)
                : await awaitListener(address, patienceMs);
        if ('refusal' in dialled) {
            throw this.#unreachable(`error cannot create connection for ${packageId}: ${dialled.refusal}`);
        }
        try {
            return await this.#register(dialled.session);
        } catch (cause) {
            dialled.session.destroy();
            throw this.#unreachable(cause instanceof Error ? cause.message : String(cause), cause);
        }
    }

    async #register(session: ClientHttp2Session): Promise<Stream> {
        return new Promise((resolve, reject) => {
            const events: CallEvents = {
                onMessage: (bytes) => {
                    try {
                        if (this.#stream === stream) {
                            this.#receive(stream, bytes);
                        } else {
                            this.#admit(stream, bytes);
                            resolve(stream);
                        }
                    } catch (cause) {
                        if (!(cause instanceof WireError || cause instanceof ChaincodeError)) throw cause;
                        reject(cause);
                        stream.call.cancel(newFailure(grpcStatuses.internal, cause.message));
                    }
                },
                onEnd: (failure) => {
                    reject(this.#unreachable(describeEnd(failure)));
                    if (this.#stream === stream) this.#drop();
                },
            };
            const stream: Stream = { session, call: new GrpcCall(session, connectMethod, events, maxMessageBytes) };
        });
    }

    /** created → (REGISTER) → ready: REGISTERED and READY are two messages. Throws CHAINCODE_UNREACHABLE. */
    #admit(stream: Stream, bytes: Buffer): void {
        const refusal = this.#refusalOf(parseChaincodeMessage(bytes)) ?? this.#heldBack;
        if (refusal !== undefined) {
            throw this.#unreachable(refusal);
        }
        this.#stream = stream;
        stream.call.write(newChaincodeMessage({ type: 'REGISTERED' }));
        stream.call.write(newChaincodeMessage({ type: 'READY' }));
    }

    #refusalOf(message: ChaincodeMessage): string | undefined {
        if (chaincodeMessageName(message.type) !== 'REGISTER') {
            const name = chaincodeMessageName(message.type) ?? String(message.type);
            return `[${message.txId}] Fabric side handler cannot handle message (${name}) while in created state`;
        }
        const name = parseRegisteredName(message.payload);
        return name === this.#endpoint.packageId
            ? undefined
            : `it registered as "${name}" instead of "${this.#endpoint.packageId}"`;
    }

    #receive(stream: Stream, bytes: Buffer): void {
        const message = parseChaincodeMessage(bytes);
        const key = contextKey(message.channelId, message.txId);
        const name = chaincodeMessageName(message.type);
        if (name === 'COMPLETED') {
            this.#finish(key, { response: copied(parseResponse(message.payload)), event: message.event });
        } else if (name === 'ERROR') {
            this.#finish(key, { code: 'CHAINCODE_FAILED', text: message.payload.toString() });
        } else if (name !== 'KEEPALIVE') {
            const answer = answerChaincode(message, this.#running.get(key)?.context);
            if (answer) stream.call.write(answer);
            else this.#drop();
        }
    }

    /** Ends a transaction; a late answer of one that has ended is ignored. */
    #finish(key: string, outcome: ChaincodeOutcome | ChaincodeFault): void {
        const transaction = this.#running.get(key);
        if (transaction) {
            this.#running.delete(key);
            transaction.timer.cancel();
            transaction.finish(outcome);
        }
    }

    #drop(): void {
        const stream = this.#stream;
        this.#stream = undefined;
        stream?.call.cancel(givenUp);
        stream?.session.destroy();
        for (const key of [...this.#running.keys()]) {
            this.#finish(key, { code: 'CHAINCODE_STREAM_LOST' });
        }
    }

    #unreachable(reason: string, cause?: unknown): ChaincodeError {
        const already = cause instanceof ChaincodeError && cause.fault.code === 'CHAINCODE_UNREACHABLE';
        if (already) {
            return cause;
        }
        const { packageId } = this.#endpoint;
        return new ChaincodeError({ code: 'CHAINCODE_UNREACHABLE', packageId, reason }, { cause });
    }
}

/** How a stream ended that never came to be: gRPC's status as grpc-js tells it. */
function describeEnd(failure: GrpcFailure | undefined): string {
    if (failure === undefined) return 'the chaincode ended the stream before it registered';
    return `${failure.status} ${status[failure.status] ?? ''}: ${failure.details}`;
}

function contextKey(channelId: string, txId: string): string {
    return `${channelId}\0${txId}`;
}

/** The answer outlives the frame it came in. */
function copied(response: ChaincodeResponse): ChaincodeResponse {
    return { ...response, payload: Buffer.from(response.payload) };
}
