import { msp } from 'fabric-protos/bundle';
import { decodeOrThrow } from './decode-message';
import { malformed } from './wire-errors';

/** An organisational unit of the certificate that names a node role; `certificate` (PEM) narrows it to one CA. */
export interface NodeOu {
    readonly unit: string;
    readonly certificate?: Buffer;
}

/** The four node roles; absent altogether when the MSP does not use NodeOUs. */
export interface NodeOus {
    readonly client?: NodeOu;
    readonly peer?: NodeOu;
    readonly admin?: NodeOu;
    readonly orderer?: NodeOu;
}

/** An MSP as the channel knows it (msp_config.proto, FabricMSPConfig). Certificates and revocation lists are PEM bytes. */
export interface MspConfig {
    readonly mspId: string;
    readonly rootCertificates: readonly Buffer[];
    readonly intermediateCertificates: readonly Buffer[];
    readonly admins: readonly Buffer[];
    readonly revocationLists: readonly Buffer[];
    readonly tlsRootCertificates: readonly Buffer[];
    readonly tlsIntermediateCertificates: readonly Buffer[];
    readonly nodeOus: NodeOus | undefined;
}

const FABRIC_MSP = 0;
const roles = ['client', 'peer', 'admin', 'orderer'] as const;

/** Bytes of the FabricMSPConfig message: what discovery's `config_result.msps` carries, too. */
export function encodeFabricMspConfig(config: MspConfig): Buffer {
    const nodeOus = config.nodeOus;
    const ou = (role: (typeof roles)[number]): msp.IFabricOUIdentifier | null => {
        const nodeOu = nodeOus?.[role];
        if (!nodeOu) return null;
        const certificate = nodeOu.certificate ? { certificate: nodeOu.certificate } : {};
        return { ...certificate, organizational_unit_identifier: nodeOu.unit };
    };
    return Buffer.from(
        msp.FabricMSPConfig.encode({
            name: config.mspId,
            root_certs: [...config.rootCertificates],
            intermediate_certs: [...config.intermediateCertificates],
            admins: [...config.admins],
            revocation_list: [...config.revocationLists],
            crypto_config: { signature_hash_family: 'SHA2', identity_identifier_hash_function: 'SHA256' },
            tls_root_certs: [...config.tlsRootCertificates],
            tls_intermediate_certs: [...config.tlsIntermediateCertificates],
            ...(nodeOus && {
                fabric_node_ous: {
                    enable: true,
                    client_ou_identifier: ou('client'),
                    peer_ou_identifier: ou('peer'),
                    admin_ou_identifier: ou('admin'),
                    orderer_ou_identifier: ou('orderer'),
                },
            }),
        }).finish(),
    );
}

/** Bytes of the MSPConfig message that stands in a configuration value `MSP`. */
export function encodeMspConfig(config: MspConfig): Buffer {
    return Buffer.from(msp.MSPConfig.encode({ config: encodeFabricMspConfig(config) }).finish());
}

/** Reads a configuration value `MSP`; throws WireError for anything but a Fabric X.509 MSP. */
export function parseMspConfig(bytes: Uint8Array): MspConfig {
    const outer = decodeOrThrow(msp.MSPConfig, bytes, 'MSPConfig');
    if (outer.type !== FABRIC_MSP) throw malformed('MSPConfig', `MSP type ${outer.type} is not supported`);
    const inner = decodeOrThrow(msp.FabricMSPConfig, outer.config, 'FabricMSPConfig');
    return {
        mspId: inner.name,
        rootCertificates: buffers(inner.root_certs),
        intermediateCertificates: buffers(inner.intermediate_certs),
        admins: buffers(inner.admins),
        revocationLists: buffers(inner.revocation_list),
        tlsRootCertificates: buffers(inner.tls_root_certs),
        tlsIntermediateCertificates: buffers(inner.tls_intermediate_certs),
        nodeOus: parseNodeOus(inner.fabric_node_ous),
    };
}

/** A configuration value `MSP` with other revocation lists and everything else as it was. Throws WireError. */
export function withRevocationLists(bytes: Uint8Array, revocationLists: readonly Buffer[]): Buffer {
    const outer = decodeOrThrow(msp.MSPConfig, bytes, 'MSPConfig');
    const inner = decodeOrThrow(msp.FabricMSPConfig, outer.config, 'FabricMSPConfig');
    inner.revocation_list = [...revocationLists];
    outer.config = msp.FabricMSPConfig.encode(inner).finish();
    return Buffer.from(msp.MSPConfig.encode(outer).finish());
}

/** Fabric v2.5: msp/mspimplsetup.go, setupNodeOUsV142. NodeOUs that are off, or that name no role, are no NodeOUs. */
function parseNodeOus(message: msp.IFabricNodeOUs | null | undefined): NodeOus | undefined {
    if (!message?.enable) return undefined;
    const nodeOus: Partial<Record<(typeof roles)[number], NodeOu>> = {};
    for (const role of roles) {
        const identifier = message[`${role}_ou_identifier`];
        if (!identifier) continue;
        const certificate = identifier.certificate?.length ? { certificate: Buffer.from(identifier.certificate) } : {};
        nodeOus[role] = { unit: identifier.organizational_unit_identifier ?? '', ...certificate };
    }
    return Object.keys(nodeOus).length === 0 ? undefined : nodeOus;
}

function buffers(list: readonly Uint8Array[]): Buffer[] {
    return list.map((bytes) => Buffer.from(bytes));
}
