import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import type { AdminSession } from '../../../../network/admin/admin-session';
import { configureBlocks } from '../../../../network/admin/configure-blocks';
import { orderEnvelope } from '../../../../network/admin/order-envelope';
import { readChannelConfig } from '../../../../network/admin/read-channel-config';
import { revokeIdentity } from '../../../../network/admin/revoke-identity';
import { updateChannelConfig } from '../../../../network/admin/update-channel-config';
import { nativeBackend } from '../../../../network/backends/native/native-backend';
import { openAdminSession } from '../../../../network/backends/open-admin-session';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { connectGateway, type GatewayConnection } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { submitCall } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { readRevocationList, writeRevocationList } from '../../../../network/identities/revocation-store';
import type { Medium } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { newEnvelope, newPayload } from '../../../../network/wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../../../../network/wire/headers';
import { parseRevocationList } from '../../../../network/wire/revocation-list';
import { newSerializedIdentity } from '../../../../network/wire/serialized-identity';
import { signLowS } from '../../../../network/wire/signature';
import { newTransactionId } from '../../../../network/wire/transaction-id';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';

const binaries = process.env['FABRIC_BIN'];
const describeOnFabric = binaries ? describe : describe.skip;
const skipped = binaries ? '' : ' (skipped: FABRIC_BIN does not name a folder with Fabric’s programs)';

const [innocent, revoked, later] = ['DTU-B004', 'DTU-B005', 'DTU-B006'] as const;
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

describeOnFabric(`a running channel of real Fabric${skipped}`, () => {
    let folder = '';
    let running: RunningNetwork;
    let session: AdminSession;
    let lastTimeMs = 0;

    const connect = async (name: string): Promise<GatewayConnection> =>
        connectGateway(running, findIdentity(session.options.identities, name));
    const set = async (gateway: GatewayConnection): Promise<unknown> => {
        const terminalId = gateway.identity.name;
        lastTimeMs = Math.max(Date.now(), lastTimeMs + 1);
        const reading = { terminalId, timeMs: lastTimeMs, type: 'voltage', value: 10.2, unit: 'kV' } as const;
        return submitCall(gateway, measurementCalls.set({ ...reading, quality: 'valid' }));
    };
    const revoke = async (name: string): ReturnType<typeof revokeIdentity> => {
        const kept = await readRevocationList(running.identitiesDirectory, 'PrimaryMSP');
        return revokeIdentity(session, name, { kept, now: new Date() });
    };

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'channel-updates-'));
        const terminals = [innocent, revoked, later].map((id) => aTerminal(id, 'PrimaryMSP'));
        running = await nativeBackend.start(await aNetworkOnFreePorts({ media: [epon], terminals }), {
            runDirectory: folder,
            chaincodeDirectory: join(projectRoot, 'chaincode'),
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        });
        session = await openAdminSession(running);
        await provisionNetwork(running, session.options.identities);
    });
    afterAll(async () => {
        session.close();
        await nativeBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    it('cuts blocks otherwise after an update that two of three organisations sign', async () => {
        const { blockCutting, update } = await configureBlocks(session, { timeoutMs: 1_500, maxMessageCount: 7 });
        expect(blockCutting).toEqual({ ...running.network.channel.blockCutting, timeoutMs: 1_500, maxMessageCount: 7 });
        expect(update).toMatchObject({ sequence: 1, notHeardBy: [] });
        expect(update?.signedBy).toHaveLength(2);
        const { parsed } = await readChannelConfig(session);
        expect(parsed.batch).toEqual(blockCutting);
        const gateway = await connect(innocent);
        try {
            const before = performance.now();
            await set(gateway);
            expect(performance.now() - before).toBeGreaterThan(1_400);
        } finally {
            gateway.close();
        }
        expect((await configureBlocks(session, { timeoutMs: 50 })).update).toMatchObject({ sequence: 2 });
    });

    it('is left alone when nothing would change', async () => {
        const { blockNumber } = await readChannelConfig(session);
        const again = await configureBlocks(session, { timeoutMs: 50, maxMessageCount: 7 });
        expect(again.update).toBeUndefined();
        expect((await readChannelConfig(session)).blockNumber).toBe(blockNumber);
    });

    it.each([
        [{ timeoutMs: 0 }, 'The block time in milliseconds cannot be 0: give a whole number from 1 to 60000.'],
        [{ maxMessageCount: 1.5 }, 'The number of transactions in a block cannot be 1.5'],
        [{ preferredMaxBytes: 10_485_761 }, 'give a whole number from 1024 to 10485760.'],
    ])('refuses %j before anything is sent (BLOCK_CUTTING_INVALID)', async (change, sentence) => {
        const refused = configureBlocks(session, change);
        await expect(refused).rejects.toMatchObject({ fault: { code: 'BLOCK_CUTTING_INVALID' } });
        await expect(refused).rejects.toThrow(sentence);
    });

    it('keeps its configuration when an update would make none, and says why (ORDERER_REFUSED)', async () => {
        const { parsed } = await readChannelConfig(session);
        const refused = updateChannelConfig(session, ({ root }) => ({ ...root, mod_policy: '' }));
        await expect(refused).rejects.toMatchObject({ fault: { code: 'ORDERER_REFUSED', status: 400 } });
        expect((await readChannelConfig(session)).parsed.sequence).toBe(parsed.sequence);
    });

    it('refuses whom an organisation revoked, at peers and at orderers, and serves all others', async () => {
        const [gateway, other] = [await connect(revoked), await connect(innocent)];
        try {
            await set(gateway);
            const { list, update } = await revoke(revoked);
            expect(list?.number).toBe(1);
            expect(update).toMatchObject({ signedBy: ['PrimaryMSP'], notHeardBy: [] });
            await expect(set(gateway)).rejects.toMatchObject({
                fault: { code: 'ENDORSEMENT_FAILED', why: expect.stringContaining('access denied') },
            });
            await expect(evaluateCall(gateway, measurementCalls.query(revoked))).rejects.toThrow('access denied');
            await expect(connect(revoked)).rejects.toMatchObject({
                fault: { code: 'CERTIFICATE_REFUSED', name: revoked, mspId: 'PrimaryMSP' },
            });
            await expect(broadcast(revoked)).rejects.toMatchObject({ fault: { code: 'ORDERER_REFUSED', status: 403 } });
            await set(other);
            // Last: Fabric tells clients status 400 in place of the block that holds it, and their commit streams end.
            await broadcast(innocent);
        } finally {
            gateway.close();
            other.close();
        }
        const organization = session.options.identities.organizations['PrimaryMSP'];
        const logs = [`peer0.primary.feeder.example`, organization?.orderer.name ?? ''].map((node) =>
            readFileSync(join(running.runDirectory, 'logs', `${node}.log`), 'utf8'),
        );
        expect(logs.map((log) => log.includes('The certificate has been revoked'))).toEqual([true, true]);
    });

    it('adds to the list that is there, on the channel and in the identities’ folder', async () => {
        const organization = session.options.identities.organizations['PrimaryMSP'];
        if (!organization) throw new TypeError('the network has no PrimaryMSP');
        const { list } = await revoke(later);
        await writeRevocationList(running.identitiesDirectory, organization, list?.pem ?? '');
        const { parsed } = await readChannelConfig(session);
        const onChannel = parsed.msps.get('PrimaryMSP')?.revocationLists.map((each) => parseRevocationList(each)) ?? [];
        expect(onChannel.map(({ number, revoked: entries }) => [number, entries.size])).toEqual([[2, 2]]);
        const gateway = await connect(innocent);
        try {
            await set(gateway);
        } finally {
            gateway.close();
        }
        expect(await revoke(revoked)).toEqual({ mspId: 'PrimaryMSP', list: undefined, update: undefined });
    });

    it('lets nobody revoke an organisation’s administrator (ADMINISTRATOR_NOT_REVOCABLE)', async () => {
        await expect(revoke('primary-admin')).rejects.toMatchObject({ fault: { code: 'ADMINISTRATOR_NOT_REVOCABLE' } });
    });

    it('knows no organisation but its own (ORGANIZATION_NOT_ON_CHANNEL)', () => {
        expect(() => session.organizationOf('OtherMSP')).toThrow('has no organisation with the MSP id OtherMSP.');
    });

    /** Hands the orderer of the terminal's organisation a well-signed envelope that no peer endorsed. */
    async function broadcast(name: string): Promise<void> {
        const { certificatePem, privateKeyPem, mspId } = findIdentity(session.options.identities, name);
        const creator = newSerializedIdentity(mspId, certificatePem);
        const nonce = session.options.newNonce();
        const header = newChannelHeader({
            type: headerTypes.endorserTransaction,
            timestamp: timestampFromMs(Date.now()),
            channelId: running.network.channel.name,
            txId: newTransactionId(nonce, creator),
        });
        const payload = newPayload(header, newSignatureHeader(creator, nonce), Buffer.from('nothing'));
        const signature = signLowS(createPrivateKey(privateKeyPem), payload);
        await orderEnvelope(session, session.organizationOf(mspId), newEnvelope(payload, signature));
    }
});
