import type { Connector } from '@hyperledger/caliper-core';
import { ConfigUtil } from '@hyperledger/caliper-core';
import { ConnectorFactory as stockConnectorFactory } from '@hyperledger/caliper-fabric';
import { holdToRelay } from './hold-to-relay';
import { readWorkerConfiguration } from './network-configuration';
import { workerPlanOf } from '../rounds/load-plan';
import { workerNetworkFile } from './worker-network-file';

/**
 * Caliper's own connector, unmodified, held to the worker's medium. It opens every identity of its network file in every
 * worker, one after the other and twice a round, so each worker gets a file with its own terminals only.
 */
export async function ConnectorFactory(workerIndex: number): Promise<Connector> {
    const { file, planFile, plan } = readWorkerConfiguration();
    const worker = workerPlanOf(plan, planFile, Math.max(0, workerIndex));
    holdToRelay(worker.relayUrl);
    const { Timeout, Gateway } = ConfigUtil.keys.Fabric;
    ConfigUtil.set(ConfigUtil.keys.NetworkConfig, workerNetworkFile(file, Math.max(0, workerIndex)));
    ConfigUtil.set(Timeout.InvokeOrQuery, Math.ceil(worker.medium.commitTimeoutMs / 1000));
    ConfigUtil.set(Gateway.LocalHost, plan.asLocalhost);
    return stockConnectorFactory(workerIndex);
}
