import { randomBytes } from 'node:crypto';
import { AdminSession } from '../admin/admin-session';
import { readIdentities } from '../identities/identity-store';
import { BackendError } from './backend-errors';
import type { RunningNetwork } from './running-network';
import { waitUntil } from './wait-until';

/** How long any one step of an administrator may take. */
const stepDeadlineMs = 30_000;

/**
 * A session of the administrators of a network that is up, with the keys that lie in its run directory. Close it.
 * `step` says what it is for, and completes "The embedded network cannot …": throws NOT_ON_EMBEDDED there.
 */
export async function openAdminSession(
    { backend, network, identitiesDirectory }: RunningNetwork,
    step: string,
): Promise<AdminSession> {
    if (backend === 'embedded') {
        const because = 'its channel and its chaincode stand ready-made, and stay as its topology makes them';
        throw new BackendError({ code: 'NOT_ON_EMBEDDED', step, because });
    }
    return new AdminSession({
        network,
        identities: await readIdentities(identitiesDirectory),
        waitUntil,
        nowMs: () => Date.now(),
        newNonce: () => randomBytes(24),
        deadlineMs: stepDeadlineMs,
    });
}
