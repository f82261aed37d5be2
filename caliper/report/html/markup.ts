/** Text that is already HTML. Everything else that goes into `html` is escaped. */
export class Markup {
    readonly text: string;

    constructor(text: string) {
        this.text = text;
    }
}

export type MarkupPart = Markup | string | number | undefined | readonly MarkupPart[];

const escapes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};

/** Text → the same text where HTML reads nothing into it, in an element or in a quoted attribute. */
export function escapeText(text: string): string {
    return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** A template whose values are escaped unless they are Markup themselves; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
    const text = strings.map((string, index) => string + textOf(parts[index])).join('');
    return new Markup(text);
}

function textOf(part: MarkupPart): string {
    if (part === undefined) return '';
    if (part instanceof Markup) return part.text;
    if (typeof part === 'string') return escapeText(part);
    if (typeof part === 'number') return String(part);
    return part.map(textOf).join('');
}
