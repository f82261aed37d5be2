import '../../network/client/prepare-sdk';
import { DefaultEventHandlerStrategies, Gateway } from 'fabric-network';
import type { Contract, Network } from 'fabric-network';
import type { Identity } from '../../network/identities/identity';
import { chaincodeName, channelId } from './conformance-network';
import type { ConformanceNetwork } from './conformance-network';

/** An unmodified fabric-network gateway with discovery. */
export interface OpenGateway {
    readonly network: Network;
    readonly contract: Contract;
    close(): void;
}

const commitTimeoutS = 20;

/** Opens a gateway for an identity, by its own organisation's peer. */
export async function openGateway(network: ConformanceNetwork, identity: Identity): Promise<OpenGateway> {
    const gateway = new Gateway();
    await gateway.connect(network.connectionProfile(identity.mspId) as Record<string, unknown>, {
        identity: {
            credentials: { certificate: identity.certificatePem, privateKey: identity.privateKeyPem },
            mspId: identity.mspId,
            type: 'X.509',
        } as { type: string; mspId: string },
        // Without it a key and certificate are made for every gateway; no server here asks for one.
        tlsInfo: { certificate: identity.certificatePem, key: identity.privateKeyPem },
        discovery: { enabled: true, asLocalhost: false },
        eventHandlerOptions: {
            commitTimeout: commitTimeoutS,
            strategy: DefaultEventHandlerStrategies.PREFER_MSPID_SCOPE_ALLFORTX,
        },
    });
    const channel = await gateway.getNetwork(channelId);
    return {
        network: channel,
        contract: channel.getContract(chaincodeName),
        close: () => {
            gateway.disconnect();
        },
    };
}
