import type { BlockCutting, Medium } from '../../network/topology/network-model';
import type { Operation } from './operations';
import { filteredBlockBytes, trafficFigures } from './traffic-figures';

export interface RoundLoad {
    readonly operation: Operation;
    /** Of the whole round, over all its media. */
    readonly tps: number;
}

/** A medium's part in a round. */
export interface MediumShare {
    readonly medium: Medium;
    /** Of the round's operations, those of the medium's own terminals; from 0 to 1. */
    readonly part: number;
    /** Open gateways on the medium: each hears every committed transaction. */
    readonly gateways: number;
}

/** kbit/s that a round asks of a medium, summed, against what the medium has. */
export interface BandwidthSum {
    readonly medium: string;
    readonly upKbps: number;
    readonly downKbps: number;
    /** Of `downKbps`: filtered blocks to the open gateways. */
    readonly blocksKbps: number;
    readonly fits: boolean;
    /** The sum in words. */
    readonly text: string;
}

const kbps = (bytesPerSecond: number): number => (bytesPerSecond * 8) / 1000;
const round = (value: number): string => value.toFixed(0);

/**
 * Adds up what a round sends over a medium: the calls of the medium's own terminals both ways, and the filtered blocks
 * of all terminals' transactions to each of its gateways.
 */
export function sumBandwidth(load: RoundLoad, share: MediumShare, cutting: BlockCutting): BandwidthSum {
    const { medium, part, gateways } = share;
    const figures = trafficFigures[load.operation];
    const ownTps = load.tps * part;
    const upKbps = kbps(ownTps * figures.upBytes);
    const callsDownKbps = kbps(ownTps * figures.downBytes);
    const blocksKbps = kbps(gateways * heardBytesPerSecond(load, cutting));
    const downKbps = callsDownKbps + blocksKbps;
    const unit = load.operation === 'control' ? 'acts a second' : 'TPS';
    const text =
        `${Number(ownTps.toFixed(1))} of ${load.tps} ${unit} take ${round(upKbps)} of ${medium.uplinkKbps} kbit/s up, and ` +
        `down ${round(callsDownKbps)} for the calls and ${round(blocksKbps)} for the blocks that ${gateways} open gateways ` +
        `hear, ${round(downKbps)} of ${medium.downlinkKbps} kbit/s`;
    const fits = upKbps <= medium.uplinkKbps && downKbps <= medium.downlinkKbps;
    return { medium: medium.name, upKbps, downKbps, blocksKbps, fits, text };
}

function heardBytesPerSecond({ operation, tps }: RoundLoad, cutting: BlockCutting): number {
    const { heardBytes, transactions } = trafficFigures[operation];
    const committed = tps * transactions;
    const most = Math.max(1000 / cutting.timeoutMs, committed / cutting.maxMessageCount);
    return tps * heardBytes + Math.min(committed, most) * filteredBlockBytes;
}
