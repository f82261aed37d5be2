import type { HashedWrite } from '../../wire/hashed-rwset';
import { newPrivateKeyValueSet, parsePrivateKeyValueSet } from '../../wire/private-rwset';
import type { KeyWrite } from '../../wire/rwset';
import { privateHash } from '../ledger/collection-namespaces';
import type { MissingWrites } from './missing-private-data';

/**
 * What a peer keeps of private writes that it is given after their block: those that the hashes on its ledger tell of,
 * without keys that were purged since. Undefined when they are not the right ones, or when whoever gives them has purged
 * more than this peer knows of yet. Fabric v2.5.16: core/ledger/kvledger/hashcheck_pvtdata.go, validateAndRemovePurgedKeys.
 */
export function checkLateWrites(
    rwset: Buffer,
    { hash, writes: hashed }: Pick<MissingWrites, 'hash' | 'writes'>,
    isPurged: (keyHash: Buffer) => boolean,
): Buffer | undefined {
    const expected = new Map(
        hashed.filter(({ keyHash }) => !isPurged(keyHash)).map((each) => [each.keyHash.toString('hex'), each] as const),
    );
    if (expected.size === 0) return newPrivateKeyValueSet([]);
    const given = parsePrivateKeyValueSet(rwset);
    if (expected.size === hashed.length && given.length === hashed.length) {
        return privateHash(rwset).equals(hash) ? rwset : undefined;
    }
    const left: KeyWrite[] = [];
    for (const write of given) {
        const keyHash = privateHash(write.key).toString('hex');
        const hashed = expected.get(keyHash);
        if (!hashed) continue;
        if (!isHashOf(hashed, write)) return undefined;
        left.push(write);
        expected.delete(keyHash);
    }
    return expected.size === 0 ? newPrivateKeyValueSet(left) : undefined;
}

function isHashOf(hashed: HashedWrite, { isDelete, value }: KeyWrite): boolean {
    if (isDelete || value.length === 0) return hashed.isDelete;
    return !hashed.isDelete && hashed.valueHash.equals(privateHash(value));
}
