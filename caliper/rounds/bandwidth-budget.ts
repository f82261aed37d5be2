import type { BlockCutting, Medium } from '../../network/topology/network-model';
import { trafficFigures } from './traffic-figures';

export interface RoundLoad {
    readonly operation: 'set' | 'query';
    /** Of the whole round, over all its media. */
    readonly tps: number;
}

/** A medium's part in a round. */
export interface MediumShare {
    readonly medium: Medium;
    /** Workers that speak for the medium, of all workers of the round: each has the same rate. */
    readonly workers: number;
    readonly totalWorkers: number;
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
    const { medium, workers, totalWorkers, gateways } = share;
    const figures = trafficFigures[load.operation];
    const ownTps = (load.tps * workers) / totalWorkers;
    const upKbps = kbps(ownTps * figures.upBytes);
    const callsDownKbps = kbps(ownTps * figures.downBytes);
    const blocksKbps = load.operation === 'set' ? kbps(gateways * heardBytesPerSecond(load.tps, cutting)) : 0;
    const downKbps = callsDownKbps + blocksKbps;
    const text =
        `${Number(ownTps.toFixed(1))} of ${load.tps} TPS take ${round(upKbps)} of ${medium.uplinkKbps} kbit/s up, and down ` +
        `${round(callsDownKbps)} for the calls and ${round(blocksKbps)} for the blocks that ${gateways} open gateways hear, ` +
        `${round(downKbps)} of ${medium.downlinkKbps} kbit/s`;
    const fits = upKbps <= medium.uplinkKbps && downKbps <= medium.downlinkKbps;
    return { medium: medium.name, upKbps, downKbps, blocksKbps, fits, text };
}

function heardBytesPerSecond(tps: number, cutting: BlockCutting): number {
    const blocksPerSecond = Math.min(tps, Math.max(1000 / cutting.timeoutMs, tps / cutting.maxMessageCount));
    return tps * trafficFigures.filteredTransactionBytes + blocksPerSecond * trafficFigures.filteredBlockBytes;
}
