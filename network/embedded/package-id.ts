import { createHash } from 'node:crypto';

/**
 * The package id of a chaincode as a service: label, and the hash of what its package would hold, the address of the
 * service. So each organisation's is its own. Fabric v2.5.16: core/chaincode/persistence/chaincode_package.go.
 */
export function newPackageId(label: string, address: string): string {
    const connection = JSON.stringify({ address, dial_timeout: '10s', tls_required: false });
    return `${label}:${createHash('sha256').update(connection).digest('hex')}`;
}
