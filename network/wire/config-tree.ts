import type { common } from 'fabric-protos/bundle';
import { malformed } from './wire-errors';
import { newConfigPolicy, parseConfigPolicy } from './policies';
import type { ConfigPolicy } from './policies';

/** A value of the configuration tree: bytes of the message that its name stands for. */
export interface ConfigValue {
    readonly version: number;
    readonly value: Buffer;
    readonly modPolicy: string;
}

export interface ConfigPolicyEntry {
    readonly version: number;
    readonly policy: ConfigPolicy;
    readonly modPolicy: string;
}

/** A node of the configuration tree (configtx.proto, ConfigGroup). */
export interface ConfigGroup {
    readonly version: number;
    readonly modPolicy: string;
    readonly groups: ReadonlyMap<string, ConfigGroup>;
    readonly values: ReadonlyMap<string, ConfigValue>;
    readonly policies: ReadonlyMap<string, ConfigPolicyEntry>;
}

/** A group as it is encoded. */
export type ConfigGroupMessage = common.IConfigGroup;

/** What a group of a new channel holds; every element at version 0, with `Admins` as its mod policy. */
export interface NewConfigGroup {
    readonly groups?: Readonly<Record<string, ConfigGroupMessage>>;
    readonly values: Readonly<Record<string, Uint8Array>>;
    readonly policies: Readonly<Record<string, ConfigPolicy>>;
    /** Mod policies of single values that are not `Admins`. */
    readonly modPolicies?: Readonly<Record<string, string>>;
}

const ADMINS = 'Admins';

/** Builds a ConfigGroup message for a genesis block; names are sorted, so that equal content gives equal bytes. */
export function newConfigGroup(group: NewConfigGroup): ConfigGroupMessage {
    return {
        groups: sorted(group.groups ?? {}, (inner) => inner),
        values: sorted(group.values, (value, name) => ({ value, mod_policy: group.modPolicies?.[name] ?? ADMINS })),
        policies: sorted(group.policies, (policy) => ({ policy: newConfigPolicy(policy), mod_policy: ADMINS })),
        mod_policy: ADMINS,
    };
}

/** Reads a ConfigGroup message and everything below it; throws WireError for a policy that means nothing. */
export function parseConfigGroup(message: common.IConfigGroup): ConfigGroup {
    return {
        version: Number(message.version ?? 0),
        modPolicy: message.mod_policy ?? '',
        groups: mapped(message.groups, parseConfigGroup),
        values: mapped(message.values, (value) => ({
            version: Number(value.version ?? 0),
            value: Buffer.from(value.value ?? []),
            modPolicy: value.mod_policy ?? '',
        })),
        policies: mapped(message.policies, (entry) => ({
            version: Number(entry.version ?? 0),
            policy: parseConfigPolicy(entry.policy),
            modPolicy: entry.mod_policy ?? '',
        })),
    };
}

/** The group of that name below the group at `path`; throws WireError when there is none. */
export function requireGroup(group: ConfigGroup, path: string, name: string): ConfigGroup {
    const found = group.groups.get(name);
    if (!found) throw malformed('ConfigGroup', `${path} has no group ${name}`);
    return found;
}

/** The bytes of that value of the group at `path`; throws WireError when there are none. */
export function requireValue(group: ConfigGroup, path: string, name: string): Buffer {
    const found = group.values.get(name);
    if (!found) throw malformed('ConfigGroup', `${path} has no value ${name}`);
    return found.value;
}

/**
 * The same configuration with another value in the group at `path` (names below the root group); its mod policy stays.
 * Throws WireError when there is no such group or value: what is not there cannot be replaced.
 */
export function withValue(
    group: ConfigGroupMessage,
    [name, ...rest]: readonly string[],
    value: { readonly name: string; readonly bytes: Uint8Array },
): ConfigGroupMessage {
    if (name === undefined) {
        const old = group.values?.[value.name];
        if (!old) throw malformed('ConfigGroup', `it has no value ${value.name}`);
        return { ...group, values: { ...group.values, [value.name]: { ...old, value: value.bytes } } };
    }
    const inner = group.groups?.[name];
    if (!inner) throw malformed('ConfigGroup', `it has no group ${name}`);
    return { ...group, groups: { ...group.groups, [name]: withValue(inner, rest, value) } };
}

function sorted<In, Out>(
    record: Readonly<Record<string, In>>,
    make: (value: In, name: string) => Out,
): Record<string, Out> {
    const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, value]) => [name, make(value, name)]));
}

function mapped<In, Out>(record: Record<string, In> | null | undefined, read: (value: In) => Out): Map<string, Out> {
    return new Map(Object.entries(record ?? {}).map(([name, value]) => [name, read(value)]));
}
