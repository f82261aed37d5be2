import type { MspIdentity } from './identity';
import { MspError } from './msp-errors';
import type { MspRegistry } from './msp-registry';
import type { SignedData } from './policy';

/**
 * Who really signed: identities that the channel does not know are passed over, each identity counts once, and only
 * then are signatures verified. Fabric v2.5: common/policies/policy.go, SignatureSetToValidIdentities.
 */
export function validIdentities(signed: readonly SignedData[], msps: MspRegistry): MspIdentity[] {
    const found = new Map<string, MspIdentity>();
    for (const { identity: serialized, message, signature } of signed) {
        const identity = findIdentity(serialized, msps);
        if (!identity || found.has(identity.id) || !identity.verify(message, signature)) continue;
        found.set(identity.id, identity);
    }
    return [...found.values()];
}

function findIdentity(serialized: Uint8Array, msps: MspRegistry): MspIdentity | undefined {
    try {
        return msps.identity(serialized);
    } catch (error) {
        if (error instanceof MspError) return undefined;
        throw error;
    }
}
