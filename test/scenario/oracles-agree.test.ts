import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Call } from '../../chaincode/src/calls/call-api';
import {
    feedCalls,
    feedEvents,
    type ConclusionRecord,
    type FeedInput,
    type FeedRoundAnswer,
    type SubmissionInput,
    type SubmissionRecord,
} from '../../chaincode/src/oracles/feeds-api';
import { oracleCalls } from '../../chaincode/src/oracles/oracles-api';
import { submissionBytes } from '../../chaincode/src/signatures/signed-bytes-api';
import { judgeSignature } from '../../chaincode/src/signatures/verify-signature';
import { waitUntil } from '../../network/backends/wait-until';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { FileSource } from '../../network/client/oracles/file-source';
import { HttpSource } from '../../network/client/oracles/http-source';
import { oracleCertificateOf } from '../../network/client/oracles/oracle-certificate';
import { OracleClient, type OracleDesk, type OracleStep } from '../../network/client/oracles/oracle-client';
import { SubmissionSigner } from '../../network/client/oracles/sign-submission';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { provisionNetwork } from '../../network/client/provision-network';
import { submitCall, trySubmit, type SubmitOutcome } from '../../network/client/submit-call';
import { submitUntilCommitted } from '../../network/client/submit-until-committed';
import { findIdentity } from '../../network/identities/find-identity';
import { describeOnEachBackEnd } from '../support/back-ends';
import { aControlledNetwork } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const names = ['dispatch-oracle', 'primary-oracle', 'switching-oracle'] as const;
const [first, second, third] = names;
const feedId = 'outside-temperature';

/** Three oracles read three sources, of which one lies; the ledger keeps what two agree on. */
describeOnEachBackEnd('oracles', (backEnd) => {
    let started: TestNetwork;
    let desk: OrganizationDesk;
    let folder = '';
    let server: Server;
    let origin = '';
    let notices: string[];
    let tickMs = 0;
    const open = new Map<string, GatewayConnection>();

    function until<T>(forWhat: string, found: () => Promise<T | undefined | false>): Promise<T> {
        return waitUntil(found, { deadlineMs: 30_000, forWhat });
    }

    async function as(name: string): Promise<GatewayConnection> {
        const connection = open.get(name) ?? (await desk.as(name));
        open.set(name, connection);
        return connection;
    }

    async function submit(name: string, call: Call): Promise<SubmitOutcome> {
        return trySubmit(await as(name), call);
    }

    async function clientOf(oracleId: string, given: Pick<OracleDesk, 'source' | 'pick'>): Promise<OracleClient> {
        const connection = await as(oracleId);
        return new OracleClient({
            oracleId,
            feedId,
            signer: signerOf(oracleId),
            clock: Date.now,
            evaluate: (call) => evaluateCall(connection, call),
            submit: (call) => submitCall(connection, call),
            ...given,
        });
    }

    function signerOf(oracleId: string): SubmissionSigner {
        return new SubmissionSigner(findIdentity(started.identities, oracleId), started.running.network.channel.name);
    }

    async function round(): Promise<FeedRoundAnswer> {
        return (await evaluateCall(desk.gate, feedCalls.queryRound({ feedId, tickMs }))) as FeedRoundAnswer;
    }

    /** Steps until the oracle answered: a peer may not have seen yet what was committed before. */
    function answered(client: OracleClient): Promise<Extract<OracleStep, { did: 'answered' }>> {
        return until('an answer', async () => {
            const step = await client.step();
            return step.did === 'answered' ? step : undefined;
        });
    }

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'oracles-'));
        server = createServer((request, response) => {
            const isCsv = request.url === '/stations.csv';
            const body = isCsv ? 'station,temperature\nsouth,3.5\nnorth,21.7\n' : '{"now":{"temperature":35}}';
            response.writeHead(200, { 'content-type': isCsv ? 'text/csv' : 'application/json' }).end(body);
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        started = await startTestNetwork(await aControlledNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        desk = await OrganizationDesk.open(started.running, started.identities, 'dispatch-reader');
        notices = await desk.notices();
    }, 240_000);

    afterAll(async () => {
        desk.close();
        await started.stop();
        server.closeAllConnections();
        server.close();
        await rm(folder, { recursive: true, force: true });
    });

    it('are registered by their organisations’ operators, and asked by a feed of the dispatcher’s', async () => {
        for (const [oracleId, operator] of [
            [first, 'dispatch-operator'],
            [second, 'primary-operator'],
            [third, 'switching-operator'],
        ] as const) {
            const certificate = oracleCertificateOf(findIdentity(started.identities, oracleId));
            const outcome = await submit(operator, oracleCalls.register({ oracleId, certificate }));
            expect(outcome).toMatchObject({ committed: true });
        }
        tickMs = Date.now();
        const feed: FeedInput = {
            feedId,
            question: 'temperature at the north station',
            type: 'air-temperature',
            agreement: { rule: 'median', unit: '°C', tolerance: 0.5 },
            quorum: 2,
            oracles: names,
            startMs: tickMs,
            intervalMs: 3_600_000,
            windowMs: 3_600_000,
        };
        await submitUntilCommitted(await as('dispatcher'), feedCalls.define(feed), { lagging: ['ORACLE_UNKNOWN'] });
        await until('the feed to be told', () => Promise.resolve(notices.includes(feedEvents.defined)));
    });

    it('answer from a file, a CSV and a JSON address, each with its value, digest and provenance', async () => {
        const file = join(folder, 'log.csv');
        await writeFile(file, 'time,temperature\n11:00,20.0\n12:00,21.5\n');
        const pick = { format: 'csv', separator: ',', column: 'temperature' } as const;
        const ofFile = await answered(await clientOf(first, { source: new FileSource(file), pick }));
        expect(ofFile.submission).toMatchObject({ value: 21.5, source: { name: 'file:log.csv', sizeBytes: 39 } });
        const row = { column: 'station', value: 'north' };
        const csv = new HttpSource(`${origin}/stations.csv`, { format: 'csv' });
        const ofCsv = await answered(await clientOf(second, { source: csv, pick: { ...pick, row } }));
        expect(ofCsv.submission).toMatchObject({ value: 21.7, source: { name: `${origin}/stations.csv` } });
    });

    it('do not answer twice: the client sees it, and a replay is refused by the contract', async () => {
        const { submissions } = await until('both answers', async () => {
            const found = await round();
            return found.submissions.length === 2 && found;
        });
        const [{ oracleId, value, source, signature }] = submissions as [SubmissionRecord, SubmissionRecord];
        const replay: SubmissionInput = { feedId, tickMs, oracleId, value, source, signature };
        const again = await until('a peer that knows', async () => {
            const outcome = await submit(oracleId, feedCalls.submit(replay));
            return !outcome.committed && outcome.fault.code === 'CHAINCODE_FAULT' && outcome.fault;
        });
        expect(again.fault).toMatchObject({ code: 'ALREADY_SUBMITTED', oracleId });
        const unread = new HttpSource(`${origin}/stations.csv`);
        const step = await (await clientOf(oracleId, { source: unread, pick: undefined })).step();
        expect(step).toEqual({ did: 'nothing', why: 'answered', tickMs });
    });

    it('are refused when nobody registered them, or when another sends for them', async () => {
        const signed = signerOf(third).sign({
            feedId,
            tickMs,
            oracleId: third,
            value: 21,
            source: { name: 'hearsay', sha256: 'ab'.repeat(32), sizeBytes: 1, fetchedMs: tickMs },
        });
        expect(await submit('switching-operator', feedCalls.submit(signed))).toMatchObject({
            fault: { fault: { code: 'NOT_THE_ORACLE', oracleId: third } },
        });
        expect(await submit(first, feedCalls.submit(signed))).toMatchObject({
            fault: { fault: { code: 'FOREIGN_ORACLE' } },
        });
        const unregistered = { ...signed, oracleId: 'dispatch-reader' };
        expect(await submit('dispatch-reader', feedCalls.submit(unregistered))).toMatchObject({
            fault: { fault: { code: 'ORACLE_UNKNOWN' } },
        });
    });

    it('are concluded when all have answered: one deviates, and the median of the others stands', async () => {
        const early = await submit('dispatcher', feedCalls.conclude({ feedId, tickMs }));
        expect(early).toMatchObject({ fault: { fault: { code: 'SUBMISSIONS_AWAITED', missing: [third] } } });
        const json = new HttpSource(`${origin}/now`, { format: 'json' });
        const pick = { format: 'json', pointer: '/now/temperature' } as const;
        await answered(await clientOf(third, { source: json, pick }));
        await submitUntilCommitted(await as('switching-dispatcher'), feedCalls.conclude({ feedId, tickMs }), {
            lagging: ['SUBMISSIONS_AWAITED'],
        });
        const { state, conclusion } = await until('the conclusion', async () => {
            const found = await round();
            return found.state === 'concluded' && found;
        });
        expect({ state, ...conclusion }).toMatchObject({
            state: 'concluded',
            value: 21.7,
            agreed: [first, second],
            deviated: [third],
            missing: [],
            byMspId: 'SwitchingMSP',
        } satisfies Partial<ConclusionRecord> & { state: string });
        await until('the event', () => Promise.resolve(notices.includes(feedEvents.concluded)));
    });

    it('said what can be verified by whoever has the ledger alone', async () => {
        const { submissions } = await round();
        const verdicts = submissions.map(({ oracleId, value, source, signature }) => {
            const message = submissionBytes(
                { feedId, tickMs, oracleId, value, source },
                started.running.network.channel.name,
            );
            const { publicKey } = oracleCertificateOf(findIdentity(started.identities, oracleId));
            return judgeSignature({ signerId: oracleId, publicKey }, message, signature);
        });
        expect(verdicts).toEqual([undefined, undefined, undefined]);
    });

    it('are heard no more in that round, nor at all once they are suspended', async () => {
        await submit('dispatch-operator', oracleCalls.suspend({ oracleId: first, reason: 'key lost' }));
        const signed = signerOf(second).sign({
            feedId,
            tickMs,
            oracleId: second,
            value: 22,
            source: { name: 'later', sha256: 'cd'.repeat(32), sizeBytes: 1, fetchedMs: Date.now() },
        });
        expect(await submit(second, feedCalls.submit(signed))).toMatchObject({
            fault: { fault: { code: 'ALREADY_SUBMITTED' } },
        });
        const suspended = await until('a peer that knows of the suspension', async () => {
            const outcome = await submit(first, feedCalls.submit({ ...signed, oracleId: first }));
            return (
                !outcome.committed &&
                outcome.fault.code === 'CHAINCODE_FAULT' &&
                outcome.fault.fault.code === 'ORACLE_NOT_SERVING' &&
                outcome.fault.fault
            );
        });
        expect(suspended).toMatchObject({ oracleId: first, state: 'suspended' });
    });
});
