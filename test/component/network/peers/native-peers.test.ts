import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { measurementCalls, type NewestAnswer } from '../../../../chaincode/src/measurement/measurement-api';
import type { OwnedPeer } from '../../../../network/admin/admin-session';
import { askForEndorsement } from '../../../../network/admin/ask-peer';
import { nativeBackend } from '../../../../network/backends/native/native-backend';
import type { StartOptions } from '../../../../network/backends/network-backend';
import { isProcessAlive, refreshRunningNetwork } from '../../../../network/backends/running-network';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { waitUntil } from '../../../../network/backends/wait-until';
import { connectGateway, type GatewayConnection } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { submitCall, trySubmit } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import { readIdentities } from '../../../../network/identities/identity-store';
import { addPeer } from '../../../../network/peers/add-peer';
import { atPeersDesk } from '../../../../network/peers/at-peers-desk';
import { backUpNode } from '../../../../network/peers/back-up-node';
import { migratePeer } from '../../../../network/peers/migrate-peer';
import type { PeersDesk } from '../../../../network/peers/peers-desk';
import { readBackup } from '../../../../network/peers/read-backup';
import { reprotect } from '../../../../network/peers/reprotect';
import { restorePeer } from '../../../../network/peers/restore-peer';
import type { Medium, Network, PeerNode } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { newProposal } from '../../../../network/wire/proposal';
import { anOrganization, aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';

const describeOnFabric = process.env['FABRIC_BIN'] ? describe : describe.skip;
const skipped = process.env['FABRIC_BIN'] ? '' : ' (skipped: FABRIC_BIN does not name a folder with Fabric’s programs)';

const terminalId = 'DTU-B004';
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

/** Three organisations; the first has a committer and a backup, too, as its topology would declare them. */
async function aNetworkWithRoles(): Promise<Network> {
    const dispatch = anOrganization('dispatch', 7050);
    const [endorser] = dispatch.peers as [PeerNode];
    const further = (role: PeerNode['role'], at: number): PeerNode => ({
        ...endorser,
        role,
        name: `peer${at}.${dispatch.domain}`,
    });
    return aNetworkOnFreePorts({
        media: [epon],
        terminals: [aTerminal(terminalId, 'PrimaryMSP')],
        organizations: [
            { ...dispatch, peers: [endorser, further('committer', 1), further('backup', 2)] },
            anOrganization('primary', 7070),
            anOrganization('switching', 7090),
        ],
    });
}

/** The terminal's values as this very peer tells them. */
async function historyAt(desk: PeersDesk, asked: OwnedPeer): Promise<number[]> {
    const signer = desk.session.adminOf(asked.organization);
    const { contract, transaction, args } = measurementCalls.queryHistory({ terminalId, pageSize: 100, bookmark: '' });
    const proposal = newProposal({
        channelId: desk.network.channel.name,
        chaincodeName: desk.network.chaincode.name,
        args: [`${contract}:${transaction}`, ...args],
        creator: signer.creator,
        nonce: randomBytes(24),
        timestampMs: Date.now(),
    });
    const { response } = await askForEndorsement(desk.session, asked, signer, proposal);
    const page = JSON.parse(response.payload.toString()) as Page<{ readonly value: number }>;
    return page.items.map(({ value }) => value);
}

describeOnFabric(`peers of a native network${skipped}`, () => {
    let folder = '';
    let asked: Network;
    let running: RunningNetwork;
    let identities: NetworkIdentities;
    let options: StartOptions;

    const at = async <T>(act: (desk: PeersDesk) => Promise<T>): Promise<T> => {
        running = await refreshRunningNetwork(running);
        const result = await atPeersDesk(running, 'be changed', act);
        running = await refreshRunningNetwork(running);
        return result;
    };
    const heightsOf = async (): Promise<Record<string, number | undefined>> => {
        const { nodes } = await nativeBackend.status(running);
        return Object.fromEntries(nodes.map(({ name, height }) => [name, height]));
    };
    const connect = async (): Promise<GatewayConnection> =>
        connectGateway(await refreshRunningNetwork(running), findIdentity(identities, terminalId));
    const aReading = (value: number): Parameters<typeof measurementCalls.set>[0] => {
        const reading = { terminalId, type: 'voltage', unit: 'kV', quality: 'valid' } as const;
        return { ...reading, timeMs: Date.now(), value };
    };
    const set = async (value: number): Promise<void> => {
        const gateway = await connect();
        try {
            await submitCall(gateway, measurementCalls.set(aReading(value)));
        } finally {
            gateway.close();
        }
    };
    /** Values on the ledger, as an endorser of the terminal's own organisation tells them. */
    const readHistory = async (): Promise<number[]> => {
        const gateway = await connect();
        const values: number[] = [];
        try {
            for (let bookmark = ''; ;) {
                const call = measurementCalls.queryHistory({ terminalId, pageSize: 100, bookmark });
                const page = (await evaluateCall(gateway, call)) as Page<NonNullable<NewestAnswer['newest']>>;
                values.push(...page.items.map(({ value }) => value));
                bookmark = page.bookmark;
                if (bookmark === '') return values.sort((a, b) => a - b);
            }
        } finally {
            gateway.close();
        }
    };
    const peersOf = (mspId: string): Record<string, string> => {
        const own = running.network.organizations.find((organization) => organization.mspId === mspId);
        return Object.fromEntries((own?.peers ?? []).map(({ name, role }) => [name, role]));
    };
    const told = (mspId: string): string[] => Object.keys(running.connectionProfiles[mspId]?.peers ?? {});

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'native-peers-'));
        asked = await aNetworkWithRoles();
        options = {
            runDirectory: join(folder, 'run'),
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        };
        running = await nativeBackend.start(asked, options);
        identities = await readIdentities(running.identitiesDirectory);
        await provisionNetwork(running, identities);
        await set(1);
    });
    afterAll(async () => {
        await nativeBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    it('commit only, when their topology says so: they follow, without chaincode, and no client hears of them', async () => {
        const { nodes } = await nativeBackend.status(running);
        const own = nodes.filter(({ name, kind }) => kind === 'peer' && name.includes('.dispatch.'));
        expect(own.map(({ role, hasChaincode }) => [role, hasChaincode])).toEqual([
            ['endorser', true],
            ['committer', false],
            ['backup', false],
        ]);
        expect(told('DispatchMSP')).toEqual(['peer0.dispatch.feeder.example']);
        const gateway = await connectGateway(running, findIdentity(identities, 'dispatch-reader'));
        const known = gateway.fabric.getChannel().getEndorsers();
        gateway.close();
        expect(known.map(({ name }) => name).sort()).toEqual(
            running.network.organizations.map(({ peers: [first] }) => `127.0.0.1:${first?.port ?? 0}`).sort(),
        );
    });

    it('are added with every block, and keep what they are while the network is down', async () => {
        const { peer } = await at((desk) => addPeer(desk, { organizationId: 'primary', role: 'backup' }));
        expect(peersOf('PrimaryMSP')).toEqual({
            'peer0.primary.feeder.example': 'endorser',
            [peer.name]: 'backup',
        });
        const heights = await heightsOf();
        expect(heights[peer.name]).toBe(heights['peer0.primary.feeder.example']);
        expect(told('PrimaryMSP')).toEqual(['peer0.primary.feeder.example']);
        await nativeBackend.stop(running);
        running = await nativeBackend.start(asked, options);
        expect(peersOf('PrimaryMSP')).toHaveProperty([peer.name], 'backup');
        await set(2);
        expect(Object.keys(await heightsOf())).toContain(peer.name);
    });

    it('move without losing a Set that was announced as committed', async () => {
        const announced: number[] = [];
        const pidBefore = running.nodePids?.['peer0.primary.feeder.example'] ?? 0;
        let isMoving = true;
        let value = 100;
        const keepSetting = async (): Promise<void> => {
            // As a client that looks the network up again when something fails.
            for (let goesOn = true; goesOn; goesOn = isMoving) {
                const gateway = await connect();
                try {
                    for (let isWell = true; isWell; value += 1) {
                        const outcome = await trySubmit(gateway, measurementCalls.set(aReading(value)));
                        if (outcome.committed) announced.push(value);
                        isWell = isMoving && outcome.committed;
                    }
                } finally {
                    gateway.close();
                }
            }
        };
        const longOpen = await connect();
        const moving = at((desk) => migratePeer(desk, 'peer0.primary')).finally(() => {
            isMoving = false;
        });
        await Promise.all([moving, keepSetting()]);
        const { from, to } = await moving;
        const pidsNow = Object.values(running.nodePids ?? {});
        expect(announced.length).toBeGreaterThan(5);
        expect(Object.keys(await heightsOf())).not.toContain(from.peer.name);
        expect(isProcessAlive(pidBefore)).toBe(false);
        expect(pidsNow.every(isProcessAlive)).toBe(true);
        expect(peersOf('PrimaryMSP')).toMatchObject({ [to.peer.name]: 'endorser' });
        expect(told('PrimaryMSP')).toEqual([to.peer.name]);
        // Nobody tells a gateway that is open; it asks discovery anew when the peer's old address refuses it.
        const isFound = async (): Promise<boolean> => {
            await evaluateCall(longOpen, measurementCalls.query(terminalId));
            return longOpen.nodes.peersInTurn('PrimaryMSP')[0] === `127.0.0.1:${to.peer.port}`;
        };
        await waitUntil(isFound, { deadlineMs: 30_000, forWhat: 'a long-open gateway to find the moved peer' });
        longOpen.close();
        await set(3);
        const history = await readHistory();
        expect(history).toEqual(expect.arrayContaining([1, 2, 3, ...announced]));
    });

    it('are brought in for an endorser that was killed, and a new backup is made', async () => {
        const [failed = '', backup = ''] = Object.entries(peersOf('PrimaryMSP'))
            .sort(([, one], [, other]) => (one < other ? 1 : -1))
            .map(([name]) => name);
        await nativeBackend.change(running, 'kill', failed);
        const done = await at((desk) => reprotect(desk, 'primary'));
        expect(done).toMatchObject({ failed: [failed], broughtIn: { peer: { name: backup, role: 'endorser' } } });
        expect(peersOf('PrimaryMSP')).toEqual({ [backup]: 'endorser', [done.newBackup.peer.name]: 'backup' });
        expect(told('PrimaryMSP')).toEqual([backup]);
        const heights = await heightsOf();
        expect(heights[done.newBackup.peer.name]).toBe(heights[backup]);
        expect(await nativeBackend.whyEnded(running)).toBeUndefined();
        await set(4);
        expect(await readHistory()).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    });

    it('are restored from the blocks of a backup, and answer the history before it', async () => {
        const place = join(folder, 'copies', 'of-orderer');
        const manifest = await at((desk) => backUpNode(desk, 'orderer.dispatch', place));
        await at((desk) => backUpNode(desk, 'peer1.dispatch', join(folder, 'copies', 'of-peer')));
        expect(readdirSync(join(folder, 'copies')).sort()).toEqual(['of-orderer', 'of-peer']);
        await set(5);
        const restored = await at(async (desk) =>
            restorePeer(desk, await readBackup(place), { organizationId: 'primary', role: 'endorser' }),
        );
        expect(restored.blocksFromBackup).toBe(manifest.height - 1);
        const heights = await heightsOf();
        expect(heights[restored.peer.name]).toBe(heights['peer0.switching.feeder.example']);
        const history = await at((desk) => historyAt(desk, restored));
        expect(history).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]));
    });

    it('are not made of what does not fit, and then nothing is left of them', async () => {
        const before = { peers: peersOf('SwitchingMSP'), folders: readdirSync(join(running.runDirectory, 'ledgers')) };
        const place = join(folder, 'copies', 'of-peer');
        const file = join(place, 'blocks-000000');
        const bytes = readFileSync(file);
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        await expect(readBackup(place)).rejects.toMatchObject({ fault: { code: 'BACKUP_INVALID', file } });
        const refusals = [
            [(desk: PeersDesk) => reprotect(desk, 'switching'), { code: 'PRIMARY_SERVES', organization: 'switching' }],
            [(desk: PeersDesk) => reprotect(desk, 'nowhere'), { code: 'ORGANIZATION_ID_UNKNOWN', id: 'nowhere' }],
            [(desk: PeersDesk) => migratePeer(desk, 'orderer.switching'), { code: 'NOT_A_PEER', kind: 'orderer' }],
            [(desk: PeersDesk) => backUpNode(desk, 'chaincode.switching', join(folder, 'no')), { code: 'NO_LEDGER' }],
            [
                (desk: PeersDesk) =>
                    addPeer(desk, {
                        organizationId: 'switching',
                        role: 'backup',
                        port: running.network.organizations[0]?.orderer.port,
                    }),
                { code: 'PORT_IN_USE' },
            ],
            [async (desk: PeersDesk) => atPeersDesk(running, '', () => Promise.resolve(desk)), { code: 'PEERS_BUSY' }],
        ] as const;
        for (const [act, fault] of refusals) await expect(at<unknown>(act)).rejects.toMatchObject({ fault });
        await nativeBackend.change(running, 'kill', 'peer0.switching');
        await expect(at((desk) => reprotect(desk, 'switching'))).rejects.toMatchObject({
            fault: { code: 'NO_BACKUP_PEER', organization: 'switching' },
        });
        for (const act of [
            (desk: PeersDesk) => migratePeer(desk, 'peer0.switching'),
            (desk: PeersDesk) => backUpNode(desk, 'peer0.switching', join(folder, 'no')),
        ]) {
            await expect(at<unknown>(act)).rejects.toMatchObject({ fault: { code: 'NODE_NOT_SERVING' } });
        }
        expect(peersOf('SwitchingMSP')).toEqual(before.peers);
        expect(readdirSync(join(running.runDirectory, 'ledgers'))).toEqual(before.folders);
    });
});
