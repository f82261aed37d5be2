import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { measurementCalls, measurementEvents } from '../../../chaincode/src/measurement/measurement-api';
import type { NodeAct } from '../../../network/backends/network-backend';
import { waitUntil } from '../../../network/backends/wait-until';
import { connectGateway, type GatewayConnection } from '../../../network/client/connect-gateway';
import { evaluateCall } from '../../../network/client/evaluate-call';
import { followEvents, type FollowedEvent } from '../../../network/client/follow-events';
import { followNotices, type Notice } from '../../../network/client/follow-notices';
import { provisionNetwork } from '../../../network/client/provision-network';
import { readHeight } from '../../../network/client/read-ledger';
import { submitCall, trySubmit } from '../../../network/client/submit-call';
import { findIdentity } from '../../../network/identities/find-identity';
import type { Organization } from '../../../network/topology/network-model';
import { describeOnEachBackEnd, type BackEnd } from '../../support/back-ends';
import { aControlledNetwork, peersInStep } from '../../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../../support/start-test-network';

const terminalId = 'FTU-S001';
const ownMspId = 'PrimaryMSP';
/** A network takes seconds to start; on a machine that is busy with other tests, a minute and more. */
const startDeadlineMs = 180_000;

describeOnEachBackEnd('a terminal whose organisation has no living peer', (backEnd: BackEnd) => {
    let started: TestNetwork;
    let longOpen: GatewayConnection;
    let newcomer: GatewayConnection;
    const open: GatewayConnection[] = [];
    const notices: Notice[] = [];
    const events: FollowedEvent[] = [];

    const connect = async (): Promise<GatewayConnection> => {
        const connection = await connectGateway(started.running, findIdentity(started.identities, terminalId));
        open.push(connection);
        return connection;
    };
    const organizations = (): readonly Organization[] => started.running.network.organizations;
    const isOwn = ({ mspId }: Organization): boolean => mspId === ownMspId;
    const changePeers = async (act: NodeAct, of: (organization: Organization) => boolean): Promise<void> => {
        const peers = organizations()
            .filter(of)
            .flatMap((organization) => organization.peers);
        for (const { name } of peers) await backEnd.backend.change(started.running, act, name);
    };
    const firstInTurn = (): string => longOpen.nodes.peersInTurn(ownMspId)[0] ?? '';
    const ownAddress = (): string => {
        const [peer] = organizations().find(isOwn)?.peers ?? [];
        return `${peer?.host ?? ''}:${peer?.port ?? 0}`;
    };
    const reading = (value: number): Call =>
        measurementCalls.set({
            terminalId,
            timeMs: Date.now(),
            type: 'voltage',
            value,
            unit: 'kV',
            quality: 'valid',
        });
    const heardOf = async (transactionId: string): Promise<readonly string[]> =>
        waitUntil(
            () => {
                const notice = notices.find((each) => each.transactionId === transactionId);
                const event = events.find((each) => each.transactionId === transactionId);
                return notice && event && [notice.name, event.name];
            },
            { deadlineMs: 20_000, forWhat: `notice and event of ${transactionId}` },
        );

    beforeAll(async () => {
        started = await startTestNetwork(await aControlledNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        await peersInStep(backEnd, started.running);
        longOpen = await connect();
        await followNotices(longOpen, (notice) => notices.push(notice));
        await followEvents(longOpen, {
            onEvent: (event) => {
                events.push(event);
            },
        });
        await submitCall(longOpen, reading(10));
        await changePeers('stop', isOwn);
    }, startDeadlineMs);

    afterAll(async () => {
        for (const connection of open) connection.close();
        await started.stop();
    });

    it('goes on by its open gateway: it asks, has its readings committed, and hears of them', async () => {
        expect(await evaluateCall(longOpen, measurementCalls.query(terminalId))).toMatchObject({ terminalId });
        const outcome = await trySubmit(longOpen, reading(11));
        expect(outcome).toMatchObject({ committed: true });
        expect(await heardOf(outcome.transactionId)).toEqual([measurementEvents.set, measurementEvents.set]);
    });

    it('opens a gateway by another organisation’s peer, asks, has its readings committed and hears of them', async () => {
        newcomer = await connect();
        const heard: string[] = [];
        await followNotices(newcomer, ({ transactionId }) => heard.push(transactionId));
        expect(await evaluateCall(newcomer, measurementCalls.query(terminalId))).toMatchObject({ terminalId });
        const { transactionId } = await submitCall(newcomer, reading(12));
        await waitUntil(() => heard.includes(transactionId), { deadlineMs: 20_000, forWhat: 'the notice' });
        expect(await readHeight(newcomer)).toBeGreaterThan(1);
    });

    it('turns to its own peer again when that is back', async () => {
        expect(firstInTurn()).not.toBe(ownAddress());
        await changePeers('start', isOwn);
        await peersInStep(backEnd, started.running);
        await waitUntil(() => firstInTurn() === ownAddress(), { deadlineMs: 20_000, forWhat: 'its own peer’s turn' });
        await changePeers('stop', (organization) => organization.role === 'dispatch');
        for (const gateway of [longOpen, newcomer]) {
            const outcome = await trySubmit(gateway, reading(13));
            expect(outcome).toMatchObject({ committed: true });
        }
    });

    it('hears of a commit by every stream once, in the order of the blocks, through all that', () => {
        const numbers = events.map(({ blockNumber }) => blockNumber);
        expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
        expect(new Set(events.map(({ transactionId }) => transactionId)).size).toBe(events.length);
    });

    it('is told so in one sentence when nobody’s peer lives', async () => {
        await changePeers('stop', (organization) => organization.role !== 'dispatch');
        const startedMs = performance.now();
        await expect(connect()).rejects.toMatchObject({
            fault: {
                code: 'CLIENT_UNREACHABLE',
                why: 'no peer of PrimaryMSP, SwitchingMSP, DispatchMSP takes the connection',
            },
        });
        expect(performance.now() - startedMs).toBeLessThan(15_000);
    });
});
