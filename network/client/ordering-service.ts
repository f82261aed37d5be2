import { waitUntil } from '../backends/wait-until';
import { ClientError } from './client-errors';
import { Suspects } from './suspects';

/** An orderer's word on one envelope. */
export interface OrdererAnswer {
    /** One of Fabric's common.Status. */
    readonly status: number;
    readonly info: string;
}

/** What an orderer said, or why it said nothing and whether it may have taken the envelope all the same. */
export type OrdererOutcome =
    { readonly answer: OrdererAnswer } | { readonly failure: string; readonly mayBeTaken: boolean };

export interface OrdererConnection {
    readonly name: string;
    sendBroadcast(envelope: Uint8Array, timeoutMs: number): Promise<OrdererOutcome>;
}

export interface OrderingOptions {
    /** The orderers that are known now. */
    readonly orderers: () => readonly OrdererConnection[];
    /** How long one orderer may take to answer before the next is asked. */
    readonly orderTimeoutMs: number;
    /** From 0 to below 1, for the order in which orderers are asked. */
    readonly random: () => number;
}

/** Fabric's common.Status, common/common.proto. */
const success = 200;
/** An orderer without a leader says this; another one, or the same a second later, may take the envelope. */
const serviceUnavailable = 503;
const betweenRoundsMs = 200;

/**
 * All orderers of a channel as one. A Raft follower whose leader was lost keeps a Broadcast open until the client's
 * deadline, and what the lost leader had taken but not replicated is gone, though its client heard SUCCESS: so each
 * orderer gets a short time, and the next one is then given the same envelope. It is always the same envelope: peers take
 * the first and mark any other DUPLICATE_TXID, so nothing is ever done twice. Fabric v2.5.16:
 * orderer/consensus/etcdraft/chain.go (Submit), core/ledger (transaction ids).
 */
export class OrderingService {
    readonly #options: OrderingOptions;
    readonly #suspects = new Suspects();
    #isClosed = false;

    constructor(options: OrderingOptions) {
        this.#options = options;
    }

    /**
     * Gives an envelope to the orderers in turn until one takes it. Throws ClientError: NOT_ORDERED when one refuses it or
     * none can have taken it, COMMIT_TIMEOUT when one may have, COMMIT_UNKNOWN when one may have and this side closed.
     */
    async order(envelope: Uint8Array, timeoutMs: number): Promise<void> {
        const { status, info } = await this.#askUntilAnswered(envelope, timeoutMs);
        if (status === success) return;
        throw new ClientError({ code: 'NOT_ORDERED', why: `status ${status} ${info}`.trim() });
    }

    /** Gives an envelope that was taken to the orderers once more; what they say changes nothing. */
    async repeat(envelope: Uint8Array): Promise<void> {
        await this.#askEach(envelope, this.#options.orderTimeoutMs * this.#options.orderers().length);
    }

    /** Envelopes that no orderer has answered yet are given to none any more. */
    close(): void {
        this.#isClosed = true;
    }

    async #askUntilAnswered(envelope: Uint8Array, timeoutMs: number): Promise<OrdererAnswer> {
        const until = performance.now() + timeoutMs;
        const failures = { last: 'there is none', mayBeTaken: false };
        const round = async (): Promise<OrdererAnswer | 'in vain' | undefined> => {
            const found = await this.#askEach(envelope, until - performance.now());
            if ('answer' in found) return found.answer;
            failures.last = found.failure;
            failures.mayBeTaken ||= found.mayBeTaken;
            return this.#isClosed || performance.now() + betweenRoundsMs >= until ? 'in vain' : undefined;
        };
        const forWhat = 'an orderer to take a transaction';
        const deadlineMs = timeoutMs + this.#options.orderTimeoutMs;
        const found = await waitUntil(round, { deadlineMs, forWhat, intervalMs: betweenRoundsMs });
        if (found !== 'in vain') return found;
        const why = failures.last;
        if (!failures.mayBeTaken) throw new ClientError({ code: 'NOT_ORDERED', why });
        throw new ClientError(
            this.#isClosed ? { code: 'COMMIT_UNKNOWN', why } : { code: 'COMMIT_TIMEOUT', afterMs: timeoutMs },
        );
    }

    /** Each orderer once, until one says yes or no. */
    async #askEach(envelope: Uint8Array, remainingMs: number): Promise<OrdererOutcome> {
        const until = performance.now() + remainingMs;
        let failure = 'no orderer is known';
        let mayBeTaken = false;
        for (const orderer of this.#inTurn()) {
            const leftMs = Math.min(this.#options.orderTimeoutMs, until - performance.now());
            if (leftMs <= 0 || this.#isClosed) break;
            const outcome = withoutLeader(await orderer.sendBroadcast(envelope, Math.ceil(leftMs)));
            if ('answer' in outcome) {
                this.#suspects.clear(orderer.name);
                return outcome;
            }
            this.#suspects.note(orderer.name);
            failure = `${orderer.name}: ${outcome.failure}`;
            mayBeTaken ||= outcome.mayBeTaken;
        }
        return { failure, mayBeTaken };
    }

    /** At random, so that clients spread over the orderers; those that failed lately come last. */
    #inTurn(): OrdererConnection[] {
        return this.#options
            .orderers()
            .map((orderer) => ({
                orderer,
                rank: Number(this.#suspects.has(orderer.name)) + this.#options.random(),
            }))
            .sort((one, other) => one.rank - other.rank)
            .map(({ orderer }) => orderer);
    }
}

/** An orderer without a leader has taken nothing, and may soon. */
function withoutLeader(outcome: OrdererOutcome): OrdererOutcome {
    if (!('answer' in outcome) || outcome.answer.status !== serviceUnavailable) return outcome;
    return { failure: outcome.answer.info, mayBeTaken: false };
}
