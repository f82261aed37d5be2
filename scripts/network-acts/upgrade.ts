import { join } from 'node:path';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { upgradeNetwork } from '../../network/backends/upgrade-network';
import { loadNetwork } from '../../network/topology/load-network';
import type { ChaincodeDefinition } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import { UsageError } from '../run-script';
import { whichNetwork, type ActOptions, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

const options = {
    ...whichNetwork,
    version: { type: 'string', value: 'V', usage: 'name of the version that the chaincode becomes, e.g. 0.2.0' },
    collections: {
        type: 'string',
        value: 'NAME|FILE',
        usage: "the network's topology as it is now, whose collections the chaincode gets",
    },
} as const satisfies ActOptions;

export const upgrade: NetworkAct<typeof options> = {
    name: 'upgrade',
    usage: 'takes the chaincode as it lies in chaincode/ now, as a new version (--version), other collections, or both',
    options,
    run,
};

/** Fabric v2.5.16: core/chaincode/lifecycle/scc.go, ChaincodeVersionRegExp. */
const fabricsVersions = /^[A-Za-z0-9_.+-]+$/;

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    requireChange(values);
    const { version, collections } = values;
    const topology = collections === undefined ? undefined : await loadNetwork(collections);
    const running = await requireRunningNetwork(values);
    const chaincodeDirectory = join(projectRoot, 'chaincode');
    const { definition, changed } = await upgradeNetwork(running, { version, chaincodeDirectory, topology });
    const what = describeDefinition(definition);
    console.log(
        changed ? `${what} from now on; what the ledger held, it holds.` : `${what} already: nothing to change.`,
    );
    return exitCodes.kept;
}

/** Throws UsageError for nothing at all, and for what is no version. */
export function requireChange({
    version,
    collections,
}: Pick<ActValues<typeof options>, 'version' | 'collections'>): void {
    if (version === undefined && collections === undefined) {
        throw new UsageError('upgrade needs --version V, --collections NAME|FILE or both.');
    }
    if (version !== undefined && !fabricsVersions.test(version)) {
        throw new UsageError(`--version "${version}" is not a version: use letters, digits and _ . + - alone.`);
    }
}

function describeDefinition({ name, version, sequence, collections }: ChaincodeDefinition): string {
    const names = collections.map((collection) => collection.name).join(', ') || 'none';
    return `${name} has version ${version} (sequence ${sequence}; collections: ${names})`;
}
