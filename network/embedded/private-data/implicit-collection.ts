const prefix = '_implicit_org_';

/** Name of an organisation's implicit collection. Fabric v2.5.16: core/chaincode/implicitcollection/name.go. */
export function nameOfImplicit(mspId: string): string {
    return `${prefix}${mspId}`;
}

/** The organisation whose implicit collection has this name; undefined for other collections. */
export function mspIdOfImplicit(collection: string): string | undefined {
    return collection.startsWith(prefix) ? collection.slice(prefix.length) : undefined;
}
