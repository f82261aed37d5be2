import type { PackagesByOrganization } from '../admin/deploy-chaincode';
import type { Network } from '../topology/network-model';
import { newChaincodePackage } from '../wire/chaincode-package';
import { chaincodeAddress } from './native/chaincode-server-process';

/** By MSP id: the package that names the organisation's chaincode service as its peers reach it. */
export function servicePackages({ chaincode, organizations }: Network): PackagesByOrganization {
    return Object.fromEntries(
        organizations.map((organization) => [
            organization.mspId,
            newChaincodePackage(chaincode.label, { address: chaincodeAddress(organization) }),
        ]),
    );
}
