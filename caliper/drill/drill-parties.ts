import { mkdir } from 'node:fs/promises';
import type { EpochClock } from '../../network/client/epoch-clock';
import { lastEvents } from '../../network/client/last-events';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { identityNames } from '../../network/identities/identity';
import type { Organization } from '../../network/topology/network-model';
import { LinkCheck } from '../run/check-links';
import type { NetworkUnderTest } from '../run/network-under-test';
import { playTerminals } from '../run/play-terminals';
import { startRelays } from '../run/start-relays';
import type { TerminalGroup } from '../terminals/terminal-group';
import type { DrillParts } from './plan-drill';

/** Closes what was opened, the last first; what is opened later than that is closed at once. */
export class Openings {
    #closers: (() => unknown)[] | undefined = [];

    add(close: () => unknown): void {
        if (this.#closers === undefined) void close();
        else this.#closers.push(close);
    }

    async close(): Promise<void> {
        const closers = this.#closers ?? [];
        this.#closers = undefined;
        for (const close of closers.reverse()) await close();
    }
}

/** Opens an organisation's desk, at its own peer and on no medium. */
export type OpenDesk = (organization: Organization) => Promise<OrganizationDesk>;

/** Whoever takes part before the loss. */
export interface DrillParties {
    readonly dispatch: OrganizationDesk;
    readonly takesOver: OrganizationDesk;
    readonly approver: OrganizationDesk;
    /** The process that plays the switch's terminal, over its medium. */
    readonly terminal: TerminalGroup;
}

export interface PartiesOptions {
    readonly parts: DrillParts;
    readonly under: NetworkUnderTest;
    /** For the terminal's log; absolute. */
    readonly directory: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    readonly clock: EpochClock;
    readonly signal: AbortSignal;
}

/** Desks are opened by readers, over which the others of an organisation speak. */
export function deskOpener({ under, clock }: Pick<PartiesOptions, 'under' | 'clock'>, openings: Openings): OpenDesk {
    return async ({ id }) => {
        const options = { asLocalhost: under.asLocalhost, clock };
        const desk = await OrganizationDesk.open(under, under.identities, identityNames.reader(id), options);
        openings.add(() => {
            desk.close();
        });
        return desk;
    };
}

/**
 * The three desks, and the terminal behind its medium's relay. Throws CaliperError `TERMINALS_NOT_PLAYED`, `LINK_BYPASSED`
 * and `BENCH_INTERRUPTED`, and what the client throws.
 */
export async function openParties(options: PartiesOptions, openings: Openings): Promise<DrillParties> {
    const { parts, under, directory } = options;
    const { place } = parts;
    await mkdir(directory, { recursive: true });
    const open = deskOpener(options, openings);
    const [dispatch, takesOver, approver] = await Promise.all([
        open(parts.dispatch),
        open(parts.takesOver),
        open(parts.approver),
    ]);
    const { nextSoe } = await lastEvents(takesOver.gate, place.terminalId);
    const relays = under.emulateLinks ? await startRelays(under, [place.medium]) : [];
    openings.add(() => Promise.all(relays.map((relay) => relay.stop())));
    const links = new LinkCheck(under.observe, relays);
    await links.begin();
    const switches = [{ ...place, nextSoe, position: 'on' as const }];
    const [terminal] = await playTerminals({ ...options, switches, relays });
    if (terminal === undefined) throw new TypeError(`the topology has no medium ${place.medium}`);
    openings.add(() => terminal.stop());
    await links.waitUntilCrossed();
    return { dispatch, takesOver, approver, terminal };
}
