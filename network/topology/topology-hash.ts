import { createHash } from 'node:crypto';

import type { Network } from './network-model';

/** Where a network runs is no part of what it is. */
const placementFields = new Set(['host', 'port', 'adminPort', 'operationsPort', 'chaincodePort', 'topologyHash']);

/** SHA-256, hexadecimal, of a resolved network in canonical JSON (keys sorted), without hosts and ports. */
export function hashTopology(network: Omit<Network, 'topologyHash'>): string {
    return createHash('sha256').update(canonicalJson(network)).digest('hex');
}

function canonicalJson(value: unknown): string {
    return JSON.stringify(value, (key, item: unknown) => {
        if (placementFields.has(key)) {
            return undefined;
        }
        if (typeof item !== 'object' || item === null || Array.isArray(item)) {
            return item;
        }
        return Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)));
    });
}
