import { findIdentity, getOrganization } from '../identities/find-identity';
import { identityNames } from '../identities/identity';
import type { Authority } from '../identities/identity';
import {
    isRevokedBy,
    issueRevocationList,
    listsOfAuthority,
    serialNumberOf,
    type IssuedRevocationList,
} from '../identities/issue-revocation-list';
import { withValue, type ConfigGroupMessage } from '../wire/config-tree';
import { parseMspConfig, withRevocationLists } from '../wire/msp-config';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';
import type { CurrentConfig } from './read-channel-config';
import { updateChannelConfig } from './update-channel-config';
import type { ConfigUpdateResult } from './update-channel-config';

export interface Revocation {
    readonly mspId: string;
    /** The organisation's list as the channel now has it; undefined when the certificate had been revoked before. */
    readonly list: IssuedRevocationList | undefined;
    readonly update: ConfigUpdateResult | undefined;
}

/**
 * Takes a certificate back: its organisation's CA signs a revocation list that continues the one before, and the
 * organisation's administrator puts it into the MSP, at the orderers and at the peers in one update. From then on every
 * node refuses what that certificate signs. `kept` is the list that the CA issued last, if any. Throws IdentityError
 * IDENTITY_UNKNOWN, AdminError ADMINISTRATOR_NOT_REVOCABLE, and what `updateChannelConfig` throws.
 */
export async function revokeIdentity(
    session: AdminSession,
    name: string,
    { kept, now }: { readonly kept: Buffer | undefined; readonly now: Date },
): Promise<Revocation> {
    const { identities } = session.options;
    const { mspId, certificatePem } = findIdentity(identities, name);
    if (name === identityNames.admin(session.organizationOf(mspId).id)) {
        throw new AdminError({ code: 'ADMINISTRATOR_NOT_REVOCABLE', name, mspId });
    }
    const { ca } = getOrganization(identities, mspId);
    const serialNumber = serialNumberOf(certificatePem);
    let list: IssuedRevocationList | undefined;
    const update = await updateChannelConfig(session, (current) => {
        const former = listsOfAuthority(ca, current.parsed.msps.get(mspId)?.revocationLists ?? []);
        if (isRevokedBy(former, serialNumber)) return current.root;
        const continued = [...former, ...listsOfAuthority(ca, kept ? [kept] : [])];
        list = issueRevocationList(ca, { former: continued, serialNumber, now });
        return withRevocationList(current, mspId, { list: Buffer.from(list.pem), by: ca });
    });
    return { mspId, list, update };
}

/** The organisation's MSP with one list in place of those that it continues; lists of its other authorities stay. */
function withRevocationList({ root, parsed }: CurrentConfig, mspId: string, change: ListChange): ConfigGroupMessage {
    const msp = parsed.msps.get(mspId);
    if (!msp) throw new AdminError({ code: 'ORGANIZATION_NOT_ON_CHANNEL', mspId, channel: parsed.channelId });
    const others = msp.revocationLists.filter((list) => listsOfAuthority(change.by, [list]).length === 0);
    let changed = root;
    for (const side of ['Orderer', 'Application']) {
        for (const [name, group] of parsed.root.groups.get(side)?.groups ?? []) {
            const value = group.values.get('MSP')?.value;
            if (!value || parseMspConfig(value).mspId !== mspId) continue;
            const bytes = withRevocationLists(value, [...others, change.list]);
            changed = withValue(changed, [side, name], { name: 'MSP', bytes });
        }
    }
    return changed;
}

interface ListChange {
    readonly list: Buffer;
    readonly by: Authority;
}
