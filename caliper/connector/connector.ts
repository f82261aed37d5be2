import ConnectorConfigurationFactory from '@hyperledger/caliper-fabric/lib/connector-configuration/ConnectorConfigurationFactory';
import WalletFacadeFactory from '@hyperledger/caliper-fabric/lib/connector-versions/v2/WalletFacadeFactory';
import { GridConnector } from './grid-connector';
import { holdToRelay } from './hold-to-relay';
import { readWorkerConfiguration } from './network-configuration';
import { workerPlanOf } from '../rounds/load-plan';

/** What Caliper calls in its manager (index -1) and in each worker: `caliper.blockchain` names this file. */
export async function ConnectorFactory(workerIndex: number): Promise<GridConnector> {
    const { file, planFile, plan } = readWorkerConfiguration();
    // The manager sends nothing: it is taken for the first worker.
    const worker = workerPlanOf(plan, planFile, Math.max(0, workerIndex));
    holdToRelay(worker.relayUrl);
    const configuration = await new ConnectorConfigurationFactory().create(file, new WalletFacadeFactory());
    return new GridConnector({ configuration, workerIndex, plan, worker });
}
