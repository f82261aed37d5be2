import { common } from 'fabric-protos/bundle';
import type { ConfigGroupMessage } from './config-tree';
import { newEnvelope, newPayload } from './envelope';
import { FieldWriter } from './field-writer';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from './headers';
import { asBuffer, asNumber } from './protobuf-bytes';
import { newTransactionId } from './transaction-id';

/** What an update was made from, and what it puts in its place (configtx.proto, ConfigUpdate). */
export interface ConfigDifference {
    /** Groups that were read, at the versions they had. */
    readonly readSet: ConfigGroupMessage;
    /** What becomes another, one version up, and what must stand beside it. */
    readonly writeSet: ConfigGroupMessage;
}

/** One administrator's signature of an update. */
export interface ConfigSignature {
    /** Encoded SignatureHeader{creator, nonce}. */
    readonly signatureHeader: Buffer;
    /** Over signature header ‖ update. */
    readonly signature: Buffer;
}

type Versioned = common.IConfigValue | common.IConfigPolicy;

/** Two states of a group, compared. */
interface GroupDifference extends ConfigDifference {
    readonly isChanged: boolean;
}

/**
 * What leads from one configuration to another; undefined when they do not differ. A group whose members stay the same
 * keeps its version and names in the sets nothing but what changed below it; one that gains or loses a member goes one
 * version up and names every member, since what a written group does not name is removed with it.
 * Fabric v2.5.16: internal/configtxlator/update/update.go.
 */
export function compareConfig(original: ConfigGroupMessage, updated: ConfigGroupMessage): ConfigDifference | undefined {
    const { isChanged, readSet, writeSet } = compareGroups(original, updated);
    return isChanged ? { readSet, writeSet } : undefined;
}

/** Bytes of the ConfigUpdate message, which administrators sign. */
export function newConfigUpdate(channelId: string, { readSet, writeSet }: ConfigDifference): Buffer {
    return asBuffer(
        common.ConfigUpdate.encode({ channel_id: channelId, read_set: readSet, write_set: writeSet }).finish(),
    );
}

/** What is signed of an update by the signer whom the signature header names. */
export function configSignatureMessage(signatureHeader: Uint8Array, configUpdate: Uint8Array): Buffer {
    return Buffer.concat([signatureHeader, configUpdate]);
}

/** Whoever sends an update to the orderer; any writer of the channel may. */
export interface ConfigUpdateSender {
    readonly channelId: string;
    readonly creator: Uint8Array;
    readonly nonce: Uint8Array;
    readonly timestampMs: number;
    readonly sign: (message: Uint8Array) => Buffer;
}

/** The envelope of header type CONFIG_UPDATE that an orderer takes. */
export function newConfigUpdateEnvelope(
    configUpdate: Uint8Array,
    signatures: readonly ConfigSignature[],
    { channelId, creator, nonce, timestampMs, sign }: ConfigUpdateSender,
): Buffer {
    const data = new FieldWriter().bytes(1, configUpdate);
    for (const { signatureHeader, signature } of signatures) {
        data.message(2, new FieldWriter().bytes(1, signatureHeader).bytes(2, signature).finish());
    }
    const channelHeader = newChannelHeader({
        type: headerTypes.configUpdate,
        timestamp: timestampFromMs(timestampMs),
        channelId,
        txId: newTransactionId(nonce, creator),
    });
    const payload = newPayload(channelHeader, newSignatureHeader(creator, nonce), data.finish());
    return newEnvelope(payload, sign(payload));
}

function compareGroups(original: ConfigGroupMessage, updated: ConfigGroupMessage): GroupDifference {
    const policies = compareMembers(original.policies, updated.policies, isSamePolicy);
    const values = compareMembers(original.values, updated.values, isSameValue);
    const groups = compareSubgroups(original.groups, updated.groups);
    const parts = [policies, values, groups];
    const version = asNumber(original.version);
    const sets = (kept: boolean): ConfigDifference => ({
        readSet: {
            version: atVersion(version),
            policies: kept ? policies.same : {},
            values: kept ? values.same : {},
            groups: kept ? { ...groups.read, ...groups.same } : groups.read,
        },
        writeSet: {
            version: atVersion(version),
            policies: kept ? { ...policies.written, ...policies.same } : policies.written,
            values: kept ? { ...values.written, ...values.same } : values.written,
            groups: kept ? { ...groups.written, ...groups.same } : groups.written,
        },
    });
    const modPolicy = updated.mod_policy ?? '';
    if (parts.some(({ hasOtherMembers }) => hasOtherMembers) || (original.mod_policy ?? '') !== modPolicy) {
        const { readSet, writeSet } = sets(true);
        return { isChanged: true, readSet, writeSet: { ...writeSet, version: version + 1, mod_policy: modPolicy } };
    }
    return { isChanged: parts.some(({ written }) => Object.keys(written).length > 0), ...sets(false) };
}

interface MemberDifference<T> {
    readonly written: Record<string, T>;
    /** Members that stay as they are: their versions and nothing else. */
    readonly same: Record<string, T>;
    /** Whether one came or went. */
    readonly hasOtherMembers: boolean;
}

type Members<T> = Record<string, T> | null | undefined;

function compareMembers<T extends Versioned>(
    original: Members<T>,
    updated: Members<T>,
    isSame: (before: T, after: T) => boolean,
): MemberDifference<T> {
    const written: Record<string, T> = {};
    const same: Record<string, T> = {};
    for (const [name, after] of Object.entries(updated ?? {})) {
        const before = original?.[name];
        if (!before) written[name] = { ...after, version: atVersion(0) };
        else if (isSame(before, after)) same[name] = { version: atVersion(asNumber(before.version)) } as T;
        else written[name] = { ...after, version: asNumber(before.version) + 1 };
    }
    return { written, same, hasOtherMembers: hasOtherMembers(original, updated) };
}

function compareSubgroups(
    original: Members<ConfigGroupMessage>,
    updated: Members<ConfigGroupMessage>,
): MemberDifference<ConfigGroupMessage> & { readonly read: Record<string, ConfigGroupMessage> } {
    const read: Record<string, ConfigGroupMessage> = {};
    const written: Record<string, ConfigGroupMessage> = {};
    const same: Record<string, ConfigGroupMessage> = {};
    for (const [name, after] of Object.entries(updated ?? {})) {
        const before = original?.[name];
        if (!before) {
            written[name] = { ...compareGroups({}, after).writeSet, version: atVersion(0) };
            continue;
        }
        const { isChanged, readSet, writeSet } = compareGroups(before, after);
        if (isChanged) {
            read[name] = readSet;
            written[name] = writeSet;
        } else {
            same[name] = { version: atVersion(asNumber(before.version)) };
        }
    }
    return { read, written, same, hasOtherMembers: hasOtherMembers(original, updated) };
}

/** Go's protobuf leaves a zero out. */
function atVersion(version: number): number | null {
    return version === 0 ? null : version;
}

function hasOtherMembers(original: Members<unknown>, updated: Members<unknown>): boolean {
    const [before, after] = [original ?? {}, updated ?? {}];
    return (
        Object.keys(before).some((name) => !Object.hasOwn(after, name)) ||
        Object.keys(after).some((name) => !Object.hasOwn(before, name))
    );
}

function isSameValue(before: common.IConfigValue, after: common.IConfigValue): boolean {
    return (
        (before.mod_policy ?? '') === (after.mod_policy ?? '') && asBuffer(before.value).equals(asBuffer(after.value))
    );
}

function isSamePolicy(before: common.IConfigPolicy, after: common.IConfigPolicy): boolean {
    return (
        (before.mod_policy ?? '') === (after.mod_policy ?? '') &&
        before.policy?.type === after.policy?.type &&
        asBuffer(before.policy?.value).equals(asBuffer(after.policy?.value))
    );
}
