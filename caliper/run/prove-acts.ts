import { waitUntil } from '../../network/backends/wait-until';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { lastEvents } from '../../network/client/last-events';
import { MainStation } from '../../network/client/main-station';
import { SimulatedTerminal } from '../../network/client/simulated-terminal';
import { identityNames } from '../../network/identities/identity';
import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { SwitchPlace } from '../terminals/switches';
import { switchesOf } from '../terminals/switches';

export interface ActsToProve {
    readonly network: Network;
    /** Only those that are to be run. */
    readonly acts: ReadonlySet<'displacement' | 'control'>;
    readonly connect: (identity: string) => Promise<GatewayConnection>;
}

/** How long the main station may take to hear of a displacement, ms. */
const hearingDeadlineMs = 30_000;

/**
 * One displacement that the main station hears of, and one whole remote control, over no medium: who may not select, and
 * a chaincode without these contracts, are told before the first round. Throws CaliperError `TRANSACTION_NOT_PROVED`.
 */
export async function proveActs({ network, acts, connect }: ActsToProve): Promise<void> {
    const place = switchesOf(network).find(({ terminalId, holderId }) => terminalId === holderId);
    if (acts.size === 0 || place === undefined) return;
    const open: (() => unknown)[] = [];
    const topology = network.name;
    const prove = async (operation: string, act: () => Promise<string | undefined>): Promise<void> => {
        const why = await act().catch((cause: unknown) => {
            const words = cause instanceof Error ? cause.message : String(cause);
            throw new CaliperError({ code: 'TRANSACTION_NOT_PROVED', operation, topology, why: words }, { cause });
        });
        if (why !== undefined) throw new CaliperError({ code: 'TRANSACTION_NOT_PROVED', operation, topology, why });
    };
    try {
        const { station, terminal, heard } = await openParties(place, connect, open);
        const { deviceId, command } = place;
        if (acts.has('displacement')) {
            await prove('displacement', async () => {
                const { transactionId } = await terminal.reportDisplacement(deviceId, { type: command, state: 'on' });
                const isHeard = (): boolean => heard.has(transactionId);
                await waitUntil(isHeard, { deadlineMs: hearingDeadlineMs, forWhat: 'the main station to hear of it' });
                return undefined;
            });
        }
        if (acts.has('control')) await prove('remote control', () => controlOnce(station, place));
    } finally {
        for (const close of open.reverse()) await close();
    }
}

async function openParties(
    { terminalId }: SwitchPlace,
    connect: ActsToProve['connect'],
    open: (() => unknown)[],
): Promise<{ station: MainStation; terminal: SimulatedTerminal; heard: ReadonlySet<string> }> {
    const [desk, connection] = [await connect(identityNames.dispatcher), await connect(terminalId)];
    open.push(() => {
        desk.close();
        connection.close();
    });
    const heard = new Set<string>();
    const station = await MainStation.open(desk, { onDisplacement: ({ transactionId }) => heard.add(transactionId) });
    open.push(() => {
        station.close();
    });
    const { nextSoe } = await lastEvents(connection, terminalId);
    const terminal = await SimulatedTerminal.start({
        connection,
        nextSoe,
        // What the terminal could not do, the main station is told by its silence.
        onError: () => undefined,
    });
    open.push(() => terminal.stop());
    return { station, terminal, heard };
}

/** Why it did not reach its end; undefined when it did. */
async function controlOnce(
    station: MainStation,
    { terminalId, deviceId, command }: SwitchPlace,
): Promise<string | undefined> {
    const { operation } = await station.control({ terminalId, deviceId, command: { type: command, value: 'off' } });
    return operation.state === 'reached' ? undefined : `it ended as ${operation.state}.`;
}
