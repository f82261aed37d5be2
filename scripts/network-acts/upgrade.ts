import { join } from 'node:path';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { upgradeNetwork } from '../../network/backends/upgrade-network';
import { projectRoot } from '../../network/topology/project-root';
import { UsageError } from '../run-script';
import { whichNetwork, type ActOptions, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

const options = {
    ...whichNetwork,
    version: { type: 'string', value: 'V', usage: 'name of the version that the chaincode becomes, e.g. 0.2.0' },
} as const satisfies ActOptions;

export const upgrade: NetworkAct<typeof options> = {
    name: 'upgrade',
    usage: 'takes the chaincode as it lies in chaincode/ now, as a new version',
    options,
    run,
};

/** Fabric v2.5.16: core/chaincode/lifecycle/scc.go, ChaincodeVersionRegExp. */
const fabricsVersions = /^[A-Za-z0-9_.+-]+$/;

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const { version } = values;
    if (version === undefined) throw new UsageError('upgrade needs --version V.');
    if (!fabricsVersions.test(version)) {
        throw new UsageError(`--version "${version}" is not a version: use letters, digits and _ . + - alone.`);
    }
    const running = await requireRunningNetwork(values);
    const { definition, changed } = await upgradeNetwork(running, version, join(projectRoot, 'chaincode'));
    const { name, sequence } = definition;
    console.log(
        changed
            ? `${name} is version ${version} now (sequence ${sequence}); what the ledger held, it holds.`
            : `${name} has version ${version} already (sequence ${sequence}): nothing to change.`,
    );
    return exitCodes.kept;
}
