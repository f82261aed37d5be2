import { implicitMetaRules, mspRoles } from './policies';
import type { ConfigPolicy, Principal, SignaturePolicy, SignatureRule } from './policies';
import { WireError } from './wire-errors';

/**
 * Reads a policy in Fabric's language: `AND`, `OR` and `OutOf(n, …)` over `'MSP.role'`, nested at will. Each mention of
 * a principal is one of its own, as in Fabric. Throws WireError POLICY_TEXT_INVALID.
 * Fabric v2.5: common/policydsl/policyparser.go, FromString.
 */
export function parsePolicyLanguage(text: string): SignaturePolicy {
    const parser = new PolicyParser(text);
    const policy = parser.parse();
    return { rule: policy, principals: parser.principals };
}

/**
 * Reads a policy as a configuration file writes it: either the language of `parsePolicyLanguage`, or `ANY`, `ALL` or
 * `MAJORITY` and the name of a policy, e.g. `MAJORITY Endorsement`. Throws WireError POLICY_TEXT_INVALID.
 */
export function parseConfigPolicyText(text: string): ConfigPolicy {
    const [ruleName, subPolicy, more] = text.trim().split(/\s+/);
    const rule = implicitMetaRules.find((known) => known === ruleName);
    if (rule && subPolicy && more === undefined) return { kind: 'implicit-meta', rule, subPolicy };
    return { kind: 'signature', policy: parsePolicyLanguage(text) };
}

/** A policy in the language that `parsePolicyLanguage` reads; undefined when it names others than roles of MSPs. */
export function policyLanguageOf({ rule, principals }: SignaturePolicy): string | undefined {
    const textOf = (each: SignatureRule): string | undefined => {
        if ('signedBy' in each) {
            const principal = principals[each.signedBy];
            return principal?.kind === 'role' ? `'${principal.mspId}.${principal.role}'` : undefined;
        }
        const texts = each.rules.map(textOf);
        if (texts.includes(undefined)) return undefined;
        return each.outOf === 1 ? `OR(${texts.join(', ')})` : `OutOf(${each.outOf}, ${texts.join(', ')})`;
    };
    return textOf(rule);
}

const tokenPattern = /\s*(?:(?<word>[A-Za-z]+)|(?<number>\d+)|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<mark>[(),]))/y;
const principalPattern = new RegExp(`^([A-Za-z0-9.-]+)\\.(${mspRoles.join('|')})$`);

/** The spellings that Fabric knows. */
const gates: ReadonlyMap<string, 'and' | 'or' | 'out-of'> = new Map([
    ...['And', 'and', 'AND'].map((word) => [word, 'and'] as const),
    ...['Or', 'or', 'OR'].map((word) => [word, 'or'] as const),
    ...['OutOf', 'outof', 'OUTOF'].map((word) => [word, 'out-of'] as const),
]);

class PolicyParser {
    readonly principals: Principal[] = [];
    readonly #text: string;
    #token: Record<string, string | undefined> | undefined;
    #offset = 0;

    constructor(text: string) {
        this.#text = text;
        this.#advance();
    }

    parse(): SignatureRule {
        const rule = this.#rule();
        if (this.#token) throw this.#invalid(`it goes on with ${this.#shown()} behind its end`);
        if ('signedBy' in rule) throw this.#invalid(`invalid policy string '${this.#text}'`);
        return rule;
    }

    #rule(): SignatureRule {
        const quoted = this.#token?.['single'] ?? this.#token?.['double'];
        if (quoted !== undefined) {
            this.#advance();
            return this.#signedBy(quoted);
        }
        const gate = this.#take('word');
        this.#takeMark('(');
        const kind = gates.get(gate);
        if (kind === undefined) throw this.#invalid(`unrecognized token '${gate}' in policy string`);
        if (kind === 'out-of') return this.#outOf();
        const rules = this.#rules();
        return { outOf: kind === 'and' ? rules.length : 1, rules };
    }

    #outOf(): SignatureRule {
        const quoted = this.#token?.['single'] ?? this.#token?.['double'];
        const count = quoted !== undefined && /^\d+$/.test(quoted) ? quoted : this.#token?.['number'];
        if (count === undefined) throw this.#invalid(`OutOf begins with a number, not ${this.#shown()}`);
        this.#advance();
        this.#takeMark(',');
        const rules = this.#rules();
        // One more than there are rules is allowed, and can never be satisfied.
        if (Number(count) > rules.length + 1) {
            throw this.#invalid(`invalid t-out-of-n predicate, t ${count}, n ${rules.length}`);
        }
        return { outOf: Number(count), rules };
    }

    /** One rule or more, to the closing bracket. */
    #rules(): SignatureRule[] {
        const rules = [this.#rule()];
        while (this.#token?.['mark'] === ',') {
            this.#advance();
            rules.push(this.#rule());
        }
        this.#takeMark(')');
        return rules;
    }

    #signedBy(text: string): SignatureRule {
        const [, mspId, roleName] = principalPattern.exec(text) ?? [];
        const role = mspRoles.find((known) => known === roleName);
        if (mspId === undefined || role === undefined) {
            throw this.#invalid(`unrecognized token '${text}' in policy string`);
        }
        return { signedBy: this.principals.push({ kind: 'role', mspId, role }) - 1 };
    }

    #take(kind: 'word'): string {
        const text = this.#token?.[kind];
        if (text === undefined) throw this.#invalid(`a gate or a principal is due, not ${this.#shown()}`);
        this.#advance();
        return text;
    }

    #takeMark(mark: string): void {
        if (this.#token?.['mark'] !== mark) throw this.#invalid(`'${mark}' is due, not ${this.#shown()}`);
        this.#advance();
    }

    #advance(): void {
        tokenPattern.lastIndex = this.#offset;
        const match = tokenPattern.exec(this.#text);
        if (!match && this.#text.slice(this.#offset).trim() !== '') {
            throw this.#invalid(`it cannot be read from '${this.#text.slice(this.#offset)}' on`);
        }
        this.#token = match?.groups;
        this.#offset = match ? tokenPattern.lastIndex : this.#text.length;
    }

    #shown(): string {
        const text = Object.values(this.#token ?? {}).find((part) => part !== undefined);
        return text === undefined ? 'its end' : `'${text}'`;
    }

    #invalid(reason: string): WireError {
        return new WireError({ code: 'POLICY_TEXT_INVALID', text: this.#text, reason });
    }
}
