import { common, etcdraft, orderer, protos } from 'fabric-protos/bundle';
import { decodeOrThrow } from './decode-message';
import { asBuffer } from './protobuf-bytes';
import { malformed } from './wire-errors';

export interface HostPort {
    readonly host: string;
    readonly port: number;
}

/** How an orderer cuts blocks (orderer/configuration.proto, BatchSize). */
export interface BatchSize {
    readonly maxMessageCount: number;
    readonly absoluteMaxBytes: number;
    readonly preferredMaxBytes: number;
}

export interface Consenter extends HostPort {
    /** PEM. */
    readonly clientTlsCertificate: Buffer;
    /** PEM. */
    readonly serverTlsCertificate: Buffer;
}

/** Who orders (orderer/configuration.proto, ConsensusType with etcdraft's ConfigMetadata). */
export interface ConsensusConfig {
    readonly type: string;
    readonly inMaintenance: boolean;
    readonly consenters: readonly Consenter[];
}

/** Times of Raft (etcdraft/configuration.proto, Options). */
export interface RaftOptions {
    readonly tickIntervalMs: number;
    readonly electionTicks: number;
    readonly heartbeatTicks: number;
    readonly maxInflightBlocks: number;
    readonly snapshotIntervalBytes: number;
}

/** Bytes of the values of a configuration, by the name under which a group holds them. */
export const configValues = {
    hashingAlgorithm: (): Buffer => asBuffer(common.HashingAlgorithm.encode({ name: 'SHA256' }).finish()),
    /** Fabric accepts this width alone (common/channelconfig/channel.go). */
    blockDataHashingStructure: (): Buffer =>
        asBuffer(common.BlockDataHashingStructure.encode({ width: 0xffff_ffff }).finish()),
    capabilities: (name: string): Buffer =>
        asBuffer(common.Capabilities.encode({ capabilities: { [name]: {} } }).finish()),
    /** Each `host:port`; also the value `Endpoints` of an orderer organisation. */
    ordererAddresses: (addresses: readonly string[]): Buffer =>
        asBuffer(common.OrdererAddresses.encode({ addresses: [...addresses] }).finish()),
    anchorPeers: (peers: readonly HostPort[]): Buffer =>
        asBuffer(protos.AnchorPeers.encode({ anchor_peers: [...peers] }).finish()),
    batchSize: (size: BatchSize): Buffer =>
        asBuffer(
            orderer.BatchSize.encode({
                max_message_count: size.maxMessageCount,
                absolute_max_bytes: size.absoluteMaxBytes,
                preferred_max_bytes: size.preferredMaxBytes,
            }).finish(),
        ),
    batchTimeout: (timeoutMs: number): Buffer =>
        asBuffer(orderer.BatchTimeout.encode({ timeout: newDuration(timeoutMs) }).finish()),
    channelRestrictions: (): Buffer => Buffer.alloc(0), // max_count 0: no limit
    consensusType: newConsensusType,
} as const;

function newConsensusType(consenters: readonly Consenter[], options: RaftOptions): Buffer {
    const metadata = etcdraft.ConfigMetadata.encode({
        consenters: consenters.map((consenter) => ({
            host: consenter.host,
            port: consenter.port,
            client_tls_cert: consenter.clientTlsCertificate,
            server_tls_cert: consenter.serverTlsCertificate,
        })),
        options: {
            tick_interval: newDuration(options.tickIntervalMs),
            election_tick: options.electionTicks,
            heartbeat_tick: options.heartbeatTicks,
            max_inflight_blocks: options.maxInflightBlocks,
            snapshot_interval_size: options.snapshotIntervalBytes,
        },
    }).finish();
    return asBuffer(orderer.ConsensusType.encode({ type: 'etcdraft', metadata }).finish());
}

export function parseConsensusType(value: Uint8Array): ConsensusConfig {
    const type = decodeOrThrow(orderer.ConsensusType, value, 'ConsensusType');
    const metadata = decodeOrThrow(etcdraft.ConfigMetadata, type.metadata, 'ConfigMetadata');
    return {
        type: type.type,
        inMaintenance: (type.state as number) !== 0,
        consenters: metadata.consenters.map((consenter) => ({
            ...newHostPort(consenter),
            clientTlsCertificate: asBuffer(consenter.client_tls_cert),
            serverTlsCertificate: asBuffer(consenter.server_tls_cert),
        })),
    };
}

export function parseBatchSize(value: Uint8Array): BatchSize {
    const size = decodeOrThrow(orderer.BatchSize, value, 'BatchSize');
    return {
        maxMessageCount: size.max_message_count,
        absoluteMaxBytes: size.absolute_max_bytes,
        preferredMaxBytes: size.preferred_max_bytes,
    };
}

/** Milliseconds. */
export function parseBatchTimeout(value: Uint8Array): number {
    return parseDurationMs(decodeOrThrow(orderer.BatchTimeout, value, 'BatchTimeout').timeout);
}

export function parseOrdererAddresses(value: Uint8Array): string[] {
    return decodeOrThrow(common.OrdererAddresses, value, 'OrdererAddresses').addresses;
}

export function parseAnchorPeers(value: Uint8Array): HostPort[] {
    return decodeOrThrow(protos.AnchorPeers, value, 'AnchorPeers').anchor_peers.map(newHostPort);
}

/** Names of the capabilities that a channel requires. */
export function parseCapabilities(value: Uint8Array): string[] {
    return Object.keys(decodeOrThrow(common.Capabilities, value, 'Capabilities').capabilities);
}

/** Resource name → policy path. */
export function parseAcls(value: Uint8Array): Map<string, string> {
    const { acls } = decodeOrThrow(protos.ACLs, value, 'ACLs');
    return new Map(Object.entries(acls).map(([resource, { policy_ref }]) => [resource, policy_ref ?? '']));
}

const durationUnitsMs = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000001 } as const;

/** Reads a duration as Go writes it (`2s`, `500ms`, `1m30s`) into milliseconds; throws WireError otherwise. */
export function parseDurationMs(text: string): number {
    if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(text)) throw malformed('duration', `'${text}' has no known unit`);
    let sum = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
        sum += Number(amount) * durationUnitsMs[unit as keyof typeof durationUnitsMs];
    }
    return sum;
}

/** A duration as Go reads it. */
function newDuration(milliseconds: number): string {
    return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

function newHostPort(message: { host?: string | null; port?: number | null }): HostPort {
    return { host: message.host ?? '', port: message.port ?? 0 };
}
