import type { Clock } from '../clock';
import type { PeerLedger } from '../ledger/peer-ledger';
import type { ChaincodeDefinitions } from '../lifecycle/chaincode-definitions';
import type { InstalledPackages } from '../lifecycle/installed-packages';
import type { ChannelPolicies } from '../msp/channel-policies';
import type { MspRegistry } from '../msp/msp-registry';
import type { Collections } from '../private-data/collections';
import type { PrivateDataExchange } from '../private-data/private-data-exchange';
import type { Signer } from '../msp/signer';

/** One peer: its own ledger, its own view of the channel's members, its own streams to chaincode. */
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
    readonly packages: InstalledPackages;
    readonly clock: Clock;
}
