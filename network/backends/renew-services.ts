import { buildChaincode } from './build-chaincode';
import type { NodeAct } from './network-backend';
import type { RunningNetwork } from './running-network';

/** Compiles the chaincode and has each service, which is a process of this machine, load it anew. */
export async function renewServices(
    running: RunningNetwork,
    chaincodeDirectory: string,
    change: (running: RunningNetwork, act: NodeAct, node: string) => Promise<unknown>,
): Promise<void> {
    await buildChaincode(chaincodeDirectory);
    for (const { chaincodeService } of running.network.organizations) {
        await change(running, 'stop', chaincodeService.name);
        await change(running, 'start', chaincodeService.name);
    }
}
