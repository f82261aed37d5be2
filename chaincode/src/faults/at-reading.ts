/** Ends a sentence about one reading of a batch; nothing for a reading that came alone. */
export function atReading(index: number | undefined): string {
    return index === undefined ? '' : ` (reading ${index} of the batch)`;
}
