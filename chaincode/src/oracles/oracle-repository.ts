import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { ConclusionRecord, FeedFilter, FeedRecord, FeedRoundName, SubmissionRecord } from './feeds-api';
import type { OracleRecord } from './oracles-api';

/** A tick has as many digits as the latest time there is, so that the order of keys is that of time. */
const tickDigits = 15;

/**
 * Oracles, feeds, their answers and conclusions. An answer lies under (feed, tick, oracle), a key that nobody else
 * writes: answers of one block do not disturb each other, and a conclusion reads keys that are known.
 */
export class OracleRepository {
    readonly #oracles: StateRepository<OracleRecord>;
    readonly #feeds: StateRepository<FeedRecord>;
    readonly #submissions: StateRepository<SubmissionRecord>;
    readonly #conclusions: StateRepository<ConclusionRecord>;

    constructor(stub: ChaincodeStub) {
        this.#oracles = new StateRepository(stub, 'oracle');
        this.#feeds = new StateRepository(stub, 'feed');
        this.#submissions = new StateRepository(stub, 'feed-submission');
        this.#conclusions = new StateRepository(stub, 'feed-conclusion');
    }

    async find(oracleId: string): Promise<OracleRecord | undefined> {
        return this.#oracles.find(oracleId);
    }

    async put(oracle: OracleRecord): Promise<Buffer> {
        return this.#oracles.put(oracle, oracle.oracleId);
    }

    async list(request: PageRequest): Promise<Page<OracleRecord>> {
        return this.#oracles.page([], request);
    }

    async findFeed(feedId: string): Promise<FeedRecord | undefined> {
        return this.#feeds.find(feedId);
    }

    async putFeed(feed: FeedRecord): Promise<Buffer> {
        return this.#feeds.put(feed, feed.feedId);
    }

    async listFeeds(request: PageRequest): Promise<Page<FeedRecord>> {
        return this.#feeds.page([], request);
    }

    async findSubmission(round: FeedRoundName, oracleId: string): Promise<SubmissionRecord | undefined> {
        return this.#submissions.find(...roundKey(round), oracleId);
    }

    /** One get for each oracle of the feed, in their order: no range, so that no other key can disturb. */
    async findSubmissions(feed: FeedRecord, tickMs: number): Promise<SubmissionRecord[]> {
        const found: SubmissionRecord[] = [];
        for (const oracleId of feed.oracles) {
            const submission = await this.findSubmission({ feedId: feed.feedId, tickMs }, oracleId);
            if (submission !== undefined) {
                found.push(submission);
            }
        }
        return found;
    }

    async putSubmission(submission: SubmissionRecord): Promise<Buffer> {
        return this.#submissions.put(submission, ...roundKey(submission), submission.oracleId);
    }

    async findConclusion(round: FeedRoundName): Promise<ConclusionRecord | undefined> {
        return this.#conclusions.find(...roundKey(round));
    }

    async putConclusion(conclusion: ConclusionRecord): Promise<Buffer> {
        return this.#conclusions.put(conclusion, ...roundKey(conclusion));
    }

    async listConclusions({ feedId, ...request }: FeedFilter): Promise<Page<ConclusionRecord>> {
        return this.#conclusions.page([feedId], request);
    }
}

function roundKey({ feedId, tickMs }: FeedRoundName): string[] {
    return [feedId, String(tickMs).padStart(tickDigits, '0')];
}
