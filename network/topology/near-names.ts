const shownNames = 5;
const nearEnough = 3;

/** The names that come near to one that was typed, nearest first: a few letters off, or holding it. */
export function nearNames(typed: string, known: readonly string[]): string[] {
    const wanted = typed.toLowerCase();
    return known
        .map((name) => ({ name, distance: distanceBetween(wanted, name.toLowerCase()) }))
        .filter(({ name, distance }) => distance <= nearEnough || name.toLowerCase().includes(wanted))
        .sort((a, b) => a.distance - b.distance)
        .slice(0, shownNames)
        .map(({ name }) => name);
}

/** How many characters must be changed, added or left out to come from one text to the other (Levenshtein). */
function distanceBetween(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (const [index, character] of from.split('').entries()) {
        const next = [index + 1];
        for (const [column, other] of to.split('').entries()) {
            const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
            next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}
