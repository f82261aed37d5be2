import { z } from 'zod';
import type { DisplacementInput } from '../../chaincode/src/displacement/displacement-api';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { devicesOf } from '../../network/client/devices-of';
import { lastEvents } from '../../network/client/last-events';
import type { Network } from '../../network/topology/network-model';
import { SeededRandom } from '../../network/topology/seeded-random';
import { reportersOn } from './share-terminals';

export const switchSchema = z.strictObject({
    terminalId: z.string(),
    deviceId: z.string(),
    command: z.enum(['single', 'double']),
    medium: z.string(),
    /** Who holds the gateway over which the terminal speaks: itself, or its concentrator. */
    holderId: z.string(),
    /** Number of the terminal's next event. */
    nextSoe: z.int().nonnegative(),
    /** Where it stands as far as the ledger tells; a switch of which it tells nothing is taken as closed. */
    position: z.enum(['on', 'off']),
});

/** A switch of the fleet, the terminal that moves it, and what the ledger tells of both before a run. */
export type FleetSwitch = z.infer<typeof switchSchema>;
export type SwitchPosition = FleetSwitch['position'];
export type SwitchPlace = Omit<FleetSwitch, 'nextSoe' | 'position'>;

/**
 * The switch of every terminal that has one, in an order that depends on the seed alone and mixes the media: whoever
 * takes them in turn burdens no medium in bursts.
 */
export function switchesOf(network: Network): SwitchPlace[] {
    const random = new SeededRandom(network.seed, 'switches');
    const media = [...new Set(network.terminals.map(({ medium }) => medium))];
    return media
        .flatMap((medium) => reportersOn(network, medium))
        .flatMap(({ terminal, reporter }) => {
            const [device] = devicesOf(terminal);
            if (device === undefined || device.command === 'step') return [];
            const { deviceId, command } = device;
            const place = {
                terminalId: terminal.id,
                deviceId,
                command,
                medium: terminal.medium,
                holderId: reporter.id,
            };
            return [{ place, at: random.next() }];
        })
        .sort((one, other) => one.at - other.at)
        .map(({ place }) => place);
}

/** The fleet's switches with what the ledger tells of them. Throws ClientError when nobody answers. */
export async function readSwitches(connection: GatewayConnection, network: Network): Promise<FleetSwitch[]> {
    return Promise.all(
        switchesOf(network).map(async (place) => {
            const { nextSoe, positions } = await lastEvents(connection, place.terminalId);
            const last = positions.get(place.deviceId);
            const isOpen = last !== undefined && last.type !== 'step' && last.state === 'off';
            return { ...place, nextSoe, position: isOpen ? 'off' : 'on' };
        }),
    );
}

/** What a terminal says of its switch when it has started: where it stands, under the number of its next event. */
export function initialReport(one: FleetSwitch, timeMs: number): DisplacementInput {
    return reportOf(one, { position: one.position, cause: 'initialized', soe: one.nextSoe, timeMs });
}

/** The report of a switch's n-th move after that, from zero: to the other position each time. */
export function moveReport(one: FleetSwitch, moves: number, timeMs: number): DisplacementInput {
    const position = moves % 2 === 0 ? opposite(one.position) : one.position;
    return reportOf(one, { position, cause: 'spontaneous', soe: one.nextSoe + 1 + moves, timeMs });
}

function reportOf(
    { terminalId, deviceId, command }: FleetSwitch,
    { position, ...said }: Pick<DisplacementInput, 'cause' | 'soe' | 'timeMs'> & { readonly position: SwitchPosition },
): DisplacementInput {
    return { terminalId, deviceId, position: { type: command, state: position }, quality: 'valid', ...said };
}

export const opposite = (position: SwitchPosition): SwitchPosition => (position === 'on' ? 'off' : 'on');
