import type { PeerNode } from '../../network/topology/network-model';
import { UsageError } from '../run-script';
import type { ActValues } from './network-act';

/** Options that say what a new peer is to be. */
export const newPeerOptions = {
    org: { type: 'string', value: 'ORG', usage: 'short name of the organisation of a new peer, e.g. primary' },
    role: { type: 'string', value: 'ROLE', usage: 'endorser (default), committer or backup' },
    port: { type: 'string', value: 'N', usage: "first of a new peer's three ports; chosen when left out" },
} as const;

type Role = PeerNode['role'];
const roles: Readonly<Record<Role, Role>> = { endorser: 'endorser', committer: 'committer', backup: 'backup' };

/** The role that was given, or else an endorser. Throws UsageError. */
export function roleOf({ role = 'endorser' }: Pick<ActValues<typeof newPeerOptions>, 'role'>): Role {
    if (Object.hasOwn(roles, role)) return role as Role;
    throw new UsageError(`A peer cannot be a ${role}: say ${Object.keys(roles).join(', ')}.`);
}

/** The port that was given, if any. Throws UsageError. */
export function portOf({ port }: Pick<ActValues<typeof newPeerOptions>, 'port'>): number | undefined {
    if (port === undefined) return undefined;
    const number = Number(port);
    if (Number.isInteger(number) && number >= 1024 && number <= 65_000) return number;
    throw new UsageError(`--port ${port} is not a port: give a whole number from 1024 to 65000.`);
}
