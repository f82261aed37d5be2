import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import { findBackend } from '../../network/backends/find-backend';
import type { NetworkBackend, NetworkStatus } from '../../network/backends/network-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
import { turnSiteLink } from '../../network/backends/site-links-of';
import { waitUntil } from '../../network/backends/wait-until';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { provisionNetwork } from '../../network/client/provision-network';
import { trySubmit, type SubmitOutcome } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import type { NetworkIdentities } from '../../network/identities/identity';
import { readIdentities } from '../../network/identities/identity-store';
import { projectRoot } from '../../network/topology/project-root';
import { aMedium } from '../support/a-medium';
import { aTerminal } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';

const binaries = process.env['FABRIC_BIN'];
const onFabric = binaries ? describe : describe.skip;
const skipped = binaries ? '' : ' (skipped: FABRIC_BIN does not name a folder with Fabric’s programs)';

const cutSite = 'primary';
const [cutOff, elsewhere] = ['DTU-B004', 'FTU-B007'];
const deadlines = { requestTimeoutMs: 5_000, commitTimeoutMs: 10_000 };

function defineScenario(backendName: 'embedded' | 'native'): void {
    const backend: NetworkBackend = findBackend(backendName);
    const open: GatewayConnection[] = [];
    let folder = '';
    let running: RunningNetwork;
    let identities: NetworkIdentities;

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'cut-off-'));
        const media = [
            aMedium({ name: 'epon' }),
            aMedium({ name: 'fibre-ethernet', latencyMs: 5, jitterMs: 2, lossRate: 0.0001 }),
        ];
        const terminals = [aTerminal(cutOff, 'PrimaryMSP'), aTerminal(elsewhere, 'SwitchingMSP')];
        const roleHolders = {
            operator: ['PrimaryMSP', 'SwitchingMSP'],
            dispatcher: ['DispatchMSP'],
            supervisor: ['DispatchMSP'],
        };
        running = await backend.start(await aNetworkOnFreePorts({ media, terminals, roleHolders }), {
            runDirectory: folder,
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
            links: true,
        });
        identities = await readIdentities(running.identitiesDirectory);
        await provisionNetwork(running, identities);
    }, 180_000);

    afterAll(async () => {
        for (const connection of open) connection.close();
        await backend.stop(running);
        await rm(folder, { recursive: true, force: true });
    });

    async function connect(terminalId: string): Promise<GatewayConnection> {
        const connection = await connectGateway(running, findIdentity(identities, terminalId), { deadlines });
        open.push(connection);
        return connection;
    }

    const set = (connection: GatewayConnection, terminalId: string, value: number): Promise<SubmitOutcome> =>
        trySubmit(
            connection,
            measurementCalls.set({
                terminalId,
                timeMs: Date.now(),
                type: 'current',
                value,
                unit: 'A',
                quality: 'valid',
            }),
        );

    const peerOf = ({ nodes }: NetworkStatus, site: string): number | undefined =>
        nodes.find(({ name }) => name === `peer0.${site}.feeder.example`)?.height;

    const isCut = ({ links = [] }: NetworkStatus): string[] =>
        links.filter((link) => link.isCut).map(({ site }) => site);

    it('tells of every site’s link', async () => {
        const { links } = await backend.status(running);
        expect(links?.map(({ site, medium }) => [site, medium])).toEqual([
            ['dispatch', 'fibre-ethernet'],
            ['primary', 'fibre-ethernet'],
            ['switching', 'fibre-ethernet'],
        ]);
        expect(links?.every(({ bytesDown }) => bytesDown > 10_000)).toBe(true);
    });

    it('refuses a site that there is not', async () => {
        const fault = { code: 'SITE_UNKNOWN', site: 'north', known: ['dispatch', 'primary', 'switching'] };
        await expect(turnSiteLink(running, 'cut', 'north')).rejects.toMatchObject({ fault });
    });

    it('goes on without a site that is cut off, which falls behind and catches up', async () => {
        const connection = await connect(elsewhere);
        expect(await set(connection, elsewhere, 1)).toMatchObject({ committed: true });
        const before = await waitUntil(
            async () => {
                const found = await backend.status(running);
                const heights = new Set(running.network.organizations.map(({ id }) => peerOf(found, id)));
                return heights.size === 1 && found;
            },
            { deadlineMs: 30_000, forWhat: 'all peers to be level' },
        );

        await turnSiteLink(running, 'cut', cutSite);
        expect(isCut(await backend.status(running))).toEqual([cutSite]);
        // The Raft leader, or the orderer that a peer hears, may have been there: they are missed first.
        await waitUntil(async () => (await set(connection, elsewhere, 2)).committed, {
            deadlineMs: 60_000,
            forWhat: 'a Set of another site to be committed',
        });
        for (const value of [3, 4, 5]) {
            expect(await set(connection, elsewhere, value)).toMatchObject({ committed: true });
        }
        const during = await backend.status(running);
        expect(peerOf(during, cutSite)).toBe(peerOf(before, cutSite));
        expect(peerOf(during, 'switching')).toBeGreaterThanOrEqual((peerOf(before, 'switching') ?? 0) + 4);

        await turnSiteLink(running, 'restore', cutSite);
        await waitUntil(
            async () => {
                const found = await backend.status(running);
                return peerOf(found, cutSite) === peerOf(found, 'switching');
            },
            { deadlineMs: 60_000, forWhat: 'the site’s peer to catch up' },
        );
        expect(isCut(await backend.status(running))).toEqual([]);
        await waitUntil(
            async () => {
                const own = await connect(cutOff);
                return (await set(own, cutOff, 6)).committed;
            },
            { deadlineMs: 60_000, forWhat: 'a Set of the site’s own terminal to be committed', intervalMs: 500 },
        );
    }, 240_000);
}

describe('a site that is cut off, on the embedded network', () => {
    defineScenario('embedded');
});

onFabric(`a site that is cut off, on Fabric’s own programs${skipped}`, () => {
    defineScenario('native');
});

describe('a network whose links are not modelled', () => {
    it('has none to cut', async () => {
        const network = await aNetworkOnFreePorts();
        const running = { network } as RunningNetwork;
        await expect(turnSiteLink(running, 'cut', cutSite)).rejects.toMatchObject({
            fault: { code: 'LINKS_NOT_MODELLED', network: 'small' },
        });
    });
});
