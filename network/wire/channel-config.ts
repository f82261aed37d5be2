import { common } from 'fabric-protos/bundle';
import { parseConfigGroup, requireGroup, requireValue } from './config-tree';
import type { ConfigGroup } from './config-tree';
import {
    parseAcls,
    parseAnchorPeers,
    parseBatchSize,
    parseBatchTimeout,
    parseCapabilities,
    parseConsensusType,
    parseOrdererAddresses,
} from './config-values';
import type { BatchSize, ConsensusConfig, HostPort } from './config-values';
import { decodeOrThrow } from './decode-message';
import { parseMspConfig } from './msp-config';
import type { MspConfig } from './msp-config';
import { asNumber, fieldBytes } from './protobuf-bytes';
import { malformed } from './wire-errors';

/** An organisation of the channel. The names of its configuration groups need not be its MSP id. */
export interface ChannelOrganization {
    /** Of its group under Application, or under Orderer when it has no other. */
    readonly name: string;
    readonly mspId: string;
    readonly inApplication: boolean;
    readonly inOrderer: boolean;
    /** `host:port` of its orderers. */
    readonly ordererEndpoints: readonly string[];
    readonly anchorPeers: readonly HostPort[];
}

/** How an orderer cuts blocks. */
export interface BatchConfig extends BatchSize {
    readonly timeoutMs: number;
}

/** A channel configuration, read. */
export interface ParsedChannelConfig {
    readonly channelId: string;
    readonly sequence: number;
    /** The whole tree: the group `Channel`. */
    readonly root: ConfigGroup;
    /** Bytes of the common.Config message, as the block held it. */
    readonly configBytes: Buffer;
    readonly organizations: readonly ChannelOrganization[];
    /** By MSP id. */
    readonly msps: ReadonlyMap<string, MspConfig>;
    readonly batch: BatchConfig;
    readonly consensus: ConsensusConfig;
    readonly capabilities: Readonly<Record<'channel' | 'orderer' | 'application', readonly string[]>>;
    /** Resource name → policy path, where the channel departs from Fabric's defaults. */
    readonly acls: ReadonlyMap<string, string>;
}

const CONFIG = 1;

/** Reads the configuration out of a block whose only entry is a CONFIG envelope; throws WireError otherwise. */
export function parseConfigBlock(blockBytes: Uint8Array): ParsedChannelConfig {
    const envelopes = decodeOrThrow(common.Block, blockBytes, 'Block').data?.data ?? [];
    const first = envelopes[0];
    if (!first || envelopes.length !== 1) {
        throw malformed('configuration block', `it holds ${envelopes.length} envelopes and not one`);
    }
    return parseConfigEnvelope(first);
}

/** Reads the configuration out of an Envelope of header type CONFIG; throws WireError otherwise. */
export function parseConfigEnvelope(envelopeBytes: Uint8Array): ParsedChannelConfig {
    const envelope = decodeOrThrow(common.Envelope, envelopeBytes, 'Envelope');
    const payload = decodeOrThrow(common.Payload, envelope.payload, 'Payload');
    const headerBytes = payload.header?.channel_header ?? Buffer.alloc(0);
    const header = decodeOrThrow(common.ChannelHeader, headerBytes, 'ChannelHeader');
    if (header.type !== CONFIG) throw malformed('ConfigEnvelope', `header type ${header.type} is not CONFIG`);
    const { config } = decodeOrThrow(common.ConfigEnvelope, payload.data, 'ConfigEnvelope');
    const configBytes = fieldBytes(payload.data, 1);
    if (!config?.channel_group || !configBytes) throw malformed('ConfigEnvelope', 'it holds no channel group');
    return resolveConfig(header.channel_id, {
        sequence: asNumber(config.sequence),
        root: parseConfigGroup(config.channel_group),
        configBytes,
    });
}

function resolveConfig(
    channelId: string,
    config: Pick<ParsedChannelConfig, 'sequence' | 'root' | 'configBytes'>,
): ParsedChannelConfig {
    const application = requireGroup(config.root, '/Channel', 'Application');
    const orderer = requireGroup(config.root, '/Channel', 'Orderer');
    const msps = new Map<string, MspConfig>();
    const acls = application.values.get('ACLs');
    return {
        channelId,
        ...config,
        organizations: parseOrganizations(application, orderer, msps),
        msps,
        batch: {
            ...parseBatchSize(requireValue(orderer, '/Channel/Orderer', 'BatchSize')),
            timeoutMs: parseBatchTimeout(requireValue(orderer, '/Channel/Orderer', 'BatchTimeout')),
        },
        consensus: parseConsensusType(requireValue(orderer, '/Channel/Orderer', 'ConsensusType')),
        capabilities: {
            channel: capabilitiesOf(config.root),
            orderer: capabilitiesOf(orderer),
            application: capabilitiesOf(application),
        },
        acls: acls ? parseAcls(acls.value) : new Map(),
    };
}

function parseOrganizations(
    application: ConfigGroup,
    orderer: ConfigGroup,
    msps: Map<string, MspConfig>,
): ChannelOrganization[] {
    const organizations = new Map<string, ChannelOrganization>();
    for (const [name, group] of orderer.groups) {
        const mspId = rememberMsp(msps, `/Channel/Orderer/${name}`, group);
        const endpoints = group.values.get('Endpoints');
        organizations.set(mspId, {
            name,
            mspId,
            inApplication: false,
            inOrderer: true,
            ordererEndpoints: endpoints ? parseOrdererAddresses(endpoints.value) : [],
            anchorPeers: [],
        });
    }
    for (const [name, group] of application.groups) {
        const mspId = rememberMsp(msps, `/Channel/Application/${name}`, group);
        const anchors = group.values.get('AnchorPeers');
        organizations.set(mspId, {
            mspId,
            inOrderer: false,
            ordererEndpoints: [],
            ...organizations.get(mspId),
            name,
            inApplication: true,
            anchorPeers: anchors ? parseAnchorPeers(anchors.value) : [],
        });
    }
    return [...organizations.values()];
}

/** Fabric v2.5: common/channelconfig/msp_configbuilder.go. One MSP id has one definition on the whole channel. */
function rememberMsp(msps: Map<string, MspConfig>, path: string, group: ConfigGroup): string {
    const config = parseMspConfig(requireValue(group, path, 'MSP'));
    const known = msps.get(config.mspId);
    if (known && JSON.stringify(known) !== JSON.stringify(config)) {
        throw malformed('MSPConfig', `Attempted to define two different versions of MSP: ${config.mspId}`);
    }
    msps.set(config.mspId, config);
    return config.mspId;
}

function capabilitiesOf(group: ConfigGroup): string[] {
    const value = group.values.get('Capabilities');
    return value ? parseCapabilities(value.value) : [];
}
