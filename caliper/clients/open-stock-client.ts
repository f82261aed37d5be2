import {
    DefaultEventHandlerStrategies,
    DefaultQueryHandlerStrategies,
    Gateway,
    type GatewayOptions,
} from 'fabric-network';
import type { Call } from '../../chaincode/src/calls/call-api';
import type { ReachableNetwork } from '../../network/client/connect-gateway';
import type { Identity } from '../../network/identities/identity';
import type { LoadClient } from './run-client-process';

/** Caliper's default. */
const timeoutS = 60;

/**
 * fabric-network as it is shipped: a gateway of its own for the identity, opened and called as Caliper's stock connector
 * does (caliper-fabric 0.6.0, lib/connector-versions/v2/FabricGateway.js), without a line of ours in between. What it
 * signs with is whatever the process has set; one that makes no keys needs `tlsInfo`. Rejects with the SDK's own errors.
 */
export async function openStockClient(
    target: ReachableNetwork,
    { name, mspId, certificatePem: certificate, privateKeyPem: privateKey }: Identity,
    options: Pick<GatewayOptions, 'tlsInfo'> = {},
): Promise<LoadClient & { close(): void }> {
    const gateway = new Gateway();
    const identity = { credentials: { certificate, privateKey }, mspId, type: 'X.509' };
    await gateway.connect(
        { ...target.connectionProfiles[mspId] },
        {
            ...options,
            identity,
            discovery: { enabled: true, asLocalhost: false },
            eventHandlerOptions: {
                endorseTimeout: timeoutS,
                commitTimeout: timeoutS,
                strategy: DefaultEventHandlerStrategies.MSPID_SCOPE_ALLFORTX,
            },
            queryHandlerOptions: {
                timeout: timeoutS,
                strategy: DefaultQueryHandlerStrategies.MSPID_SCOPE_SINGLE,
            },
        },
    );
    const network = await gateway.getNetwork(target.network.channel.name);
    const { chaincode } = target.network;
    return {
        terminalId: name,
        submit: ({ contract, transaction, args }: Call) =>
            network.getContract(chaincode.name, contract).submitTransaction(transaction, ...args),
        evaluate: ({ contract, transaction, args }: Call) =>
            network.getContract(chaincode.name, contract).evaluateTransaction(transaction, ...args),
        close: () => {
            gateway.disconnect();
        },
    };
}
