import { createPublicKey, webcrypto } from 'node:crypto';
import {
    feedCalls,
    type FeedInput,
    type FeedRoundAnswer,
    type SignableSubmission,
    type SourceReference,
    type SubmissionInput,
} from '../../../chaincode/src/oracles/feeds-api';
import { oracleCalls, type OracleCertificate } from '../../../chaincode/src/oracles/oracles-api';
import { SubmissionSigner } from '../../../network/client/oracles/sign-submission';
import { privateKeyPemOf } from './signer-of';
import { stubChannel, type Simulation } from './stub-ledger';
import { TestGrid } from './test-grid';
import { newTestIdentity, type TestIdentity } from './test-identity';

/** Noon, the stub ledger's time. */
export const feedStartMs = Date.UTC(2026, 5, 1, 12);
export const sha256 = 'ab'.repeat(32);

/** A feed of the outside temperature: three oracles, two must agree within half a degree, every minute. */
export function aFeed(given: Partial<FeedInput> = {}): FeedInput {
    return {
        feedId: 'temperature',
        question: 'outside temperature at the primary substation',
        type: 'air-temperature',
        agreement: { rule: 'median', unit: '°C', tolerance: 0.5 },
        quorum: 2,
        oracles: ['north', 'south', 'west'],
        startMs: feedStartMs,
        intervalMs: 60_000,
        windowMs: 30_000,
        ...given,
    };
}

export function aSource(given: Partial<SourceReference> = {}): SourceReference {
    return { name: 'https://weather.example/now', sha256, sizeBytes: 120, fetchedMs: feedStartMs, ...given };
}

export function aSubmission(given: Partial<SignableSubmission> = {}): SignableSubmission {
    return {
        feedId: 'temperature',
        tickMs: feedStartMs,
        oracleId: 'north',
        value: 21.5,
        source: aSource(),
        ...given,
    };
}

/** What an operator registers of an identity. */
export async function certificateOf({ serial, keys }: TestIdentity): Promise<OracleCertificate> {
    const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey);
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return { serial, publicKey: key.export({ format: 'der', type: 'spki' }).toString('base64') };
}

export async function signerOf(identity: TestIdentity, channel = stubChannel): Promise<SubmissionSigner> {
    return new SubmissionSigner({ privateKeyPem: await privateKeyPemOf(identity) }, channel);
}

/** A grid with a dispatcher and three registered oracles, two of one organisation and one of another. */
export class OracleGrid {
    readonly grid: TestGrid;
    readonly dispatcher: TestIdentity;
    readonly #oracles = new Map<string, TestIdentity>();

    private constructor(grid: TestGrid, dispatcher: TestIdentity) {
        this.grid = grid;
        this.dispatcher = dispatcher;
    }

    static async start(): Promise<OracleGrid> {
        const dispatcher = await newTestIdentity({ name: 'dispatcher', attributes: { role: 'dispatcher' } });
        const started = new OracleGrid(await TestGrid.start(), dispatcher);
        await started.register('north');
        await started.register('south');
        await started.register('west', 'PrimaryMSP');
        return started;
    }

    async register(oracleId: string, mspId = 'DispatchMSP', given?: TestIdentity): Promise<Simulation> {
        const identity = given ?? (await newTestIdentity({ name: oracleId, mspId }));
        this.#oracles.set(oracleId, identity);
        const operator = mspId === 'DispatchMSP' ? this.grid.operator : this.grid.foreignOperator;
        const certificate = await certificateOf(identity);
        return this.grid.ledger.submit(oracleCalls.register({ oracleId, certificate }), operator);
    }

    as(oracleId: string): TestIdentity {
        return this.#oracles.get(oracleId) ?? this.grid.reader;
    }

    define(given: Partial<FeedInput> = {}, by = this.dispatcher): Promise<Simulation> {
        return this.grid.ledger.submit(feedCalls.define(aFeed(given)), by);
    }

    async signed(given: Partial<SignableSubmission> = {}, channel = stubChannel): Promise<SubmissionInput> {
        const submission = aSubmission(given);
        return (await signerOf(this.as(submission.oracleId), channel)).sign(submission);
    }

    /** Signs and submits as the oracle that the submission names. */
    async submit(given: Partial<SignableSubmission> = {}): Promise<Simulation> {
        const submission = await this.signed(given);
        return this.send(submission, this.as(submission.oracleId));
    }

    send(submission: SubmissionInput, by: TestIdentity): Promise<Simulation> {
        return this.grid.ledger.submit(feedCalls.submit(submission), by);
    }

    conclude(tickMs = feedStartMs, by = this.dispatcher): Promise<Simulation> {
        return this.grid.ledger.submit(feedCalls.conclude({ feedId: 'temperature', tickMs }), by);
    }

    round(tickMs = feedStartMs): Promise<FeedRoundAnswer> {
        const call = feedCalls.queryRound({ feedId: 'temperature', tickMs });
        return this.grid.ledger.evaluate<FeedRoundAnswer>(call, this.grid.reader);
    }

    /** Moves the clock of all clients. */
    advance(ms: number): void {
        this.grid.ledger.nowMs += ms;
    }
}
