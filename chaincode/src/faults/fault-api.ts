import type { ChaincodeFault, FaultCode } from './chaincode-fault';
import { faultCatalogue } from './fault-catalogue';

export type { ChaincodeFault, FaultCode, FaultOf } from './chaincode-fault';

/** All codes, in alphabetical order. */
export const faultCodes = (Object.keys(faultCatalogue) as FaultCode[]).sort();

/** The text that crosses Fabric, which carries only a status and a message: `CODE {"its":"data"}`. */
export function encodeFault(fault: ChaincodeFault): string {
    const { code, ...data } = fault;
    return `${code} ${JSON.stringify(data)}`;
}

/** Finds an encoded fault inside whatever text a peer or client library wrapped around it. */
export function decodeFault(text: string): ChaincodeFault | undefined {
    return findFault(text) ?? findFault(text.replaceAll('\\"', '"'));
}

/** One sentence or two: what is wrong and where, and what to do. */
export function describeFault(fault: ChaincodeFault): string {
    const { says, action } = faultCatalogue[fault.code];
    return `${(says as (fault: ChaincodeFault) => string)(fault)} ${action}`;
}

const codeBeforeData = /\b([A-Z]+(?:_[A-Z]+)*) (?=\{)/g;

function findFault(text: string): ChaincodeFault | undefined {
    for (const match of text.matchAll(codeBeforeData)) {
        const code = match[1] ?? '';
        const data = Object.hasOwn(faultCatalogue, code)
            ? jsonObjectAt(text, match.index + match[0].length)
            : undefined;
        if (data !== undefined) {
            return { ...data, code } as ChaincodeFault;
        }
    }
    return undefined;
}

/** Reads the JSON object that begins at `start`, up to its own closing brace. */
function jsonObjectAt(text: string, start: number): object | undefined {
    let depth = 0;
    let quoted = false;
    for (let at = start; at < text.length; at += 1) {
        const character = text[at];
        if (quoted) {
            at += character === '\\' ? 1 : 0;
            quoted = character !== '"';
        } else if (character === '"') {
            quoted = true;
        } else if (character === '{') {
            depth += 1;
        } else if (character === '}') {
            depth -= 1;
            if (depth === 0) {
                return parsedObject(text.slice(start, at + 1));
            }
        }
    }
    return undefined;
}

function parsedObject(text: string): object | undefined {
    try {
        return JSON.parse(text) as object;
    } catch {
        return undefined;
    }
}
