import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Organization } from '../../topology/network-model';
import { chaincodeLogging } from '../chaincode-logging';
import type { NativeSite, NodePlan } from './node-plan';

/** The organisation's chaincode as a service, which its peers know by the id of the package they installed. */
export function planChaincodeServer(
    { chaincodeService }: Organization,
    { directory, packageId }: { readonly directory: string; readonly packageId: string },
    { environment }: NativeSite,
): NodePlan {
    const address = chaincodeAddress({ chaincodeService });
    const args = ['server', '--chaincode-address', address, '--chaincode-id', packageId];
    return {
        name: chaincodeService.name,
        program: process.execPath,
        args: [findShim(directory), ...args],
        directory,
        environment: { ...chaincodeLogging, ...environment },
    };
}

/** host:port */
export function chaincodeAddress({ chaincodeService }: Pick<Organization, 'chaincodeService'>): string {
    return `${chaincodeService.host}:${chaincodeService.port}`;
}

/** The program `fabric-chaincode-node` of the fabric-shim that the chaincode itself loads. */
function findShim(directory: string): string {
    const { resolve } = createRequire(join(directory, 'package.json'));
    return join(dirname(resolve('fabric-shim/package.json')), 'cli.js');
}
