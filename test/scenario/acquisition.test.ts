import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
    acquisitionCalls,
    acquisitionEvents,
    type SealNotice,
    type TaskInput,
} from '../../chaincode/src/acquisition/acquisition-api';
import {
    checkInclusion,
    findBrokenBlock,
    type DataBlockRecord,
    type InclusionProof,
} from '../../chaincode/src/acquisition/data-block-api';
import type { Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls, type ReadingInput } from '../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../chaincode/src/measurement/signed-reading-api';
import { waitUntil } from '../../network/backends/wait-until';
import { AcquisitionClient, ledgerOf, type AcquisitionStep } from '../../network/client/acquisition/acquisition-client';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { followEvents, type EventFollower, type FollowedEvent } from '../../network/client/follow-events';
import { provisionNetwork } from '../../network/client/provision-network';
import { ReadingSigner } from '../../network/client/sign-reading';
import { submitCall, trySubmit, type SubmitOutcome } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import { aTerminal } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { describeOnEachBackEnd } from '../support/back-ends';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const terminals = Array.from({ length: 10 }, (_, index) => `TTU-B10${index}`);
const [silent = '', ...reporting] = terminals;
const gatewayName = identityNames.operator('primary');
/** A network takes seconds to start; on a machine that is busy with other tests, a minute and more. */
const startDeadlineMs = 180_000;

describeOnEachBackEnd('rounds of readings', (backEnd) => {
    let started: TestNetwork;
    let gate: GatewayConnection;
    let watch: CommitWatch;
    let follower: EventFollower;
    let client: AcquisitionClient;
    const events: FollowedEvent[] = [];
    const open = new Map<string, Promise<GatewayConnection>>();

    function as(name: string): Promise<GatewayConnection> {
        const identity = findIdentity(started.identities, name);
        const connection =
            open.get(name) ?? connectGateway(started.running, identity, { sharing: gate, commitWatch: watch });
        open.set(name, connection);
        return connection;
    }

    let lastMs = 0;
    function aReading(terminalId: string, value: number): ReadingInput {
        lastMs = Math.max(lastMs + 1, Date.now());
        return { terminalId, timeMs: lastMs, type: 'voltage', value, unit: 'kV', quality: 'valid' };
    }

    async function submit(name: string, call: Call): Promise<void> {
        await submitCall(await as(name), call);
    }

    beforeAll(async () => {
        const network = await aNetworkOnFreePorts({
            media: [
                {
                    name: 'epon',
                    latencyMs: 1,
                    jitterMs: 0,
                    lossRate: 0,
                    uplinkKbps: 1_000_000,
                    downlinkKbps: 1_000_000,
                    clockToleranceMs: 30_000,
                    requestTimeoutMs: 30_000,
                    commitTimeoutMs: 30_000,
                    gatewayHolders: 'every-terminal',
                    origin: 'this test',
                },
            ],
            terminals: terminals.map((id) => ({ ...aTerminal(id, 'PrimaryMSP'), medium: 'epon' })),
        });
        started = await startTestNetwork(network, { backEnd });
        await provisionNetwork(started.running, started.identities);
        gate = await connectGateway(
            started.running,
            findIdentity(started.identities, identityNames.reader('dispatch')),
        );
        watch = await CommitWatch.open(gate);
        follower = await followEvents(gate, {
            fromBlock: 1,
            onEvent: (event) => {
                events.push(event);
            },
        });
        client = new AcquisitionClient(ledgerOf(await as(identityNames.dispatcher)), { leadMs: 1_000 });
    }, startDeadlineMs);

    afterAll(async () => {
        follower.stop();
        watch.close();
        gate.close();
        await started.stop();
    });

    describe('a time-driven task', () => {
        const taskId = 'voltages';
        let tickMs = 0;

        /** Steps of the acquisition client until one did what is waited for. */
        function stepUntil(forWhat: string, isDone: (step: AcquisitionStep) => boolean): Promise<AcquisitionStep> {
            const attempt = async (): Promise<AcquisitionStep | undefined> => {
                const step = await client.step(Date.now());
                return isDone(step) ? step : undefined;
            };
            return waitUntil(attempt, { deadlineMs: 40_000, forWhat });
        }

        it('is defined by the dispatcher, and its round is opened before the tick', async () => {
            tickMs = Date.now() + 3_000;
            const task: TaskInput = {
                taskId,
                type: 'voltage',
                unit: 'kV',
                toleranceMs: 10_000,
                timeScaleMs: 3_600_000,
                drive: { kind: 'time', startMs: tickMs },
                terminals,
                concentrators: [],
            };
            await submit(identityNames.dispatcher, acquisitionCalls.defineTask(task));
            const { opened } = await stepUntil('the round to be opened', (step) => step.opened.length > 0);
            expect(opened).toEqual([{ taskId, tickMs }]);
        });

        it('is sealed after tick + Δt while all terminals keep sending: nothing is lost to MVCC', async () => {
            await Promise.all(
                reporting.map((name, index) =>
                    submit(
                        name,
                        acquisitionCalls.reportForTask({
                            taskId,
                            tickMs,
                            timeMs: tickMs,
                            value: 10 + index / 10,
                            quality: 'valid',
                        }),
                    ),
                ),
            );
            const outcomes: SubmitOutcome[] = [];
            let isSealed = false;
            const keepSending = async (name: string): Promise<void> => {
                const connection = await as(name);
                for (let count = 0; !isSealed; count += 1) {
                    outcomes.push(await trySubmit(connection, measurementCalls.set(aReading(name, count))));
                }
            };
            const sending = Promise.all(terminals.map(keepSending));
            const { sealed, held } = await stepUntil('the round to be sealed', (step) => step.sealed.length > 0);
            isSealed = true;
            await sending;
            expect({ sealed, held }).toEqual({ sealed: [{ taskId, tickMs }], held: [] });
            expect(outcomes.length).toBeGreaterThan(terminals.length);
            expect(outcomes.filter(({ committed }) => !committed)).toEqual([]);
        });

        it('is a data block of what came, which names who was missing; each element is proven by the hash of the event', async () => {
            const heard = await waitUntil(() => events.find(({ name }) => name === acquisitionEvents.sealed), {
                deadlineMs: 10_000,
                forWhat: 'the event of the seal',
            });
            const { hash } = heard.payload as SealNotice;
            const round = { taskId, tickMs };
            const block = (await evaluateCall(gate, acquisitionCalls.queryDataBlock(round))) as DataBlockRecord;
            expect(block.hash).toBe(hash);
            expect(findBrokenBlock([block])).toBeUndefined();
            expect(block.header).toMatchObject({
                elements: reporting.length,
                missing: [silent],
                late: [],
                doubtful: [],
            });
            for (const terminalId of reporting) {
                const proof = (await evaluateCall(
                    gate,
                    acquisitionCalls.queryProof({ ...round, terminalId }),
                )) as InclusionProof;
                expect(checkInclusion(proof, hash)).toBe('included');
                const forged = { ...proof, element: { ...proof.element, value: 99 } };
                expect(checkInclusion(forged, hash)).toBe('not-included');
            }
        });

        it('has a round opened by an event, too: two terminals saw it, and there is one round', async () => {
            const task: TaskInput = {
                taskId: 'undervoltage',
                type: 'voltage',
                unit: 'kV',
                toleranceMs: 10_000,
                timeScaleMs: 10_000,
                drive: { kind: 'limit-crossing', direction: 'below', limit: 9 },
                terminals,
                concentrators: [],
            };
            await submit(identityNames.dispatcher, acquisitionCalls.defineTask(task));
            const [one = '', other = ''] = reporting;
            const trigger = acquisitionCalls.triggerRound({ taskId: task.taskId, timeMs: Date.now(), value: 8.5 });
            const outcomes = await Promise.all([one, other].map(async (name) => trySubmit(await as(name), trigger)));
            expect(outcomes.filter(({ committed }) => committed)).toHaveLength(1);
            await submit(other, measurementCalls.set(aReading(other, 8.6)));
            const opened = events.filter(({ name }) => name === acquisitionEvents.opened);
            expect(opened.map(({ payload }) => (payload as { taskId: string }).taskId)).toEqual([taskId, task.taskId]);
        });
    });

    describe('a signed reading', () => {
        const [terminalId = ''] = reporting;
        let signer: ReadingSigner;

        beforeAll(() => {
            const { running, identities } = started;
            signer = new ReadingSigner(findIdentity(identities, terminalId), running.network.channel.name);
        });

        async function forward(input: ReturnType<ReadingSigner['signReading']>): Promise<SubmitOutcome> {
            return trySubmit(await as(gatewayName), signedReadingCalls.setSigned(input));
        }

        it('is taken from a gateway that is not trusted; forged or replayed it is refused', async () => {
            const input = signer.signReading(aReading(terminalId, 10.1), 1);
            expect(await forward(input)).toMatchObject({ committed: true });
            const forged = { ...input, sequence: 2, reading: { ...input.reading, value: 12 } };
            expect(await forward(forged)).toMatchObject({ fault: { fault: { code: 'SIGNATURE_INVALID' } } });
            expect(await forward(input)).toMatchObject({ fault: { fault: { code: 'REPLAYED', sequence: 1 } } });
        });

        it('is on the ledger once, however often it is sent at the same time', async () => {
            const input = signer.signReading(aReading(terminalId, 10.2), 3);
            const outcomes = await Promise.all(Array.from({ length: 5 }, () => forward(input)));
            expect(outcomes.filter(({ committed }) => committed)).toHaveLength(1);
            const others = outcomes.flatMap((outcome) => (outcome.committed ? [] : [outcome.fault]));
            const reasons = others.map((fault) => (fault.code === 'NOT_COMMITTED' ? fault.validationCode : fault.code));
            expect(reasons.every((reason) => reason === 'MVCC_READ_CONFLICT' || reason === 'CHAINCODE_FAULT')).toBe(
                true,
            );
        });
    });
});
