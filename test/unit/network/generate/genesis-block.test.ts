import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import * as fabricCommon from 'fabric-common';
import { newGenesisBlock } from '../../../../network/generate/genesis-block';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { parseBlock, type Block } from '../../../../network/wire/block';
import { parseConfigBlock, type ParsedChannelConfig } from '../../../../network/wire/channel-config';
import type { ConfigGroup } from '../../../../network/wire/config-tree';
import { aNetwork } from '../../../support/a-network';

/** Not in fabric-common's types; Explorer and block listeners read blocks with it. */
const { BlockDecoder } = fabricCommon as unknown as {
    BlockDecoder: {
        decode(block: Buffer): {
            data: { data: { payload: { header: { channel_header: Record<string, unknown> } } }[] };
        };
    };
};
const now = new Date('2026-05-01T12:00:00.250Z');
const nonce = Buffer.alloc(24, 7);
let identities: NetworkIdentities;
let bytes: Buffer;
let block: Block;
let config: ParsedChannelConfig;

beforeAll(async () => {
    identities = await issueIdentities(aNetwork(), { now });
    bytes = newGenesisBlock(aNetwork(), identities, { now, nonce });
    block = parseBlock(bytes);
    config = parseConfigBlock(bytes);
});

/** Every group as `path: values | policies`. */
function outline(group: ConfigGroup, path = '/Channel'): string[] {
    const line = `${path}: ${[...group.values.keys()].join(' ')} | ${[...group.policies.keys()].join(' ')}`;
    return [line, ...[...group.groups].flatMap(([name, inner]) => outline(inner, `${path}/${name}`))];
}

describe('newGenesisBlock', () => {
    it('holds every group, value and policy that a Fabric node or client asks for', () => {
        const application = 'AnchorPeers MSP | Admins Endorsement Readers Writers';
        const orderer = 'Endpoints MSP | Admins Readers Writers';
        expect(outline(config.root)).toEqual([
            '/Channel: BlockDataHashingStructure Capabilities HashingAlgorithm OrdererAddresses | Admins Readers Writers',
            '/Channel/Application: Capabilities | Admins Endorsement LifecycleEndorsement Readers Writers',
            `/Channel/Application/dispatch: ${application}`,
            `/Channel/Application/primary: ${application}`,
            `/Channel/Application/switching: ${application}`,
            '/Channel/Orderer: BatchSize BatchTimeout Capabilities ChannelRestrictions ConsensusType | Admins BlockValidation Readers Writers',
            `/Channel/Orderer/dispatch: ${orderer}`,
            `/Channel/Orderer/primary: ${orderer}`,
            `/Channel/Orderer/switching: ${orderer}`,
        ]);
    });

    it('requires the capabilities of Fabric 2.5', () => {
        expect(config.capabilities).toEqual({ channel: ['V2_0'], orderer: ['V2_0'], application: ['V2_5'] });
    });

    it('lets every element be changed by its Admins', () => {
        const modPolicies = (group: ConfigGroup): string[] => [
            group.modPolicy,
            ...[...group.values.values(), ...group.policies.values()].map(({ modPolicy }) => modPolicy),
            ...[...group.groups.values()].flatMap(modPolicies),
        ];
        expect([...new Set(modPolicies(config.root))].sort()).toEqual(['/Channel/Orderer/Admins', 'Admins']);
        expect(config.root.values.get('OrdererAddresses')?.modPolicy).toBe('/Channel/Orderer/Admins');
    });

    it('cuts blocks as the topology says', () => {
        expect(config.batch).toEqual({
            maxMessageCount: 50,
            absoluteMaxBytes: 10_485_760,
            preferredMaxBytes: 524_288,
            timeoutMs: 250,
        });
    });

    it("makes every organisation's orderer a Raft consenter with its own TLS certificate", () => {
        expect(config.consensus).toMatchObject({ type: 'etcdraft', inMaintenance: false });
        const certificates = Object.values(identities.organizations).map(({ orderer }) => orderer.tlsCertificatePem);
        expect(
            config.consensus.consenters.map((one) => [one.host, one.port, one.serverTlsCertificate.toString()]),
        ).toEqual([7050, 7070, 7090].map((port, index) => ['127.0.0.1', port, certificates[index]]));
    });

    it('names the anchor peer and the orderer of every organisation', () => {
        expect(config.organizations).toEqual(
            [
                ['dispatch', 'DispatchMSP', 7050] as const,
                ['primary', 'PrimaryMSP', 7070] as const,
                ['switching', 'SwitchingMSP', 7090] as const,
            ].map(([name, mspId, port]) => ({
                name,
                mspId,
                inApplication: true,
                inOrderer: true,
                ordererEndpoints: [`127.0.0.1:${port}`],
                anchorPeers: [{ host: '127.0.0.1', port: port + 4 }],
            })),
        );
    });

    it('trusts the authorities of each organisation, and tells roles by organisational units', () => {
        const { ca, tlsCa } = identities.organizations['PrimaryMSP'] ?? {};
        expect(config.msps.get('PrimaryMSP')).toEqual({
            mspId: 'PrimaryMSP',
            rootCertificates: [Buffer.from(ca?.certificatePem ?? '')],
            tlsRootCertificates: [Buffer.from(tlsCa?.certificatePem ?? '')],
            intermediateCertificates: [],
            tlsIntermediateCertificates: [],
            admins: [],
            revocationLists: [],
            nodeOus: {
                client: { unit: 'client' },
                peer: { unit: 'peer' },
                admin: { unit: 'admin' },
                orderer: { unit: 'orderer' },
            },
        });
    });

    it('is block 0: no previous block, five metadata entries, a last configuration that is not empty bytes', () => {
        expect(block.header.number).toBe(0);
        expect(block.header.previousHash).toHaveLength(0);
        expect(block.header.dataHash).toEqual(
            createHash('sha256')
                .update(block.data[0] ?? '')
                .digest(),
        );
        expect(block.data).toHaveLength(1);
        expect(block.metadata.map((entry) => entry.toString('hex'))).toEqual(['0a020a00', '', '', '', '']);
    });

    it('is read by the block decoder of fabric-common', () => {
        const decoded = BlockDecoder.decode(bytes);
        const [envelope] = decoded.data.data;
        expect(envelope?.payload.header.channel_header).toMatchObject({
            channel_id: 'distribution',
            typeString: 'CONFIG',
            tx_id: createHash('sha256').update(nonce).digest('hex'),
            timestamp: '2026-05-01T12:00:00.250Z',
        });
    });

    it('is the same for the same network, identities, time and nonce, and another for another nonce', () => {
        expect(newGenesisBlock(aNetwork(), identities, { now, nonce }).equals(bytes)).toBe(true);
        expect(newGenesisBlock(aNetwork(), identities, { now, nonce: Buffer.alloc(24) }).equals(bytes)).toBe(false);
    });

    it('keeps the bytes of the configuration as the block holds them', () => {
        expect(bytes.includes(config.configBytes)).toBe(true);
        expect(config).toMatchObject({ channelId: 'distribution', sequence: 0 });
    });

    it('refuses identities of another network and a policy that cannot be read', () => {
        const { DispatchMSP: left, ...organizations } = identities.organizations;
        expect(left).toBeDefined();
        expect(() => newGenesisBlock(aNetwork(), { organizations }, { now, nonce })).toThrow(/DispatchMSP/);
        const channel = { ...aNetwork().channel, endorsementPolicy: 'two of three' };
        expect(() => newGenesisBlock(aNetwork({ channel }), identities, { now, nonce })).toThrow(/cannot be read/);
    });
});

describe('parseConfigBlock', () => {
    it.each([
        ['bytes that are no block', Buffer.from('ff', 'hex')],
        ['an empty block', Buffer.alloc(0)],
    ])('refuses %s', (_, notConfig) => {
        expect(() => parseConfigBlock(notConfig)).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'WIRE_MALFORMED' }) }),
        );
    });
});
