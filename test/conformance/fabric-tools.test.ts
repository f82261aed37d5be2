import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { common } from 'fabric-protos/bundle';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitForLeader } from '../../network/admin/channel-readiness';
import { readChannelConfig } from '../../network/admin/read-channel-config';
import { nativeBackend } from '../../network/backends/native/native-backend';
import { openAdminSession } from '../../network/backends/open-admin-session';
import { runFiles, type RunningNetwork } from '../../network/backends/running-network';
import { newGenesisBlock } from '../../network/generate/genesis-block';
import { findIdentity, getOrganization } from '../../network/identities/find-identity';
import { readIdentities } from '../../network/identities/identity-store';
import { issueRevocationList, serialNumberOf } from '../../network/identities/issue-revocation-list';
import { projectRoot } from '../../network/topology/project-root';
import { requireGroup, requireValue, withValue } from '../../network/wire/config-tree';
import { compareConfig, newConfigUpdate, newConfigUpdateEnvelope } from '../../network/wire/config-update';
import { configValues } from '../../network/wire/config-values';
import { withRevocationLists } from '../../network/wire/msp-config';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { missingTools, OrganizationTools, runTool, type ToolResult } from '../support/fabric-tools';

const missing = missingTools('peer', 'orderer', 'osnadmin', 'configtxlator');
const describeWithTools = missing.length === 0 ? describe : describe.skip;
const skipped = missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} not found in FABRIC_BIN or on PATH)`;

const chaincodeDirectory = join(projectRoot, 'chaincode');
const second = 'by-hand';
const quickRaft = {
    tickIntervalMs: 100,
    electionTicks: 10,
    heartbeatTicks: 1,
    maxInflightBlocks: 5,
    snapshotIntervalBytes: 16 * 1024 * 1024,
};

/** Everything that a tool printed; what it says when all is well goes to either of its outputs. */
function said({ stdout, stderr }: ToolResult): string {
    return stdout + stderr;
}

describeWithTools(`Fabric’s own tools${skipped}`, () => {
    let folder = '';
    let running: RunningNetwork;
    let organizations: OrganizationTools[] = [];
    let first: OrganizationTools;

    const place = (name: string): string => join(folder, name);
    const decode = async (type: string, bytes: Buffer): Promise<unknown> => {
        const [input, output] = [place('to-decode.pb'), place('decoded.json')];
        writeFileSync(input, bytes);
        const args = ['proto_decode', '--type', type, '--input', input, '--output', output];
        const { status, stderr } = await runTool('configtxlator', args);
        expect([status, stderr]).toEqual([0, '']);
        return JSON.parse(readFileSync(output, 'utf8'));
    };

    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'fabric-tools-'));
        running = await nativeBackend.start(await aNetworkOnFreePorts(), {
            runDirectory: join(folder, 'run'),
            chaincodeDirectory,
            environment: process.env,
            now: new Date(),
            endsWithStarter: true,
        });
        organizations = running.network.organizations.map((each) => new OrganizationTools(running, each));
        [first] = organizations as [OrganizationTools];
    });
    afterAll(async () => {
        await nativeBackend.stop(running);
        rmSync(folder, { recursive: true, force: true });
    });

    it('configtxlator decodes the genesis block down to its policies and certificates', async () => {
        const block = await decode('common.Block', readFileSync(runFiles.genesisBlock(running.runDirectory)));
        const config = 'data.data.0.payload.data.config.channel_group.groups';
        expect(block).toMatchObject({ header: { number: '0' } });
        expect(block).toHaveProperty(`${config}.Orderer.values.BatchTimeout.value.timeout`, '250ms');
        expect(block).toHaveProperty(
            `${config}.Application.policies.LifecycleEndorsement.policy.value.rule`,
            'MAJORITY',
        );
        expect(block).toHaveProperty(
            `${config}.Application.groups.dispatch.values.MSP.value.config.name`,
            'DispatchMSP',
        );
    });

    it('configtxlator computes the same update from the same configurations, and decodes its envelope', async () => {
        const session = await openAdminSession(running);
        try {
            const { root, parsed } = await readChannelConfig(session);
            const { identities } = session.options;
            const { certificatePem } = findIdentity(identities, 'primary-operator');
            const request = { former: [], serialNumber: serialNumberOf(certificatePem), now: new Date() };
            const { pem } = issueRevocationList(getOrganization(identities, 'PrimaryMSP').ca, request);
            const application = requireGroup(parsed.root, '/Channel', 'Application');
            const msp = requireValue(requireGroup(application, '/Channel/Application', 'primary'), 'primary', 'MSP');
            const timed = withValue(root, ['Orderer'], { name: 'BatchTimeout', bytes: configValues.batchTimeout(75) });
            const updated = withValue(timed, ['Application', 'primary'], {
                name: 'MSP',
                bytes: withRevocationLists(msp, [Buffer.from(pem)]),
            });
            const update = newConfigUpdate(parsed.channelId, compareConfig(root, updated) ?? fail());
            const [original, wanted, computed] = [place('original.pb'), place('updated.pb'), place('computed.pb')];
            writeFileSync(original, parsed.configBytes);
            writeFileSync(wanted, common.Config.encode({ channel_group: updated }).finish());
            const told = await runTool('configtxlator', [
                ...['compute_update', '--channel_id', parsed.channelId],
                ...['--original', original, '--updated', wanted, '--output', computed],
            ]);
            expect([told.status, told.stderr]).toEqual([0, '']);
            const theirs = await decode('common.ConfigUpdate', readFileSync(computed));
            expect(await decode('common.ConfigUpdate', update)).toEqual(theirs);
            const envelope = newConfigUpdateEnvelope(update, [], {
                channelId: parsed.channelId,
                creator: Buffer.alloc(0),
                nonce: randomBytes(24),
                timestampMs: Date.now(),
                sign: () => Buffer.alloc(0),
            });
            expect(await decode('common.Envelope', envelope)).toMatchObject({
                payload: { data: { config_update: theirs }, header: { channel_header: { type: 2 } } },
            });
        } finally {
            session.close();
        }
    });

    it('osnadmin lists the channel by the orderer’s own TLS material, and refuses to join it twice', async () => {
        const { name } = running.network.channel;
        const listed = await first.osnadmin('list', '--channelID', name);
        expect(listed.stdout).toContain('Status: 200');
        expect(listed.stdout).toContain('"consensusRelation": "consenter"');
        const block = runFiles.genesisBlock(running.runDirectory);
        const joined = await first.osnadmin('join', '--channelID', name, '--config-block', block);
        expect(joined.stdout).toContain('Status: 405');
    });

    it('peer packages chaincode/ as Node source', async () => {
        const file = join(folder, 'source.tar.gz');
        const packaged = await first.peer(
            ...['lifecycle', 'chaincode', 'package', file, '--path', chaincodeDirectory],
            ...['--lang', 'node', '--label', 'feeder_source'],
        );
        expect(said(packaged)).toBe('');
        const id = await first.peer('lifecycle', 'chaincode', 'calculatepackageid', file);
        expect(id.stdout).toMatch(/^feeder_source:[0-9a-f]{64}\n$/);
    });

    it('osnadmin and peer make nodes join a second channel, by another genesis block of ours', async () => {
        const network = { ...running.network, channel: { ...running.network.channel, name: second } };
        const identities = await readIdentities(running.identitiesDirectory);
        const now = { now: new Date(), nonce: randomBytes(24), raft: quickRaft };
        const block = join(folder, 'second.block');
        writeFileSync(block, newGenesisBlock(network, identities, now));
        for (const organization of organizations) {
            const joined = await organization.osnadmin('join', '--channelID', second, '--config-block', block);
            expect(joined.stdout).toContain('Status: 201');
            expect(said(await organization.peer('channel', 'join', '-b', block))).toContain(
                'Successfully submitted proposal to join channel',
            );
        }
        const session = await openAdminSession({ ...running, network });
        try {
            await waitForLeader(session);
        } finally {
            session.close();
        }
    });
});

function fail(): never {
    throw new TypeError('this test’s own preparation failed');
}
