/**
 * What was typed, with each negative number joined to the option before it: `--value -5` is `--value=-5`. Node's parser
 * takes `-5` for an option and calls the two ambiguous; here no option is a digit. What stands behind `--` stays.
 */
export function joinNegativeNumbers(typed: readonly string[]): string[] {
    const end = typed.indexOf('--');
    const joined: string[] = [];
    typed.forEach((word, index) => {
        const before = joined.at(-1);
        const isBehindEnd = end !== -1 && index > end;
        if (!isBehindEnd && before !== undefined && /^--[^=]+$/.test(before) && /^-\.?\d/.test(word)) {
            joined[joined.length - 1] = `${before}=${word}`;
        } else {
            joined.push(word);
        }
    });
    return joined;
}
