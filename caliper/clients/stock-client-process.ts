/**
 * fabric-network as it is shipped, in a process of its own: opened and called as Caliper's stock connector does
 * (caliper-fabric 0.6.0, lib/connector-versions/v2/FabricGateway.js), without a line of ours in between.
 */
import { DefaultEventHandlerStrategies, DefaultQueryHandlerStrategies, Gateway } from 'fabric-network';
import { runClientProcess } from './run-client-process';

/** Caliper's default. */
const timeoutS = 60;

runClientProcess(({ target, terminals }) =>
    Promise.all(
        terminals.map(async ({ name, mspId, certificatePem: certificate, privateKeyPem: privateKey }) => {
            const gateway = new Gateway();
            const identity = { credentials: { certificate, privateKey }, mspId, type: 'X.509' };
            await gateway.connect(
                { ...target.connectionProfiles[mspId] },
                {
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
                submit: ({ contract, transaction, args }) =>
                    network.getContract(chaincode.name, contract).submitTransaction(transaction, ...args),
                evaluate: ({ contract, transaction, args }) =>
                    network.getContract(chaincode.name, contract).evaluateTransaction(transaction, ...args),
            };
        }),
    ),
);
