/** The terminals of one medium, in a process of their own: whatever it dials goes through the medium's relay. */
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway } from '../../network/client/connect-gateway';
import type { GatewayConnection, GatewayOptions } from '../../network/client/connect-gateway';
import { SimulatedTerminal } from '../../network/client/simulated-terminal';
import type { Identity } from '../../network/identities/identity';
import { holdToRelay } from '../connector/hold-to-relay';
import type { FleetSwitch } from './switches';
import type { MovedByItself, TerminalsOrder, TerminalsReport } from './terminal-messages';

const report = (told: TerminalsReport): void => {
    process.send?.(told);
};
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Opens a gateway for each terminal that holds one, with one stream of filtered blocks, in which its terminals hear of
 * commands and commits alike. Terminals without a gateway sign for themselves and speak over their concentrator's.
 */
async function play(order: TerminalsOrder): Promise<SimulatedTerminal[]> {
    holdToRelay(order.relayUrl);
    const identities = new Map(order.identities.map((identity) => [identity.name, identity]));
    const holders = [...new Set(order.switches.map(({ holderId }) => holderId))];
    const started = holders.map(async (holderId) => {
        const gate = await connectGateway(order.target, find(identities, holderId), optionsOf(order));
        const commitWatch = await CommitWatch.open(gate);
        const own = order.switches.filter((one) => one.holderId === holderId);
        const terminals: SimulatedTerminal[] = [];
        for (const one of own) {
            const identity = find(identities, one.terminalId);
            terminals.push(await startTerminal(order, identity, one, { gate, commitWatch }));
        }
        return terminals;
    });
    return (await Promise.all(started)).flat();
}

function optionsOf({ deadlines, asLocalhost, relayUrl }: TerminalsOrder): GatewayOptions {
    return { deadlines, asLocalhost, clock: Date.now, ...(relayUrl !== undefined && { relayUrl }) };
}

async function startTerminal(
    order: TerminalsOrder,
    identity: Identity,
    { nextSoe }: FleetSwitch,
    { gate, commitWatch }: { readonly gate: GatewayConnection; readonly commitWatch: CommitWatch },
): Promise<SimulatedTerminal> {
    const options = { ...optionsOf(order), sharing: gate, commitWatch };
    const connection = await connectGateway(order.target, identity, options);
    return SimulatedTerminal.start({
        connection,
        noticesOf: gate,
        nextSoe,
        onError: (error) => {
            report({ kind: 'failure', terminalId: identity.name, why: textOf(error) });
        },
    });
}

function find(identities: ReadonlyMap<string, Identity>, name: string): Identity {
    const identity = identities.get(name);
    if (identity === undefined) throw new TypeError(`no identity of ${name} was handed over`);
    return identity;
}

/** Of a terminal that is not played here nothing is known, which is its caller's mistake. */
function move(terminals: readonly SimulatedTerminal[], { terminalId, deviceId, position }: MovedByItself): void {
    const terminal = terminals.find((one) => one.terminalId === terminalId);
    if (terminal === undefined) throw new TypeError(`${terminalId} is not played here`);
    terminal.reportDisplacement(deviceId, position).catch((error: unknown) => {
        report({ kind: 'failure', terminalId, why: textOf(error) });
    });
}

process.once('message', (order) => {
    play(order as TerminalsOrder).then(
        (terminals) => {
            process.on('message', (told) => {
                move(terminals, told as MovedByItself);
            });
            report({ kind: 'listening', terminals: terminals.length });
        },
        (error: unknown) => {
            report({ kind: 'not-listening', why: textOf(error) });
        },
    );
});
// Whoever started it is gone: nobody would end it.
process.once('disconnect', () => process.exit(0));
