/**
 * What a policy in Fabric's language asks for, as far as a topology must know it: which MSPs it names, and whether a set
 * of endorsing organisations can satisfy it. Fabric: common/policydsl/policyparser.go.
 */
export type PolicyOutline =
    | { readonly mspId: string; readonly role: string }
    | { readonly outOf: number; readonly of: readonly PolicyOutline[] };

const tokenPattern = /\s*(?:'([^']*)'|"([^"]*)"|([A-Za-z]+)|(\d+)|([(),]))/y;
const principalPattern = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;

interface Token {
    readonly text: string;
    readonly kind: 'principal' | 'word' | 'number' | 'mark';
}

/** The outline, or a sentence that says where the policy cannot be read. */
export function outlinePolicy(policy: string): PolicyOutline | string {
    const tokens = tokensOf(policy);
    if (typeof tokens === 'string') {
        return tokens;
    }
    const reading = { tokens, at: 0 };
    const outline = readTerm(reading);
    if (typeof outline !== 'string' && reading.at < tokens.length) {
        return `ends before "${tokens[reading.at]?.text ?? ''}"`;
    }
    return outline;
}

/** The MSP ids a policy names, in its order, each once. */
export function mspIdsOf(outline: PolicyOutline): string[] {
    if ('mspId' in outline) {
        return [outline.mspId];
    }
    return [...new Set(outline.of.flatMap(mspIdsOf))];
}

/** Whether one endorsement from each of these MSPs satisfies the policy. */
export function isSatisfiableBy(outline: PolicyOutline, mspIds: ReadonlySet<string>): boolean {
    if ('mspId' in outline) {
        return mspIds.has(outline.mspId);
    }
    return outline.of.filter((term) => isSatisfiableBy(term, mspIds)).length >= outline.outOf;
}

interface Reading {
    readonly tokens: readonly Token[];
    at: number;
}

function tokensOf(policy: string): Token[] | string {
    const tokens: Token[] = [];
    const text = policy.trimEnd();
    let at = 0;
    while (at < text.length) {
        tokenPattern.lastIndex = at;
        const match = tokenPattern.exec(text);
        if (!match) {
            return `cannot be read from "${text.slice(at, at + 20)}" on`;
        }
        at = tokenPattern.lastIndex;
        tokens.push(tokenOf(match));
    }
    return tokens;
}

function tokenOf(match: RegExpExecArray): Token {
    const [, single, double, word, number, mark] = match;
    if (word !== undefined) {
        return { text: word, kind: 'word' };
    }
    if (number !== undefined) {
        return { text: number, kind: 'number' };
    }
    if (mark !== undefined) {
        return { text: mark, kind: 'mark' };
    }
    return { text: single ?? double ?? '', kind: 'principal' };
}

function readTerm(reading: Reading): PolicyOutline | string {
    const token = reading.tokens[reading.at++];
    if (!token) {
        return 'ends where a principal or AND, OR, OutOf is due';
    }
    if (token.kind === 'principal') {
        const match = principalPattern.exec(token.text);
        return match
            ? { mspId: match[1] ?? '', role: match[2] ?? '' }
            : `names "${token.text}", which is not of the form 'MSPID.peer'`;
    }
    const gate = token.text.toLowerCase();
    if (token.kind !== 'word' || !['and', 'or', 'outof'].includes(gate)) {
        return `has "${token.text}" where a principal or AND, OR, OutOf is due`;
    }
    return readGate(gate, reading);
}

function readGate(gate: string, reading: Reading): PolicyOutline | string {
    if (reading.tokens[reading.at++]?.text !== '(') {
        return `lacks "(" after ${gate}`;
    }
    const outOf = gate === 'outof' ? readCount(reading) : 1;
    if (typeof outOf === 'string') {
        return outOf;
    }
    const terms = readTerms(gate, reading);
    if (typeof terms === 'string') {
        return terms;
    }
    return { outOf: gate === 'and' ? terms.length : outOf, of: terms };
}

/** The number at the beginning of OutOf, with its comma. */
function readCount(reading: Reading): number | string {
    const count = reading.tokens[reading.at++];
    const comma = reading.tokens[reading.at++];
    return count?.kind === 'number' && comma?.text === ','
        ? Number(count.text)
        : 'lacks the number at the beginning of OutOf';
}

/** Terms between commas, with the closing bracket. */
function readTerms(gate: string, reading: Reading): PolicyOutline[] | string {
    const terms: PolicyOutline[] = [];
    for (;;) {
        const term = readTerm(reading);
        if (typeof term === 'string') {
            return term;
        }
        terms.push(term);
        const mark = reading.tokens[reading.at++]?.text;
        if (mark === ')') {
            return terms;
        }
        if (mark !== ',') {
            return `lacks ")" after ${gate}`;
        }
    }
}
