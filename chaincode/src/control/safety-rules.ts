import type { Person } from '../authority/authority-api';
import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import {
    controlLimits,
    type ControlFault,
    type EarthAct,
    type EarthRecord,
    type SafetyAct,
    type TagAct,
    type TagRecord,
} from './control-api';

/** Who places or removes, and the transaction by which. */
export interface SafetyActor {
    readonly by: Person;
    /** Of the terminal whose device it is. */
    readonly clockToleranceMs: number;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** Hangs a tag on a device, at most one of a kind. */
export function decideTag(
    existing: TagRecord | undefined,
    { terminalId, deviceId, kind, reason }: TagAct,
    actor: SafetyActor,
): TagRecord | ControlFault | TimeFault {
    const tags = existing?.tags ?? [];
    if (tags.some((tag) => tag.kind === kind)) {
        return { code: 'TAG_EXISTS', deviceId, kind };
    }
    const { by: placedBy, transactionId, transactionTimeMs } = actor;
    const tag = { kind, reason, placedBy, transactionId, transactionTimeMs };
    const lastAct = actOf('place', reason, actor);
    return judgeTime(existing, actor) ?? { schemaVersion: 1, terminalId, deviceId, tags: [...tags, tag], lastAct };
}

/** Takes a tag off; the record stays, for its history. */
export function decideUntag(
    existing: TagRecord | undefined,
    { deviceId, kind, reason }: TagAct,
    actor: SafetyActor,
): TagRecord | ControlFault | TimeFault {
    const tags = existing?.tags.filter((tag) => tag.kind !== kind) ?? [];
    return existing === undefined || tags.length === existing.tags.length
        ? { code: 'TAG_UNKNOWN', deviceId, kind }
        : (judgeTime(existing, actor) ?? { ...existing, tags, lastAct: actOf('remove', reason, actor) });
}

/** Places an earth on a section: each crew its own, each under the number of its earthing device. */
export function decidePlaceEarth(
    existing: EarthRecord | undefined,
    { section, earthId, reason }: EarthAct,
    actor: SafetyActor,
): EarthRecord | ControlFault | TimeFault {
    const earths = existing?.earths ?? [];
    if (earths.some((earth) => earth.earthId === earthId)) {
        return { code: 'EARTH_EXISTS', section, earthId };
    }
    if (earths.length === controlLimits.earths) {
        return { code: 'TOO_MANY_EARTHS', section, limit: controlLimits.earths };
    }
    const { by: placedBy, transactionId, transactionTimeMs } = actor;
    const earth = { earthId, placedBy, transactionId, transactionTimeMs };
    const lastAct = actOf('place', reason, actor);
    return judgeTime(existing, actor) ?? { schemaVersion: 1, section, earths: [...earths, earth], lastAct };
}

/** Takes an earth away, by the organisation that placed it. */
export function decideRemoveEarth(
    existing: EarthRecord | undefined,
    { section, earthId, reason }: EarthAct,
    actor: SafetyActor,
): EarthRecord | ControlFault | TimeFault {
    const earth = existing?.earths.find((placed) => placed.earthId === earthId);
    if (existing === undefined || earth === undefined) {
        return { code: 'EARTH_UNKNOWN', section, earthId };
    }
    const { mspId } = earth.placedBy;
    if (mspId !== actor.by.mspId) {
        return { code: 'EARTH_OF_OTHERS', section, earthId, mspId };
    }
    const earths = existing.earths.filter((placed) => placed !== earth);
    return judgeTime(existing, actor) ?? { ...existing, earths, lastAct: actOf('remove', reason, actor) };
}

/** An act may not claim to be older than the newest on its record. */
function judgeTime(existing: { readonly lastAct: SafetyAct } | undefined, actor: SafetyActor): TimeFault | undefined {
    const lastMs = existing?.lastAct.transactionTimeMs ?? 0;
    const judged = laterOf(actor.transactionTimeMs, lastMs, actor.clockToleranceMs);
    return 'code' in judged ? judged : undefined;
}

function actOf(
    act: SafetyAct['act'],
    reason: string,
    { by, transactionId, transactionTimeMs }: SafetyActor,
): SafetyAct {
    return { act, by, reason, transactionId, transactionTimeMs };
}
