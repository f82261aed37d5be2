import type { Position } from '../../chaincode/src/displacement/displacement-api';
import type { ReachableNetwork } from '../../network/client/connect-gateway';
import type { Deadlines } from '../../network/client/deadlines';
import type { Identity } from '../../network/identities/identity';
import type { FleetSwitch } from './switches';

/** What the process of a medium's terminals is told, once. */
export interface TerminalsOrder {
    readonly target: ReachableNetwork;
    readonly asLocalhost: boolean;
    /** The medium's. */
    readonly deadlines: Deadlines;
    /** Through which all connections go; undefined where links are not emulated. */
    readonly relayUrl: string | undefined;
    /** Of the medium. */
    readonly switches: readonly FleetSwitch[];
    /** Of their terminals and of those that hold gateways. */
    readonly identities: readonly Identity[];
}

/** What it may be told afterwards, any number of times: a device of one of its terminals has moved by itself. */
export interface MovedByItself {
    readonly terminalId: string;
    readonly deviceId: string;
    readonly position: Position;
}

/** What it tells: once that all terminals listen or why they do not, then each failure of a terminal. */
export type TerminalsReport =
    | { readonly kind: 'listening'; readonly terminals: number }
    | { readonly kind: 'not-listening'; readonly why: string }
    | { readonly kind: 'failure'; readonly terminalId: string; readonly why: string };
