import type { Channel, Committer } from 'fabric-common';
import { waitUntil } from '../backends/wait-until';
import { fieldBytes } from '../wire/protobuf-bytes';
import { ClientError } from './client-errors';
import { isReady, type NodeConnection } from './node-readiness';

/** An orderer's word on one envelope. */
export interface OrdererAnswer {
    readonly status: string;
    readonly info?: string;
}

/** The SDK's signed envelope. */
export interface SignedEnvelope {
    readonly payload: Uint8Array;
    readonly signature: Uint8Array;
}

/** What is used of the SDK's Committer. */
export interface OrdererConnection {
    readonly name: string;
    sendBroadcast(envelope: SignedEnvelope, timeoutMs: number): Promise<OrdererAnswer>;
}

export interface OrderingOptions {
    /** The orderers that are known now. */
    readonly orderers: () => readonly OrdererConnection[];
    /** Whether one can be asked now. */
    readonly isReady: (orderer: OrdererConnection, timeoutMs: number) => Promise<boolean>;
    /** How long one orderer may take to answer before the next is asked. */
    readonly orderTimeoutMs: number;
    /** From 0 to below 1, for the order in which orderers are asked. */
    readonly random: () => number;
}

/** Whether an envelope may have been taken by an orderer that did not say so. */
type Attempt = { readonly answer: OrdererAnswer } | { readonly failure: string; readonly mayBeTaken: boolean };

/** An orderer without a leader says this; another one, or the same a second later, may take the envelope. */
const noLeader = 'SERVICE_UNAVAILABLE';
const betweenRoundsMs = 200;
/** An orderer that failed is asked last for so long. */
const suspectMs = 10_000;

/**
 * All orderers of a channel as the SDK's one committer. A Raft follower whose leader was lost keeps a Broadcast open until
 * the client's deadline, and what the lost leader had taken but not replicated is gone, though its client heard SUCCESS:
 * so each orderer gets a short time, the next one is then given the same envelope, and one that is not committed in time
 * is given again. It is always the same envelope: peers take the first and mark any other DUPLICATE_TXID, so nothing is
 * ever done twice. Fabric v2.5.16: orderer/consensus/etcdraft/chain.go (Submit), core/ledger (transaction ids).
 */
export class OrderingService {
    /** What the SDK's Channel.getTargetCommitters asks for. */
    readonly type = 'Committer';
    readonly name = 'the ordering service';
    readonly #options: OrderingOptions;
    readonly #suspectSince = new Map<string, number>();
    readonly #ordered = new Map<string, SignedEnvelope>();
    readonly #refused = new WeakMap<SignedEnvelope, OrdererAnswer | ClientError>();

    constructor(options: OrderingOptions) {
        this.#options = options;
    }

    /** The SDK asks before it sends; whether an orderer is there is found out by asking it. */
    async checkConnection(): Promise<boolean> {
        return Promise.resolve(true);
    }

    /**
     * Gives an envelope to the orderers in turn until one takes or refuses it. Throws ClientError: NOT_ORDERED when none can
     * have taken it, COMMIT_TIMEOUT when one may have.
     */
    async sendBroadcast(envelope: SignedEnvelope, timeoutMs: number): Promise<OrdererAnswer> {
        // The SDK repeats what failed with every orderer; all have been asked.
        const before = this.#refused.get(envelope);
        if (before instanceof ClientError) throw before;
        if (before) return before;
        const answer = await this.#order(envelope, timeoutMs).catch((error: unknown) => {
            if (error instanceof ClientError) this.#refused.set(envelope, error);
            throw error;
        });
        if (answer.status === 'SUCCESS') this.#ordered.set(transactionIdOf(envelope), envelope);
        else this.#refused.set(envelope, answer);
        return answer;
    }

    /** Gives an ordered envelope to the orderers once more; does nothing when it was settled or never ordered. */
    async repeat(transactionId: string): Promise<void> {
        const envelope = this.#ordered.get(transactionId);
        if (envelope) await this.#askEach(envelope, this.#options.orderTimeoutMs * this.#options.orderers().length);
    }

    /** The transaction's fate is known, or nobody waits for it any more. */
    settle(transactionId: string): void {
        this.#ordered.delete(transactionId);
    }

    async #order(envelope: SignedEnvelope, timeoutMs: number): Promise<OrdererAnswer> {
        const until = performance.now() + timeoutMs;
        const failures = { last: 'there is none', mayBeTaken: false };
        const round = async (): Promise<OrdererAnswer | 'in vain' | undefined> => {
            const found = await this.#askEach(envelope, until - performance.now());
            if ('answer' in found) return found.answer;
            failures.last = found.failure;
            failures.mayBeTaken ||= found.mayBeTaken;
            return performance.now() + betweenRoundsMs >= until ? 'in vain' : undefined;
        };
        const forWhat = 'an orderer to take a transaction';
        const deadlineMs = timeoutMs + this.#options.orderTimeoutMs;
        const found = await waitUntil(round, { deadlineMs, forWhat, intervalMs: betweenRoundsMs });
        if (found !== 'in vain') return found;
        throw new ClientError(
            failures.mayBeTaken
                ? { code: 'COMMIT_TIMEOUT', afterMs: timeoutMs }
                : { code: 'NOT_ORDERED', why: failures.last },
        );
    }

    /** Each orderer once, until one says yes or no. */
    async #askEach(envelope: SignedEnvelope, remainingMs: number): Promise<Attempt> {
        const until = performance.now() + remainingMs;
        let failure = 'no orderer is known';
        let mayBeTaken = false;
        for (const orderer of this.#inTurn()) {
            const leftMs = Math.min(this.#options.orderTimeoutMs, until - performance.now());
            if (leftMs <= 0) break;
            const attempt = await this.#ask(orderer, envelope, leftMs);
            if ('answer' in attempt) {
                if (attempt.answer.status === 'SUCCESS') this.#suspectSince.delete(orderer.name);
                return attempt;
            }
            this.#suspectSince.set(orderer.name, performance.now());
            failure = `${orderer.name}: ${attempt.failure}`;
            mayBeTaken ||= attempt.mayBeTaken;
        }
        return { failure, mayBeTaken };
    }

    async #ask(orderer: OrdererConnection, envelope: SignedEnvelope, timeoutMs: number): Promise<Attempt> {
        if (!(await this.#options.isReady(orderer, timeoutMs)))
            return { failure: 'it is not connected', mayBeTaken: false };
        try {
            const answer = await orderer.sendBroadcast(envelope, Math.ceil(timeoutMs));
            if (answer.status !== noLeader) return { answer };
            return { failure: answer.info ?? noLeader, mayBeTaken: false };
        } catch (error) {
            return { failure: error instanceof Error ? error.message : String(error), mayBeTaken: true };
        }
    }

    /** At random, so that clients spread over the orderers; those that failed lately come last. */
    #inTurn(): OrdererConnection[] {
        const now = performance.now();
        const rankOf = ({ name }: OrdererConnection): number => {
            const since = this.#suspectSince.get(name);
            return since !== undefined && now - since < suspectMs ? 1 : 0;
        };
        return this.#options
            .orderers()
            .map((orderer) => ({ orderer, rank: rankOf(orderer) + this.#options.random() }))
            .sort((one, other) => one.rank - other.rank)
            .map(({ orderer }) => orderer);
    }
}

/** Payload.header.channel_header.tx_id, without decoding the rest. Fabric: common/common.proto. */
function transactionIdOf({ payload }: SignedEnvelope): string {
    const header = fieldBytes(payload, 1);
    const channelHeader = header && fieldBytes(header, 1);
    return (channelHeader && fieldBytes(channelHeader, 5))?.toString() ?? '';
}

const services = new WeakMap<Channel, OrderingService>();

/** Has the channel name one ordering service to the SDK in place of its orderers; a channel that has one keeps it. */
export function useOrderingService(channel: Channel, orderTimeoutMs: number): void {
    if (services.has(channel)) return;
    const known = channel.getCommitters.bind(channel);
    const orderers = (): (OrdererConnection & NodeConnection)[] =>
        known() as unknown as (OrdererConnection & NodeConnection)[];
    const service = new OrderingService({
        orderTimeoutMs,
        orderers,
        isReady: (orderer, timeoutMs) => isReady(orderer as OrdererConnection & NodeConnection, timeoutMs),
        random: () => Math.random(),
    });
    channel.getCommitters = () => [service as unknown as Committer];
    services.set(channel, service);
}

/** The ordering service of a channel that was given one; undefined otherwise. */
export function orderingServiceOf(channel: Channel): OrderingService | undefined {
    return services.get(channel);
}
