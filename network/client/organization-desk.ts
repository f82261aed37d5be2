import type { ClientIdentities } from '../identities/identity';
import { findIdentity } from '../identities/find-identity';
import { CommitWatch } from './commit-watch';
import { connectGateway, type GatewayConnection, type GatewayOptions, type ReachableNetwork } from './connect-gateway';
import { followNotices } from './follow-notices';

/** Gateways of one organisation's people and terminals: they share its connections and one commit stream. */
export class OrganizationDesk {
    readonly gate: GatewayConnection;
    readonly #target: ReachableNetwork;
    readonly #identities: ClientIdentities;
    readonly #options: GatewayOptions;
    readonly #watch: CommitWatch;
    readonly #open: GatewayConnection[] = [];

    private constructor(
        gate: GatewayConnection,
        watch: CommitWatch,
        from: {
            readonly target: ReachableNetwork;
            readonly identities: ClientIdentities;
            readonly options: GatewayOptions;
        },
    ) {
        this.gate = gate;
        this.#watch = watch;
        this.#target = from.target;
        this.#identities = from.identities;
        this.#options = from.options;
    }

    /** Opens the organisation's connections by one of its identities. Throws what `connectGateway` throws. */
    static async open(
        target: ReachableNetwork,
        identities: ClientIdentities,
        identity: string,
        options: GatewayOptions = {},
    ): Promise<OrganizationDesk> {
        const gate = await connectGateway(target, findIdentity(identities, identity), options);
        try {
            return new OrganizationDesk(gate, await CommitWatch.open(gate), { target, identities, options });
        } catch (error) {
            gate.close();
            throw error;
        }
    }

    /** A gateway of somebody over the desk's connections. Throws IdentityError IDENTITY_UNKNOWN. */
    async as(identity: string): Promise<GatewayConnection> {
        const connection = await connectGateway(this.#target, findIdentity(this.#identities, identity), {
            ...this.#options,
            sharing: this.gate,
            commitWatch: this.#watch,
        });
        this.#open.push(connection);
        return connection;
    }

    /** Names of the events that filtered blocks tell from now on. */
    async notices(): Promise<string[]> {
        const names: string[] = [];
        await followNotices(this.gate, ({ name }) => names.push(name));
        return names;
    }

    /** With every gateway of its own, whose streams would try for ever to come back. */
    close(): void {
        this.#watch.close();
        for (const connection of this.#open) connection.close();
        this.gate.close();
    }
}
