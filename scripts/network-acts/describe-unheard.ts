/** What to say of peers that did not hear of a change; nothing when all did. */
export function describeUnheard(names: readonly string[]): string {
    return names.length === 0 ? '' : ` ${names.join(' and ')} will hear of it when started again.`;
}
