import type { Network, Terminal } from '../../network/topology/network-model';

/** A terminal with the identity that reports for it. */
export interface FleetTerminal {
    readonly terminal: Terminal;
    /** The terminal itself, or its concentrator where only concentrators hold a gateway. */
    readonly reporter: Terminal;
}

/** What one Caliper worker speaks for. */
export interface WorkerShare {
    readonly medium: string;
    readonly terminals: readonly FleetTerminal[];
    /** Whose gateways it opens: the reporters, each once. */
    readonly gateways: readonly Terminal[];
}

/**
 * Shares the terminals out to the workers of their medium, without overlap: a medium's terminals go to its workers in
 * turn. Terminals that have several concentrators are reported for by each of them in turn, too.
 */
export function shareTerminals(network: Pick<Network, 'terminals' | 'media' | 'workers'>): WorkerShare[] {
    return network.workers.map(({ medium }, index) => {
        const peers = network.workers.flatMap((worker, at) => (worker.medium === medium ? [at] : []));
        const turn = peers.indexOf(index);
        const terminals = reportersOn(network, medium).filter((_, at) => at % peers.length === turn);
        return { medium, terminals, gateways: [...new Set(terminals.map(({ reporter }) => reporter))] };
    });
}

/** Terminals of a medium, each with who reports for it. */
export function reportersOn(
    { terminals, media }: Pick<Network, 'terminals' | 'media'>,
    medium: string,
): FleetTerminal[] {
    const isShared = media.some(({ name, gatewayHolders }) => name === medium && gatewayHolders === 'concentrators');
    const byId = new Map(terminals.map((terminal) => [terminal.id, terminal]));
    return terminals
        .filter((terminal) => terminal.medium === medium)
        .map((terminal, at) => {
            const holders = isShared && !terminal.isConcentrator ? terminal.concentrators : [];
            const holder = holders[at % Math.max(1, holders.length)];
            return { terminal, reporter: (holder === undefined ? undefined : byId.get(holder)) ?? terminal };
        });
}
