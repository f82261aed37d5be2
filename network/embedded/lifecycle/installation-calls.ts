import {
    newInstalledListResult,
    newInstalledResult,
    newInstallResult,
    newPackageResult,
    parseInstallArgs,
    parseOnlyText,
} from '../../wire/lifecycle';
import type { InstalledPackage } from '../../wire/lifecycle';
import { packageHash } from '../ledger/lifecycle-state';
import type { Installed } from './installed-packages';
import { LifecycleError } from './lifecycle-errors';
import type { LifecycleCall } from './lifecycle-view';

// What a peer has installed is its own: these calls touch no channel. Fabric v2.5.16: core/chaincode/lifecycle/scc.go.

export function installChaincode({ peer }: LifecycleCall, argument: Buffer): Buffer {
    return newInstallResult(peer.packages.install(parseInstallArgs(argument)));
}

export function queryInstalledChaincodes({ peer }: LifecycleCall): Buffer {
    return newInstalledListResult(peer.packages.all().map((installed) => describe(installed, peer)));
}

export function queryInstalledChaincode({ peer }: LifecycleCall, argument: Buffer): Buffer {
    const packageId = parseOnlyText('QueryInstalledChaincodeArgs', argument);
    const installed = peer.packages.find(packageId);
    if (!installed) throw new LifecycleError({ code: 'PACKAGE_NOT_INSTALLED', packageId });
    return newInstalledResult(describe(installed, peer));
}

export function getInstalledChaincodePackage({ peer }: LifecycleCall, argument: Buffer): Buffer {
    const packageId = parseOnlyText('GetInstalledChaincodePackageArgs', argument);
    const installed = peer.packages.find(packageId);
    if (!installed) throw new LifecycleError({ code: 'PACKAGE_NOT_KEPT', packageId });
    return newPackageResult(installed.bytes);
}

function describe(
    { packageId, label }: Installed,
    { channelId, definitions }: LifecycleCall['peer'],
): InstalledPackage {
    const hash = packageHash(packageId);
    const users = definitions.all().filter((definition) => definition.packageHash === hash);
    return { packageId, label, references: new Map(users.length > 0 ? [[channelId, users]] : []) };
}
