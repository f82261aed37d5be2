import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AdminError } from '../../admin/admin-errors';
import { BackendError } from '../backend-errors';
import { hasErrorCode } from '../has-error-code';
import { lastLinesOf } from '../last-lines';
import { runFiles } from '../running-network';

interface KnownEnd {
    readonly text: RegExp;
    readonly because: string;
}

/**
 * What Fabric's nodes log before they end, and what it means. Fabric v2.5.16: internal/peer/node/start.go,
 * orderer/common/server/main.go, msp/mspimplsetup.go; Go's texts of the system's errors.
 */
const diskIsFull = 'its disk is full: make room, then start it again';
const knownEnds: readonly KnownEnd[] = [
    { text: /no space left on device|disk quota exceeded/, because: diskIsFull },
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
    return new BackendError({ code: 'NODE_ENDED', node, reason, ...newEvidence(logFile) });
}

/**
 * What an administrator was refused by a node, with the last lines of the node's log (NODE_REFUSED); any other error as it
 * is.
 */
export function withLogOfNode(error: unknown, runDirectory: string): unknown {
    const fault = error instanceof AdminError ? error.fault : undefined;
    if (fault === undefined || !('node' in fault) || !('reason' in fault)) return error;
    const { node, reason } = fault;
    const evidence = newEvidence(runFiles.nodeLog(runDirectory, node), [reason]);
    const what = (error as AdminError).message;
    return new BackendError({ code: 'NODE_REFUSED', node, reason: what, ...evidence }, { cause: error });
}

/** A disk that is full takes no line any more that tells so: then the disk itself is asked. */
function newEvidence(
    logFile: string,
    said: readonly string[] = [],
): { readonly because?: string; readonly logFile: string; readonly lastLines: readonly string[] } {
    const { because, lines } = explainEnd(lastLinesOf(logFile, searchedLines));
    const why = explainEnd(said).because ?? because ?? (isFull(dirname(logFile)) ? diskIsFull : undefined);
    return { ...(why === undefined ? {} : { because: why }), logFile, lastLines: lines };
}

/** Of a disk with less room a node cannot make use. */
const leastBytes = 256 * 1024;

function isFull(folder: string): boolean {
    try {
        const { bavail, bsize } = statfsSync(folder);
        return bavail * bsize < leastBytes;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return false;
        throw error;
    }
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
