import { UsageError } from './run-script';

/** What a view of the ledger takes: the word behind its name, and options of its own. */
interface LedgerView {
    readonly word?: string;
    readonly options: readonly string[];
}

const asked = ['as', 'topology', 'profile'];
const ledgerViews: Readonly<Record<string, LedgerView>> = {
    blocks: { options: ['from', ...asked] },
    tx: { word: 'ID', options: asked },
    terminal: { word: 'ID', options: asked },
    prove: { word: 'ID', options: ['out', ...asked] },
    verify: { word: 'RECEIPT', options: ['genesis'] },
    anchor: { word: 'FILE', options: ['name', 'store', ...asked] },
    check: { word: 'FILE', options: ['name', 'store', ...asked] },
};

/** Throws UsageError for a view that there is not, for a word too many or too few, and for an option of another view. */
export function requireView(view: string, words: readonly string[], given: readonly string[]): void {
    const known = Object.hasOwn(ledgerViews, view) ? ledgerViews[view] : undefined;
    const more = '--help tells how it is used.';
    if (known === undefined) {
        throw new UsageError(`There is no view "${view}": say ${Object.keys(ledgerViews).join(', ')}; ${more}`);
    }
    const wanted = known.word === undefined ? 0 : 1;
    if (words.length < wanted) throw new UsageError(`${view} needs ${known.word ?? ''}; ${more}`);
    if (words.length > wanted)
        throw new UsageError(`"${words.slice(wanted).join(' ')}" is too much for ${view}; ${more}`);
    const foreign = given.find((option) => !known.options.includes(option));
    if (foreign !== undefined) throw new UsageError(`--${foreign} is not an option of ${view}; ${more}`);
}
