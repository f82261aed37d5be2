import { registrationCalls } from '../../chaincode/src/registration/registration-api';
import type { RunningNetwork } from '../../network/backends/running-network';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { submitUntilCommitted } from '../../network/client/submit-until-committed';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames, type NetworkIdentities } from '../../network/identities/identity';

/** A terminal that acts for itself. */
export interface ActingTerminal {
    readonly id: string;
    readonly connection: GatewayConnection;
    /** Of its displacements; no number is given twice. */
    soe: number;
    /** Of its signed readings; no number is given twice. */
    sequence: number;
}

/** A switch that can be selected: at most one operation at a time, so a round has one transaction a switch. */
export interface ActingSwitch {
    readonly terminal: ActingTerminal;
    readonly deviceId: string;
    /** The transaction that selected it last. */
    operationId: string;
}

export interface ActingConcentrator extends ActingTerminal {
    readonly collectsFor: readonly string[];
}

/** Everybody who acts, over the connections and the commit stream of one gateway for each organisation. */
export interface ActsDesk {
    readonly terminals: readonly ActingTerminal[];
    readonly switches: readonly ActingSwitch[];
    readonly concentrators: readonly ActingConcentrator[];
    readonly dispatcher: GatewayConnection;
    close(): void;
}

/** Of a terminal, in place of those of the topology: as many as make a round. */
const switchesEach = 5;

/** Opens a gateway for everybody and gives every terminal that reports for itself its switches. Throws ClientError. */
export async function openActsDesk(running: RunningNetwork, identities: NetworkIdentities): Promise<ActsDesk> {
    const { organizations, terminals: places } = running.network;
    const gates = new Map<string, { readonly gate: GatewayConnection; readonly commitWatch: CommitWatch }>();
    for (const { id, mspId } of organizations) {
        const gate = await connectGateway(running, findIdentity(identities, identityNames.operator(id)));
        gates.set(mspId, { gate, commitWatch: await CommitWatch.open(gate) });
    }
    const as = (name: string): Promise<GatewayConnection> => {
        const identity = findIdentity(identities, name);
        const { gate, commitWatch } = gates.get(identity.mspId) ?? {};
        return connectGateway(running, identity, {
            ...(gate && { sharing: gate }),
            ...(commitWatch && { commitWatch }),
        });
    };
    const acting = async (id: string): Promise<ActingTerminal> => ({
        id,
        connection: await as(id),
        soe: 0,
        sequence: 0,
    });
    const own = places.filter(({ concentrators }) => concentrators.length === 0);
    const terminals = await Promise.all(own.map(({ id }) => acting(id)));
    const deviceIds = Array.from({ length: switchesEach }, (_, index) => `Q${index}`);
    for (const { id: terminalId, mspId } of own) {
        const devices = deviceIds.map(
            (deviceId) =>
                ({ deviceId, command: 'double', sections: [`bus-${terminalId}`, `line-${terminalId}`] }) as const,
        );
        const operator = gates.get(mspId)?.gate;
        if (operator) await submitUntilCommitted(operator, registrationCalls.changeDevices({ terminalId, devices }));
    }
    const collectors = new Set(places.flatMap(({ concentrators }) => concentrators));
    const concentrators = terminals
        .filter(({ id }) => collectors.has(id))
        .map((terminal) => ({
            ...terminal,
            collectsFor: places.filter(({ concentrators: named }) => named.includes(terminal.id)).map(({ id }) => id),
        }));
    return {
        terminals,
        switches: deviceIds.flatMap((deviceId) =>
            terminals.map((terminal) => ({ terminal, deviceId, operationId: '' })),
        ),
        concentrators,
        dispatcher: await as(identityNames.dispatcher),
        close: () => {
            for (const { gate, commitWatch } of gates.values()) {
                commitWatch.close();
                gate.close();
            }
        },
    };
}
