import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { findIdentity, getOrganization } from '../identities/find-identity';
import { identityNames } from '../identities/identity';
import type { Identity, NetworkIdentities } from '../identities/identity';
import type { Network, OrdererNode, Organization, PeerNode } from '../topology/network-model';
import { newSerializedIdentity } from '../wire/serialized-identity';
import { signLowS } from '../wire/signature';
import { AdminError } from './admin-errors';
import { NodeConnections } from './node-connections';
import type { NodeAddress } from './node-connections';

/** Waits until a condition gives something other than undefined and false, and returns it; throws after the deadline. */
export type WaitUntil = <T>(
    condition: () => T | undefined | false | Promise<T | undefined | false>,
    options: { readonly deadlineMs: number; readonly forWhat: string; readonly intervalMs?: number },
) => Promise<T>;

export interface AdminSessionOptions {
    readonly network: Network;
    readonly identities: NetworkIdentities;
    readonly waitUntil: WaitUntil;
    /** Epoch milliseconds. */
    readonly nowMs: () => number;
    /** 24 random bytes at each call. */
    readonly newNonce: () => Buffer;
    /** How long any one condition may take. */
    readonly deadlineMs: number;
}

/** Somebody who signs: creator bytes, and the key behind them. */
export interface Signer {
    readonly creator: Buffer;
    sign(message: Uint8Array): Buffer;
}

/** A peer with the organisation whose administrator speaks to it. */
export interface OwnedPeer {
    readonly organization: Organization;
    readonly peer: PeerNode;
}

/** Everything that administrators of a network's organisations need to act, each on the nodes of its own. Close it. */
export class AdminSession {
    readonly connections = new NodeConnections();
    readonly options: AdminSessionOptions;
    readonly #signers = new Map<string, Signer>();

    constructor(options: AdminSessionOptions) {
        this.options = options;
    }

    get network(): Network {
        return this.options.network;
    }

    /** Every peer of the network. */
    get peers(): readonly OwnedPeer[] {
        return this.network.organizations.flatMap((organization) =>
            organization.peers.map((peer) => ({ organization, peer })),
        );
    }

    /** Throws AdminError ORGANIZATION_NOT_ON_CHANNEL. */
    organizationOf(mspId: string): Organization {
        const found = this.network.organizations.find((organization) => organization.mspId === mspId);
        if (found) return found;
        throw new AdminError({ code: 'ORGANIZATION_NOT_ON_CHANNEL', mspId, channel: this.network.channel.name });
    }

    /** The peers that run the chaincode: the others only commit. */
    get endorsers(): readonly OwnedPeer[] {
        return this.peers.filter(({ peer }) => peer.role === 'endorser');
    }

    /** The organisation's administrator. Throws IdentityError IDENTITY_UNKNOWN. */
    adminOf({ id, mspId }: Organization): Signer {
        const present = this.#signers.get(mspId);
        if (present) return present;
        const signer = newSigner(findIdentity(this.options.identities, identityNames.admin(id)));
        this.#signers.set(mspId, signer);
        return signer;
    }

    addressOf({ mspId }: Organization, { name, host, port }: PeerNode | OrdererNode): NodeAddress {
        const tlsRootPem = getOrganization(this.options.identities, mspId).tlsCa.certificatePem;
        return { name, host, port, tlsRootPem };
    }

    /** Waits with the session's deadline. */
    async wait<T>(
        forWhat: string,
        condition: () => T | undefined | false | Promise<T | undefined | false>,
    ): Promise<T> {
        return this.options.waitUntil(condition, { deadlineMs: this.options.deadlineMs, forWhat });
    }

    close(): void {
        this.connections.close();
    }
}

function newSigner({ mspId, certificatePem, privateKeyPem }: Identity): Signer {
    const key: KeyObject = createPrivateKey(privateKeyPem);
    return { creator: newSerializedIdentity(mspId, certificatePem), sign: (message) => signLowS(key, message) };
}
