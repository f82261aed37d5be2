import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import { switchesOf } from '../terminals/switches';
import type { BandwidthSum } from './bandwidth-budget';
import { sumBandwidth } from './bandwidth-budget';

/** Remote controls of one round by the medium of their terminals: the switches take turns. */
export function controlsByMedium(network: Network, transactions: number): ReadonlyMap<string, number> {
    const switches = switchesOf(network);
    const counts = new Map<string, number>();
    for (const [index, { medium }] of switches.entries()) {
        const whole = Math.floor(transactions / switches.length);
        const own = whole + (index < transactions % switches.length ? 1 : 0);
        counts.set(medium, (counts.get(medium) ?? 0) + own);
    }
    return counts;
}

/** What remote controls at a rate ask of each medium that has switches. */
export function controlSums(network: Network, tps: number): readonly BandwidthSum[] {
    const switches = switchesOf(network);
    return network.media
        .map((medium) => ({ medium, own: switches.filter((one) => one.medium === medium.name) }))
        .filter(({ own }) => own.length > 0)
        .map(({ medium, own }) => {
            const gateways = new Set(own.map(({ holderId }) => holderId)).size;
            const share = { medium, part: own.length / switches.length, gateways };
            return sumBandwidth({ operation: 'control', tps }, share, network.channel.blockCutting);
        });
}

/**
 * One selection at a time: a switch whose turn comes round must be free again, and an act may take as long as its limit.
 * Throws CaliperError `TOO_FEW_SWITCHES`.
 */
export function checkSwitches(network: Network, tps: number): void {
    const switches = switchesOf(network).length;
    const limitMs = network.limits.remoteControlMs;
    const needed = Math.ceil((tps * limitMs) / 1000);
    if (switches < needed) {
        throw new CaliperError({ code: 'TOO_FEW_SWITCHES', topology: network.name, switches, needed, tps, limitMs });
    }
}
