import type { ChaincodeStream } from '../chaincode/chaincode-stream';
import type { Clock } from '../clock';
import type { PeerLedger } from '../ledger/peer-ledger';
import type { ChaincodeDefinitions } from '../lifecycle/chaincode-definitions';
import type { ChannelPolicies } from '../msp/channel-policies';
import type { MspRegistry } from '../msp/msp-registry';
import type { Collections } from '../private-data/collections';
import type { PrivateDataExchange } from '../private-data/private-data-exchange';
import type { Signer } from '../msp/signer';

/** One peer: its own ledger, its own view of the channel's members, its own stream to its own chaincode process. */
export interface EndorsingPeer {
    /** DNS name, e.g. peer0.dispatch.feeder.example. */
    readonly name: string;
    readonly mspId: string;
    readonly channelId: string;
    readonly signer: Signer;
    readonly ledger: PeerLedger;
    readonly msps: MspRegistry;
    readonly policies: ChannelPolicies;
    readonly definitions: ChaincodeDefinitions;
    readonly collections: Collections;
    readonly privateData: PrivateDataExchange;
    /** By chaincode name. */
    readonly chaincodes: ReadonlyMap<string, ChaincodeStream>;
    readonly clock: Clock;
}
