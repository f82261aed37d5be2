import { readFileSync } from 'node:fs';
import { hasErrorCode } from './has-error-code';

const shownLines = 10;

/** The last lines of a log; none when it is not there. */
export function lastLinesOf(logFile: string, count = shownLines): string[] {
    try {
        const text = readFileSync(logFile, 'utf8').trimEnd();
        return text === '' ? [] : text.split('\n').slice(-count);
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return [];
        throw error;
    }
}
