import { authorityCalls } from '../../chaincode/src/authority/authority-api';
import type { Page } from '../../chaincode/src/calls/call-api';
import {
    registrationCalls,
    terminalStates,
    type TerminalState,
    type TerminalSummary,
} from '../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../chaincode/src/roles/roles-api';
import { findIdentity } from '../identities/find-identity';
import type { ClientIdentities } from '../identities/identity';
import { identityNames } from '../identities/identity';
import type { Network, Organization, Terminal } from '../topology/network-model';
import { ClientError } from './client-errors';
import { CommitWatch } from './commit-watch';
import { connectGateway, type GatewayConnection, type ReachableNetwork } from './connect-gateway';
import { evaluateCall, tryEvaluate } from './evaluate-call';
import { devicesOf } from './devices-of';
import { trySubmit } from './submit-call';
import { submitUntilCommitted } from './submit-until-committed';

export type ProvisionableNetwork = Omit<ReachableNetwork, 'network'> & { readonly network: Network };

export interface Provisioning {
    /** False: the roles had been assigned before. */
    readonly rolesAssigned: boolean;
    /** Terminals of the topology that this call brought to `registered`. */
    readonly registered: number;
    /** Terminals that were on the ledger before, in whatever state; one that was suspended or retired stays so. */
    readonly present: number;
}

/**
 * Makes a new network usable: assigns the roles, registers every terminal of the topology, each by its own request and
 * its operator's confirmation, and gives dispatch authority to the dispatch centre. What is done already is left alone. All gateways share one client's
 * connections and one commit stream, so 60 terminals take seconds.
 */
export async function provisionNetwork(
    running: ProvisionableNetwork,
    identities: ClientIdentities,
): Promise<Provisioning> {
    const desk = await openDesk(running, identities);
    try {
        const rolesAssigned = await assignRoles(desk);
        // Nobody can have been registered before there were roles.
        const states = rolesAssigned ? new Map<string, TerminalState>() : await readStates(desk);
        const terminals = running.network.terminals;
        const turns: Turns = new Map();
        const [registered] = await Promise.all([
            Promise.all(terminals.map((terminal) => registerTerminal(desk, terminal, states.get(terminal.id), turns))),
            assignAuthority(desk),
        ]);
        return {
            rolesAssigned,
            registered: registered.filter(Boolean).length,
            present: terminals.filter(({ id }) => states.has(id)).length,
        };
    } finally {
        desk.close();
    }
}

/** Connections of everybody who has to act, over one client. */
interface Desk {
    readonly network: Network;
    of(identityName: string): Promise<GatewayConnection>;
    operatorOf(mspId: string): Promise<GatewayConnection>;
    readonly admin: GatewayConnection;
    close(): void;
}

async function openDesk(running: ProvisionableNetwork, identities: ClientIdentities): Promise<Desk> {
    const { network } = running;
    const [first] = network.organizations as [Organization, ...Organization[]];
    const admin = await connectGateway(running, findIdentity(identities, identityNames.admin(first.id)));
    const commitWatch = await CommitWatch.open(admin);
    const open = new Map<string, Promise<GatewayConnection>>();
    const of = (name: string): Promise<GatewayConnection> => {
        const present = open.get(name);
        if (present) return present;
        const connection = connectGateway(running, findIdentity(identities, name), { sharing: admin, commitWatch });
        open.set(name, connection);
        return connection;
    };
    const operators = new Map(network.organizations.map(({ id, mspId }) => [mspId, identityNames.operator(id)]));
    return {
        network,
        admin,
        of,
        operatorOf: (mspId) => of(operators.get(mspId) ?? identityNames.operator(mspId)),
        close: () => {
            commitWatch.close();
            admin.close();
        },
    };
}

async function assignRoles(desk: Desk): Promise<boolean> {
    const outcome = await trySubmit(desk.admin, rolesCalls.assignRoles(desk.network.roleHolders));
    if (outcome.committed) return true;
    const { fault, cause, transactionId } = outcome;
    if (fault.code === 'CHAINCODE_FAULT' && fault.fault.code === 'ROLES_ALREADY_ASSIGNED') return false;
    throw new ClientError(fault, { cause, transactionId });
}

/** State of every terminal that the ledger knows. */
async function readStates(desk: Desk): Promise<Map<string, TerminalState>> {
    const states = new Map<string, TerminalState>();
    for (const { mspId } of desk.network.organizations) {
        for (const state of terminalStates) {
            let bookmark = '';
            do {
                const call = registrationCalls.listTerminals({ mspId, state, pageSize: 100, bookmark });
                const page = (await evaluateCall(desk.admin, call)) as Page<TerminalSummary>;
                for (const { terminalId } of page.items) states.set(terminalId, state);
                bookmark = page.bookmark;
            } while (bookmark !== '');
        }
    }
    return states;
}

/**
 * Confirmations of terminals that share a concentrator change one record, the concentrator's roster: they take turns,
 * for of those in one block only the first would be valid.
 */
type Turns = Map<string, Promise<unknown>>;

async function registerTerminal(
    desk: Desk,
    terminal: Terminal,
    state: TerminalState | undefined,
    turns: Turns,
): Promise<boolean> {
    if (state !== undefined && state !== 'requested') return false;
    const before = terminal.concentrators.map((concentrator) => turns.get(concentrator));
    const requested = state === undefined ? requestAccess(desk, terminal) : Promise.resolve();
    const confirmed = Promise.all([requested, ...before]).then(() => confirm(desk, terminal));
    for (const concentrator of terminal.concentrators) turns.set(concentrator, confirmed);
    await confirmed;
    return true;
}

async function requestAccess(desk: Desk, terminal: Terminal): Promise<void> {
    const { id: terminalId, kind, site, feeder, bus, medium, concentrators } = terminal;
    const location = { site, feeder, bus, medium };
    const devices = devicesOf(terminal);
    const call = registrationCalls.requestAccess({ terminalId, kind, location, concentrators, devices });
    await submitUntilCommitted(await desk.of(terminalId), call);
}

async function confirm(desk: Desk, { id: terminalId, medium, mspId }: Terminal): Promise<void> {
    const clockToleranceMs = desk.network.media.find(({ name }) => name === medium)?.clockToleranceMs ?? 0;
    const call = registrationCalls.confirm({ terminalId, clockToleranceMs });
    await submitUntilCommitted(await desk.operatorOf(mspId), call);
}

/** Gives dispatch authority to the dispatch centre, unless it is somebody's; it takes operators of two organisations. */
async function assignAuthority(desk: Desk): Promise<void> {
    const { network, admin } = desk;
    const { operator, dispatcher } = network.roleHolders;
    const holder = network.organizations.find(({ role }) => role === 'dispatch')?.mspId ?? '';
    const [proposedBy, approvedBy] = operator;
    if (proposedBy === undefined || approvedBy === undefined || !dispatcher.includes(holder)) return;
    const asked = await tryEvaluate(admin, authorityCalls.queryAuthority());
    if (asked.answered) return;
    if (asked.fault.code !== 'CHAINCODE_FAULT' || asked.fault.fault.code !== 'AUTHORITY_NOT_ASSIGNED') {
        throw new ClientError(asked.fault, { cause: asked.cause });
    }
    const proposal = authorityCalls.proposeAuthority({ holder, reason: 'first operation' });
    const proposalId = await submitUntilCommitted(await desk.operatorOf(proposedBy), proposal);
    const approval = authorityCalls.approveAuthority({ proposedBy, proposalId });
    await submitUntilCommitted(await desk.operatorOf(approvedBy), approval, { lagging: ['PROPOSAL_UNKNOWN'] });
}
