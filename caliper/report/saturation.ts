/** A round whose load stayed below this share of the asked rate is saturated: shown, not judged. */
export const saturationShare = 0.95;

/** Did the load generator fall short of the rate it was asked for? Both in transactions a second. */
export function isSaturated(plannedTps: number, sendRateTps: number): boolean {
    return sendRateTps < saturationShare * plannedTps;
}
