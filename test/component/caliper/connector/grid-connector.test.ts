import '../../../../network/client/prepare-sdk';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TxStatus } from '@hyperledger/caliper-core';
import { ConfigUtil } from '@hyperledger/caliper-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectorFactory } from '../../../../caliper/connector/connector';
import type { GridConnector } from '../../../../caliper/connector/grid-connector';
import { statusKeys, warmFile } from '../../../../caliper/connector/transaction-record';
import { newCaliperFiles } from '../../../../caliper/rounds/caliper-files';
import type { LoadPlan } from '../../../../caliper/rounds/load-plan';
import { planRounds } from '../../../../caliper/rounds/plan-rounds';
import { writeCaliperFiles } from '../../../../caliper/rounds/write-caliper-files';
import { askLedger } from '../../../../caliper/run/ask-ledger';
import type { NetworkUnderTest } from '../../../../caliper/run/network-under-test';
import { startOnBackend } from '../../../../caliper/run/start-on-backend';
import { shareTerminals } from '../../../../caliper/terminals/share-terminals';
import { switchesOf } from '../../../../caliper/terminals/switches';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { embeddedBackend } from '../../../../network/backends/embedded-backend';
import { connectGateway } from '../../../../network/client/connect-gateway';
import { lastEvents } from '../../../../network/client/last-events';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { findIdentity } from '../../../../network/identities/find-identity';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Terminal } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { writeSmallTopology } from '../../../support/a-small-topology';

describe('GridConnector', () => {
    let directory: string;
    let under: NetworkUnderTest;
    let connector: GridConnector;
    let own: Terminal;
    let foreign: Terminal;

    beforeAll(async () => {
        directory = mkdtempSync(join(tmpdir(), 'connector-'));
        const network = await loadNetwork(writeSmallTopology(directory, 20_050 + (process.pid % 100) * 100));
        under = await startOnBackend(embeddedBackend, process.env)(network, join(directory, 'network'));
        await provisionNetwork(under, under.identities);
        const [run] = planRounds({ network, suite: 'default', connector: 'grid', rates: [20], transactions: 20 }).runs;
        if (run === undefined) throw new TypeError('nothing planned');
        const shares = shareTerminals(network);
        const switches = switchesOf(network).map((place) => ({ ...place, nextSoe: 1, position: 'on' as const }));
        const plan: LoadPlan = { network, asLocalhost: false, recordsDirectory: directory, relayUrls: {}, switches };
        const files = newCaliperFiles({
            directory,
            projectRoot,
            run,
            plan,
            connector: 'grid',
            connectionProfiles: under.connectionProfiles,
            identities: shares.flatMap(({ gateways }) => gateways.map(({ id }) => findIdentity(under.identities, id))),
        });
        await writeCaliperFiles(files.files);
        ConfigUtil.set(ConfigUtil.keys.NetworkConfig, files.networkFile);
        connector = await ConnectorFactory(0);
        [own, foreign] = [shares[0]?.terminals[0]?.terminal, shares[1]?.terminals[0]?.terminal] as [Terminal, Terminal];
        await connector.getContext(0, {});
    }, 120_000);
    afterAll(async () => {
        connector.close();
        await under.stop();
        rmSync(directory, { recursive: true });
    });

    const aSet = (terminalId: string, timeMs = Date.now()): Call =>
        measurementCalls.set({ terminalId, timeMs, type: 'voltage', value: 10.2, unit: 'kV', quality: 'valid' });
    const send = (call: Call, signer = own): Promise<TxStatus> =>
        connector.sendRequests({
            contractId: under.network.chaincode.name,
            contractFunction: `${call.contract}:${call.transaction}`,
            contractArguments: [...call.args],
            readOnly: call.readOnly,
            invokerMspId: signer.mspId,
            invokerIdentity: signer.id,
            terminalId: own.id,
        });

    it("opens the gateways of the worker's own terminals, and has each complete a submit before anything counts", async () => {
        const gateways = shareTerminals(under.network)[0]?.gateways ?? [];
        expect(connector.gatewayInstanceByIdentity.size).toBe(gateways.length);
        expect(existsSync(warmFile(directory, 0))).toBe(true);
        const reader = await connectGateway(under, findIdentity(under.identities, own.id));
        const contract = reader.fabric.getContract(under.network.chaincode.name, 'measurement');
        for (const { id } of gateways) {
            const answer = JSON.parse(
                String(await contract.evaluateTransaction('Query', ...measurementCalls.query(id).args)),
            ) as {
                newest: unknown;
            };
            expect(answer.newest).toMatchObject({ terminalId: id, reporter: id, quality: 'substituted' });
            expect(await lastEvents(reader, id)).toEqual({
                nextSoe: 2,
                positions: new Map([['Q0', { type: expect.any(String), state: 'on' }]]),
            });
        }
        reader.close();
    });

    it('keeps them through what Caliper calls the end of a context', async () => {
        const before = [...connector.gatewayInstanceByIdentity.values()];
        const context = await connector.getContext(1, {});
        await connector.releaseContext();
        expect(await connector.getContext(2, {})).toBe(context);
        expect([...connector.gatewayInstanceByIdentity.values()]).toEqual(before);
    });

    it('tells of a Set its terminal, its stages and its transaction, which the ledger then holds', async () => {
        const status = await send(aSet(own.id));
        expect(status.IsCommitted()).toBe(true);
        const { endorsedMs = 0, orderedMs = 0, ...told } = status.Get(statusKeys.told) as Record<string, number>;
        expect(told).toEqual({ terminalId: own.id });
        const stages = [status.GetTimeCreate(), endorsedMs, orderedMs, status.GetTimeFinal()];
        expect(stages).toEqual([...stages].sort((a, b) => a - b));
        const dispatch = await connectGateway(under, findIdentity(under.identities, own.id));
        const channel = under.network.channel.name;
        expect(await askLedger(dispatch, channel, status.GetID() ?? '')).toBe(true);
        expect(await askLedger(dispatch, channel, '00'.repeat(32))).toBe(false);
        expect(await askLedger(dispatch, 'nowhere', status.GetID() ?? '')).toBe('unknown');
        dispatch.close();
    });

    it('loses none of a burst', async () => {
        const statuses = await Promise.all(Array.from({ length: 50 }, () => send(aSet(own.id))));
        expect(statuses.filter((status) => !status.IsCommitted()).map((status) => status.Get(statusKeys.told))).toEqual(
            [],
        );
    });

    it("hands on the chaincode's own code of a refusal, as a failure", async () => {
        const status = await send(aSet(own.id, Date.now() + 3_600_000));
        expect(status.GetStatus()).toBe('failed');
        expect(status.Get(statusKeys.told)).toEqual({ terminalId: own.id, code: 'READING_FROM_FUTURE' });
        const query = await send(measurementCalls.query('NOBODY'));
        expect(query.Get(statusKeys.told)).toMatchObject({ code: 'TERMINAL_UNKNOWN' });
    });

    it("does not speak for another worker's terminals: GATEWAY_NOT_OPENED", async () => {
        await expect(send(aSet(foreign.id), foreign)).rejects.toMatchObject({ fault: { code: 'GATEWAY_NOT_OPENED' } });
    });
});
