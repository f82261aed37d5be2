import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../../chaincode/src/measurement/measurement-api';
import { nativeBackend } from '../../../network/backends/native/native-backend';
import type { NodeAct } from '../../../network/backends/network-backend';
import type { RunningNetwork } from '../../../network/backends/running-network';
import { waitUntil } from '../../../network/backends/wait-until';
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
import { describeOnFabric } from '../../support/on-fabric';

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

describeOnFabric('an organisation that stops (its orderer, peer and chaincode)', () => {
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

    const drill = async (chooseVictim: (leader: Organization) => Organization, act: NodeAct): Promise<void> => {
        const { organizations } = running.network;
        const victim = chooseVictim(await findLeader());
        const survivors = organizations.filter(({ mspId }) => mspId !== victim.mspId);
        const [ofVictim, ...ofSurvivors] = await Promise.all([victim, ...survivors].map(connect));
        if (!ofVictim) throw new Error('there is no victim');
        for (const connection of [ofVictim, ...ofSurvivors]) await submitCall(connection, reading(connection, 10));

        const stoppedAtMs = performance.now();
        await changeAll(act, victim);
        const outcomes = await Promise.all(ofSurvivors.map((each) => trySubmit(each, reading(each, 11))));
        const tookMs = performance.now() - stoppedAtMs;
        expect(outcomes).toEqual(survivors.map(() => expect.objectContaining({ committed: true })));
        expect(tookMs).toBeLessThan(10_000);

        const refused = await trySubmit(ofVictim, reading(ofVictim, 11));
        expect(refused).toMatchObject({ committed: false, fault: { code: expect.any(String) as unknown } });
        await expect(connect(victim)).rejects.toMatchObject({ fault: { code: 'CLIENT_UNREACHABLE' } });

        await changeAll('start', victim);
        expect(await allLevel()).toBe(true);
        const again = await connect(victim);
        await submitCall(again, reading(again, 12));
        console.log(act, tookMs, refused);
    };

    it('does not hold up the two others for 10 s when the Raft leader was among it, and catches up', async () => {
        await drill((leader) => leader, 'kill');
    }, 120_000);

    it('does not hold up the two others for 10 s when the Raft leader is another’s, and catches up', async () => {
        await drill((leader) => running.network.organizations.find((each) => each !== leader) ?? leader, 'stop');
    }, 120_000);

    it('loses sight of none of 500 sets when the Raft leader is killed in the middle', async () => {
        const leader = await findLeader();
        const [first, second] = running.network.organizations.filter(({ mspId }) => mspId !== leader.mspId);
        if (!first || !second) throw new Error('there are no two others');
        const connections = [await connect(first), await connect(second)];
        for (const connection of connections) await submitCall(connection, reading(connection, 10));
        const underway: Promise<SubmitOutcome>[] = [];
        const startedAtMs = performance.now();
        let killed: Promise<unknown> = Promise.resolve();
        for (let index = 0; index < 500; index += 1) {
            await waitUntil(() => performance.now() - startedAtMs >= index * 10, {
                deadlineMs: 30_000,
                forWhat: 'its turn',
                intervalMs: 5,
            });
            if (index === 250) killed = nativeBackend.change(running, 'kill', leader.orderer.name);
            const connection = connections[index % 2] as GatewayConnection;
            underway.push(trySubmit(connection, reading(connection, index)));
        }
        const outcomes = await Promise.all(underway);
        await killed;
        const reader = connections[0] as GatewayConnection;
        const fates = { committed: 0, failed: 0, lost: [] as unknown[] };
        for (const outcome of outcomes) {
            const found = await readTransaction(reader, outcome.transactionId).then(
                ({ code }) => code,
                () => undefined,
            );
            if (outcome.committed && found === 'VALID') fates.committed += 1;
            else if (!outcome.committed && found !== 'VALID') fates.failed += 1;
            else fates.lost.push({ outcome, found });
        }
        console.log(
            fates,
            outcomes.filter(({ committed }) => !committed).slice(0, 3),
            Math.max(...outcomes.map(({ times }) => times.finishedMs - times.sentMs)),
        );
        expect(fates).toEqual({ committed: fates.committed, failed: 500 - fates.committed, lost: [] });
        await nativeBackend.change(running, 'start', leader.orderer.name);
        expect(await allLevel()).toBe(true);
    }, 180_000);
});
