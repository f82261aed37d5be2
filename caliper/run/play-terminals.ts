import { join } from 'node:path';
import { findIdentity } from '../../network/identities/find-identity';
import type { Relay } from '../../network/links/relay';
import type { FleetSwitch } from '../terminals/switches';
import { TerminalGroup } from '../terminals/terminal-group';
import type { NetworkUnderTest } from './network-under-test';

export interface PlayOptions {
    readonly under: NetworkUnderTest;
    readonly switches: readonly FleetSwitch[];
    readonly relays: readonly Relay[];
    /** For the processes' logs; absolute. */
    readonly directory: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
}

/**
 * Starts the terminals of every medium that has switches, each medium in a process of its own; answers when all listen.
 * Throws CaliperError `TERMINALS_NOT_PLAYED` or `BENCH_INTERRUPTED`; nothing runs then.
 */
export async function playTerminals(options: PlayOptions): Promise<TerminalGroup[]> {
    const media = options.under.network.media.filter(({ name }) =>
        options.switches.some(({ medium }) => medium === name),
    );
    const started = await Promise.allSettled(media.map((medium) => startGroup(options, medium)));
    const groups = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = started.find((one) => one.status === 'rejected');
    if (refused === undefined) return groups;
    await Promise.all(groups.map((group) => group.stop()));
    throw refused.reason;
}

async function startGroup(
    { under, switches, relays, directory, environment, signal }: PlayOptions,
    medium: NetworkUnderTest['network']['media'][number],
): Promise<TerminalGroup> {
    const { network, connectionProfiles, asLocalhost } = under;
    const own = switches.filter((one) => one.medium === medium.name);
    const names = new Set(own.flatMap(({ terminalId, holderId }) => [terminalId, holderId]));
    const order = {
        target: { network, connectionProfiles },
        asLocalhost,
        deadlines: medium,
        relayUrl: relays.find((relay) => relay.medium === medium.name)?.url,
        switches: own,
        identities: [...names].map((name) => findIdentity(under.identities, name)),
    };
    const logFile = join(directory, `terminals-${medium.name}.log`);
    return TerminalGroup.start({ medium: medium.name, order, logFile, environment }, signal);
}
