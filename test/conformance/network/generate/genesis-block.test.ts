import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../../../../network/backends/clean-environment';
import { waitUntil } from '../../../../network/backends/wait-until';
import { newGenesisBlock } from '../../../../network/generate/genesis-block';
import { identityFolders, writeIdentities } from '../../../../network/identities/identity-store';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import type { OrdererNode } from '../../../../network/topology/network-model';
import { aNetwork, anOrganization } from '../../../support/a-network';

const fabricBin = process.env['FABRIC_BIN'];
const describeWithFabric = fabricBin ? describe : describe.skip;
const why = fabricBin ? '' : " (skipped: set FABRIC_BIN to the folder that holds Fabric 2.5's own programs)";

let directory: string;
let orderer: ChildProcess | undefined;

describeWithFabric(`our genesis block, judged by Fabric itself${why}`, () => {
    beforeAll(async () => {
        directory = await mkdtemp(join(tmpdir(), 'genesis-'));
    });

    afterAll(async () => {
        if (orderer?.exitCode === null) {
            orderer.kill('SIGTERM');
            await once(orderer, 'exit');
        }
        await rm(directory, { recursive: true });
    });

    it('is decoded and encoded again without loss by configtxlator, and joined by an orderer', async () => {
        const [port, adminPort, operationsPort] = await Promise.all([freePort(), freePort(), freePort()]);
        const organizations = [
            anOrganization('dispatch', port),
            anOrganization('primary', 1),
            anOrganization('switching', 2),
        ];
        const [first] = organizations;
        if (!first) throw new RangeError('no organisation');
        const node = { ...first.orderer, adminPort, operationsPort };
        const network = aNetwork({ organizations: [{ ...first, orderer: node }, ...organizations.slice(1)] });
        const now = new Date();
        const identities = await issueIdentities(network, { now });
        await writeIdentities(directory, identities);
        const block = newGenesisBlock(network, identities, { now, nonce: Buffer.alloc(24, 3) });

        await expectLossless(block);
        orderer = await startOrderer(node, first.mspId);
        const answer = await join201(adminPort, block);
        expect(answer).toMatchObject({
            name: 'distribution',
            consensusRelation: 'consenter',
            status: 'active',
            height: 1,
        });
    });
});

async function expectLossless(block: Buffer): Promise<void> {
    const [encoded, decoded, again] = ['block', 'json', 'again'].map((name) => join(directory, name));
    if (!encoded || !decoded || !again) throw new RangeError('no files');
    await writeFile(encoded, block);
    const tool = join(fabricBin ?? '', 'configtxlator');
    execFileSync(tool, ['proto_decode', '--type', 'common.Block', '--input', encoded, '--output', decoded]);
    execFileSync(tool, ['proto_encode', '--type', 'common.Block', '--input', decoded, '--output', again]);
    execFileSync(tool, ['proto_decode', '--type', 'common.Block', '--input', again, '--output', `${decoded}2`]);
    expect(await readFile(`${decoded}2`, 'utf8')).toBe(await readFile(decoded, 'utf8'));
}

async function startOrderer(node: OrdererNode, mspId: string): Promise<ChildProcess> {
    const folder = identityFolders.orderer(directory, mspId, node.name);
    const started = spawn(join(fabricBin ?? '', 'orderer'), {
        cwd: directory,
        stdio: 'ignore',
        env: {
            ...cleanEnvironment(process.env),
            FABRIC_CFG_PATH: join(fabricBin ?? '', '..', 'config'), // where a Fabric release has its orderer.yaml
            ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
            ORDERER_GENERAL_LISTENADDRESS: '127.0.0.1',
            ORDERER_GENERAL_LISTENPORT: String(node.port),
            ORDERER_GENERAL_LOCALMSPID: mspId,
            ORDERER_GENERAL_LOCALMSPDIR: join(folder, 'msp'),
            ORDERER_GENERAL_TLS_ENABLED: 'true',
            ORDERER_GENERAL_TLS_PRIVATEKEY: join(folder, 'tls', 'server.key'),
            ORDERER_GENERAL_TLS_CERTIFICATE: join(folder, 'tls', 'server.crt'),
            ORDERER_GENERAL_TLS_ROOTCAS: `[${join(folder, 'tls', 'ca.crt')}]`,
            ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: join(folder, 'tls', 'server.crt'),
            ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: join(folder, 'tls', 'server.key'),
            ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
            ORDERER_ADMIN_LISTENADDRESS: `127.0.0.1:${node.adminPort}`,
            ORDERER_OPERATIONS_LISTENADDRESS: `127.0.0.1:${node.operationsPort}`,
            ORDERER_FILELEDGER_LOCATION: join(directory, 'ledger'),
            ORDERER_CONSENSUS_WALDIR: join(directory, 'wal'),
            ORDERER_CONSENSUS_SNAPDIR: join(directory, 'snap'),
        },
    });
    await waitUntil(() => isReady(started, node.adminPort), { deadlineMs: 20_000, forWhat: 'the orderer' });
    return started;
}

async function isReady(started: ChildProcess, adminPort: number): Promise<boolean> {
    if (started.exitCode !== null) throw new RangeError(`the orderer ended with exit code ${started.exitCode}`);
    try {
        return (await fetch(channelsUrl(adminPort))).ok;
    } catch {
        return false;
    }
}

async function join201(adminPort: number, block: Buffer): Promise<unknown> {
    const form = new FormData();
    form.append('config-block', new Blob([block]), 'genesis.block');
    const response = await fetch(channelsUrl(adminPort), { method: 'POST', body: form });
    expect(response.status).toBe(201);
    return response.json();
}

function channelsUrl(adminPort: number): string {
    return `http://127.0.0.1:${adminPort}/participation/v1/channels`;
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
}
