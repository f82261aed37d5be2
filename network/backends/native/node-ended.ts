import { BackendError } from '../backend-errors';
import { lastLinesOf } from '../last-lines';

interface KnownEnd {
    readonly text: RegExp;
    readonly because: string;
}

/**
 * What Fabric's nodes log before they end, and what it means. Fabric v2.5.16: internal/peer/node/start.go,
 * orderer/common/server/main.go, msp/mspimplsetup.go; Go's texts of the system's errors.
 */
const knownEnds: readonly KnownEnd[] = [
    {
        text: /no space left on device|disk quota exceeded/,
        because: 'its disk is full: make room, then start it again',
    },
    { text: /file too large/, because: 'it may not write files that large: raise the limit, then start it again' },
    {
        text: /signing identity expired|certificate has expired or is not yet valid|x509: certificate has expired/,
        because: 'its certificate has expired: it must be given a new one',
    },
    {
        text: /address already in use/,
        because: 'another program has taken its port: end that one, or choose other ports with --base-port',
    },
    {
        text: /could not load a valid (?:signer|signing) certificate|KeyMaterial not found|signed by unknown authority/,
        because: 'its certificate and key do not belong together or to its organisation: begin anew with --fresh',
    },
    {
        text: /permission denied/,
        because: 'it may not read or write its files: give it access to the run directory',
    },
];

/** A Go program that panics writes its stacks behind what it had to say. */
const searchedLines = 100;
const shownLines = 10;

/** NODE_ENDED with the last log lines; where they tell a reason that is known, with that, and up to the line that tells it. */
export function newNodeEnded(node: string, reason: string, logFile: string): BackendError {
    const { because, lines } = explainEnd(lastLinesOf(logFile, searchedLines));
    const known = because === undefined ? {} : { because };
    return new BackendError({ code: 'NODE_ENDED', node, reason, ...known, logFile, lastLines: lines });
}

/** Why a node ended, as its last lines tell, and what to do; `because` is left out where they tell nothing that is known. */
export function explainEnd(lastLines: readonly string[]): {
    readonly because?: string;
    readonly lines: readonly string[];
} {
    for (let at = lastLines.length; at > 0; at -= 1) {
        const known = knownEnds.find(({ text }) => text.test(lastLines[at - 1] ?? ''));
        if (known) return { because: known.because, lines: lastLines.slice(Math.max(0, at - shownLines), at) };
    }
    return { lines: lastLines.slice(-shownLines) };
}
