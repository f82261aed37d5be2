import {
    createSourceFile,
    forEachChild,
    isArrowFunction,
    isBinaryExpression,
    isBlock,
    isCallExpression,
    isCaseClause,
    isFunctionDeclaration,
    isIdentifier,
    isNoSubstitutionTemplateLiteral,
    isParenthesizedExpression,
    isPropertyAssignment,
    isReturnStatement,
    isStringLiteral,
    isTemplateExpression,
    ScriptTarget,
} from 'typescript';
import type { Expression, Node } from 'typescript';

/** A fault code and its sentence, with ‹…› where the fault's data come in. */
export interface FaultSentence {
    readonly code: string;
    readonly sentence: string;
}

/**
 * The faults of an errors file, read from its source: each code of the union, with the sentence that its describe
 * function returns for it (`case 'CODE': return …`, or `CODE: (fault) => …` in a table; where the union has one code
 * only, what the function returns).
 */
export function readFaultSentences(source: string): FaultSentence[] {
    const reading = new SourceReading(source);
    const codes = [...source.matchAll(/readonly code:\s*'([A-Z][A-Z0-9_]+)'/g)].flatMap((match) => match.slice(1, 2));
    return [...new Set(codes)].map((code) => ({ code, sentence: reading.sentenceOf(code, codes.length === 1) }));
}

class SourceReading {
    readonly #cases = new Map<string, Node>();
    readonly #functions = new Map<string, Node>();

    constructor(source: string) {
        const visit = (node: Node): void => {
            if (isCaseClause(node) && isStringLiteral(node.expression)) {
                this.#cases.set(node.expression.text, node);
            }
            if (isPropertyAssignment(node) && isIdentifier(node.name) && isArrowFunction(node.initializer)) {
                this.#cases.set(node.name.text, node.initializer);
            }
            if (isFunctionDeclaration(node) && node.name) {
                this.#functions.set(node.name.text, node);
            }
            forEachChild(node, visit);
        };
        visit(createSourceFile('errors.ts', source, ScriptTarget.ES2022, true));
    }

    sentenceOf(code: string, isOnly: boolean): string {
        const only = isOnly ? [...this.#functions].find(([name]) => name.startsWith('describe'))?.[1] : undefined;
        const node = this.#cases.get(code) ?? only;
        return node ? this.#returnOf(node) : '';
    }

    #returnOf(node: Node): string {
        if (isArrowFunction(node) && !isBlock(node.body)) return this.#textOf(node.body);
        const [expression] = returnsIn(node);
        return expression ? this.#textOf(expression) : '';
    }

    #textOf(expression: Expression): string {
        if (isParenthesizedExpression(expression)) {
            return this.#textOf(expression.expression);
        }
        if (isBinaryExpression(expression)) {
            return this.#textOf(expression.left) + this.#textOf(expression.right);
        }
        if (isStringLiteral(expression) || isNoSubstitutionTemplateLiteral(expression)) {
            return expression.text;
        }
        if (isTemplateExpression(expression)) {
            const spans = expression.templateSpans.map((span) => placeholderOf(span.expression) + span.literal.text);
            return expression.head.text + spans.join('');
        }
        const called = isCallExpression(expression) ? this.#functions.get(expression.expression.getText()) : undefined;
        return called ? this.#returnOf(called) : placeholderOf(expression);
    }
}

function returnsIn(node: Node): Expression[] {
    const returned: Expression[] = [];
    const visit = (child: Node): void => {
        if (isReturnStatement(child) && child.expression) {
            returned.push(child.expression);
        }
        forEachChild(child, visit);
    };
    visit(node);
    return returned;
}

/** `fault.lockFile` becomes ‹lockFile›; another expression, the last name in it. */
function placeholderOf(expression: Expression): string {
    const text = expression.getText();
    const data = /\bfault\.(\w+)/.exec(text)?.[1];
    return `‹${data ?? text.match(/[A-Za-z]\w*/g)?.at(-1) ?? '…'}›`;
}
