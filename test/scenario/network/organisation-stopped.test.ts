import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../../chaincode/src/measurement/measurement-api';
import { nativeBackend } from '../../../network/backends/native/native-backend';
import type { NodeAct } from '../../../network/backends/network-backend';
import type { RunningNetwork } from '../../../network/backends/running-network';
import { waitUntil } from '../../../network/backends/wait-until';
import { ClientError } from '../../../network/client/client-errors';
import { connectGateway } from '../../../network/client/connect-gateway';
import type { GatewayConnection } from '../../../network/client/connect-gateway';
import { provisionNetwork } from '../../../network/client/provision-network';
import { readTransaction } from '../../../network/client/read-ledger';
import { submitCall, trySubmit } from '../../../network/client/submit-call';
import type { SubmitOutcome } from '../../../network/client/submit-call';
import { findIdentity } from '../../../network/identities/find-identity';
import { readIdentities } from '../../../network/identities/identity-store';
import type { NetworkIdentities } from '../../../network/identities/identity';
import type { Medium, Organization } from '../../../network/topology/network-model';
import { projectRoot } from '../../../network/topology/project-root';
import { aTerminal } from '../../support/a-network';
import { aNetworkOnFreePorts } from '../../support/a-network-on-free-ports';
import { fabricBinaries, skippedWithoutFabric } from '../../support/on-fabric';

const describeOnFabric = fabricBinaries ? describe : describe.skip;
const terminalOf: Readonly<Record<string, string>> = {
    DispatchMSP: 'DTU-B001',
    PrimaryMSP: 'DTU-B004',
    SwitchingMSP: 'FTU-B007',
};
const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};

describeOnFabric(`an organisation that stops (its orderer, peer and chaincode)${skippedWithoutFabric}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'organisation-stopped-'));
    const open: GatewayConnection[] = [];
    let running: RunningNetwork;
    let identities: NetworkIdentities;

    beforeAll(async () => {
        const mspIds = Object.keys(terminalOf);
        const network = await aNetworkOnFreePorts({
            media: [epon],
            terminals: Object.entries(terminalOf).map(([mspId, id]) => aTerminal(id, mspId)),
            roleHolders: { operator: mspIds, dispatcher: ['DispatchMSP'], supervisor: ['DispatchMSP'] },
        });
        running = await nativeBackend.start(network, {
            runDirectory: folder,
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        });
        identities = await readIdentities(running.identitiesDirectory);
        await provisionNetwork(running, identities);
    });
    afterAll(async () => {
        for (const connection of open) connection.close();
        await nativeBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    const connect = async ({ mspId }: Pick<Organization, 'mspId'>): Promise<GatewayConnection> => {
        const connection = await connectGateway(running, findIdentity(identities, terminalOf[mspId] ?? ''));
        open.push(connection);
        return connection;
    };
    const reading = ({ identity }: GatewayConnection, value: number): Call =>
        measurementCalls.set({
            terminalId: identity.name,
            timeMs: Date.now(),
            type: 'voltage',
            value,
            unit: 'kV',
            quality: 'valid',
        });
    const changeAll = async (act: NodeAct, { orderer, peers, chaincodeService }: Organization): Promise<void> => {
        const names = [chaincodeService, orderer, ...peers].map(({ name }) => name);
        await Promise.all(names.map((name) => nativeBackend.change(running, act, name)));
    };
    const findLeader = async (): Promise<Organization> =>
        waitUntil(
            async () => {
                const { nodes } = await nativeBackend.status(running);
                const leader = nodes.find(({ raft }) => raft === 'leader');
                return running.network.organizations.find(({ orderer }) => orderer.name === leader?.name);
            },
            { deadlineMs: 20_000, forWhat: 'the orderers to have a leader' },
        );
    const allLevel = async (): Promise<boolean> =>
        waitUntil(
            async () => {
                const heights = (await nativeBackend.status(running)).nodes.map(({ height }) => height);
                return heights[0] !== undefined && new Set(heights).size === 1;
            },
            { deadlineMs: 30_000, forWhat: 'all nodes to be level' },
        );

    /** The ledger's word on a transaction; undefined when it holds none of that id. */
    const verdictOf = async (transactionId: string): Promise<string | undefined> => {
        const [reader] = open.slice(-1);
        if (!reader) return undefined;
        try {
            return (await readTransaction(reader, transactionId)).code;
        } catch (error) {
            if (error instanceof ClientError && error.fault.code === 'NOT_ON_LEDGER') return undefined;
            throw error;
        }
    };

    interface Drill {
        readonly tookMs: number;
        /** Of a terminal of each of the two others, sent when the organisation had stopped. */
        readonly ofOthers: readonly SubmitOutcome[];
        /** Of its own terminal, whose gateway was open. */
        readonly ofItsOwn: SubmitOutcome;
        /** Of its own terminal, by a gateway that is opened meanwhile. */
        readonly ofNewcomer: SubmitOutcome;
        readonly caughtUp: boolean;
        readonly afterwards: SubmitOutcome;
    }

    const drill = async (victim: Organization, act: NodeAct): Promise<Drill> => {
        const others = running.network.organizations.filter(({ mspId }) => mspId !== victim.mspId);
        const ownTerminal = await connect(victim);
        const otherTerminals = await Promise.all(others.map(connect));
        for (const each of [ownTerminal, ...otherTerminals]) await submitCall(each, reading(each, 10));

        const stoppedAtMs = performance.now();
        await changeAll(act, victim);
        const ofOthers = await Promise.all(otherTerminals.map((each) => trySubmit(each, reading(each, 11))));
        const tookMs = performance.now() - stoppedAtMs;
        const ofItsOwn = await trySubmit(ownTerminal, reading(ownTerminal, 11));
        const newcomer = await connect(victim);
        const ofNewcomer = await trySubmit(newcomer, reading(newcomer, 11));

        await changeAll('start', victim);
        const caughtUp = await allLevel();
        const again = await connect(victim);
        const afterwards = await trySubmit(again, reading(again, 12));
        return { tookMs, ofOthers, ofItsOwn, ofNewcomer, caughtUp, afterwards };
    };

    const committed = { committed: true };
    const expected = {
        ofOthers: [committed, committed],
        // Two others endorse and order it, and tell of its commit; own peers are first, not alone.
        ofItsOwn: committed,
        ofNewcomer: committed,
        caughtUp: true,
        afterwards: committed,
    };

    it('holds up the two others for less than 10 s when the Raft leader was among it, and catches up', async () => {
        const drilled = await drill(await findLeader(), 'kill');
        expect(drilled).toMatchObject(expected);
        expect(drilled.tookMs).toBeLessThan(10_000);
    }, 120_000);

    it('holds up the two others for less than 10 s when the Raft leader is another’s, and catches up', async () => {
        const leader = await findLeader();
        const [victim = leader] = running.network.organizations.filter(({ mspId }) => mspId !== leader.mspId);
        const drilled = await drill(victim, 'stop');
        expect(drilled).toMatchObject(expected);
        expect(drilled.tookMs).toBeLessThan(10_000);
    }, 120_000);

    it('loses sight of none of 500 sets when the Raft leader is killed in the middle', async () => {
        const leader = await findLeader();
        const others = running.network.organizations.filter(({ mspId }) => mspId !== leader.mspId);
        const connections = await Promise.all(others.map(connect));
        for (const connection of connections) await submitCall(connection, reading(connection, 10));
        const startedAtMs = performance.now();
        const underway: Promise<SubmitOutcome>[] = [];
        let killed: Promise<unknown> = Promise.resolve();
        for (let index = 0; underway.length < 500; index += 1) {
            await waitUntil(() => performance.now() - startedAtMs >= index * 20, {
                deadlineMs: 30_000,
                forWhat: 'the next two to be due',
                intervalMs: 5,
            });
            if (index === 125) killed = nativeBackend.change(running, 'kill', leader.orderer.name);
            underway.push(...connections.map((each) => trySubmit(each, reading(each, index))));
        }
        const outcomes = await Promise.all(underway);
        await killed;
        const unaccounted: SubmitOutcome[] = [];
        for (const outcome of outcomes) {
            const onLedger = await verdictOf(outcome.transactionId);
            if (outcome.committed !== (onLedger === 'VALID')) unaccounted.push(outcome);
        }
        expect(outcomes).toHaveLength(500);
        expect(unaccounted).toEqual([]);
        // Those that the leader took with it were ordered again.
        expect(outcomes.filter((outcome) => outcome.committed).length).toBeGreaterThan(450);
        await nativeBackend.change(running, 'start', leader.orderer.name);
        expect(await allLevel()).toBe(true);
    }, 180_000);
});
