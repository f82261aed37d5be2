import { randomBytes } from 'node:crypto';
import { AdminSession } from '../admin/admin-session';
import { readIdentities } from '../identities/identity-store';
import { BackendError } from './backend-errors';
import type { RunningNetwork } from './running-network';
import { waitUntil } from './wait-until';

/** How long any one step of an administrator may take. */
const stepDeadlineMs = 30_000;

/** A session of the administrators of a network that is up, with the keys that lie in its run directory. Close it. */
export async function openAdminSession({ network, identitiesDirectory }: RunningNetwork): Promise<AdminSession> {
    return new AdminSession({
        network,
        identities: await readIdentities(identitiesDirectory),
        waitUntil,
        nowMs: () => Date.now(),
        newNonce: () => randomBytes(24),
        deadlineMs: stepDeadlineMs,
    });
}

/**
 * The same, for what changes the channel's configuration. `step` completes "The embedded network cannot …": throws
 * NOT_ON_EMBEDDED there.
 */
export async function openConfigSession(running: RunningNetwork, step: string): Promise<AdminSession> {
    if (running.backend === 'embedded') {
        const because = 'its channel’s configuration stays as its topology makes it';
        throw new BackendError({ code: 'NOT_ON_EMBEDDED', step, because });
    }
    return openAdminSession(running);
}
