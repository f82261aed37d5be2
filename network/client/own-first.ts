/**
 * MSP ids in the order in which a client turns to their peers: its own organisation, then the others in the alphabet's
 * order from its own on and round. So those who have lost their own peer do not all turn to the same one.
 */
export function ownFirst(mspId: string, mspIds: Iterable<string>): string[] {
    const others = [...new Set(mspIds)].filter((other) => other !== mspId).sort();
    const after = others.filter((other) => other > mspId);
    return [mspId, ...after, ...others.filter((other) => other < mspId)];
}
