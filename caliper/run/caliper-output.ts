/** Something that Caliper says in its log and that the runner acts upon. */
export type CaliperEvent =
    | { readonly kind: 'round-started'; readonly label: string }
    | { readonly kind: 'round-finished'; readonly label: string }
    | { readonly kind: 'round-failed'; readonly label: string; readonly why: string }
    | {
          readonly kind: 'progress';
          readonly label: string;
          readonly submitted: number;
          readonly succeeded: number;
          readonly failed: number;
      }
    | { readonly kind: 'result'; readonly label: string; readonly figures: CaliperFigures };

/** Caliper's own figures of a round, under Caliper's own names: `Succ`, `Fail`, `Send Rate (TPS)`, … */
export type CaliperFigures = Readonly<Record<string, number | string>>;

// eslint-disable-next-line no-control-regex -- Caliper colours its log also where nobody sees it
const colours = /\u001b\[[0-9;]*m/g;
const started = /Started round \d+ \((.+)\)$/;
const finished = /Finished round \d+ \((.+)\) in /;
const failed = /Failed round \d+ \((.+?)\): (.*)$/;
const progress = /\[(\S+) Round \d+ Transaction Info\] - Submitted: (\d+) Succ: (\d+) Fail: ?(\d+)/;

/**
 * Reads the log of Caliper's manager line by line (caliper-core 0.6.0: round-orchestrator.js, default-observer.js,
 * report.js). Its exit status is 0 also when rounds failed, and its figures are nowhere else than in this log and in an
 * HTML page.
 */
export class CaliperOutput {
    #columns: readonly string[] | undefined;

    /** The event that a line tells of, if any. */
    read(line: string): CaliperEvent | undefined {
        const text = line.replace(colours, '').trimEnd();
        if (text.startsWith('|')) return this.#readRow(text);
        if (!/^[+╔╟╚║]/.test(text)) this.#columns = undefined;
        return readMessage(text);
    }

    #readRow(text: string): CaliperEvent | undefined {
        const cells = text
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim());
        if (cells[0] === 'Name') {
            this.#columns = cells;
            return undefined;
        }
        const [label = '', ...values] = cells;
        const [, ...names] = this.#columns ?? [];
        if (names.length === 0 || /^-+$/.test(label)) return undefined;
        const figures = Object.fromEntries(names.map((name, index) => [name, asNumber(values[index] ?? '')]));
        return { kind: 'result', label, figures };
    }
}

function readMessage(text: string): CaliperEvent | undefined {
    const [, label = '', submitted, succeeded, failures] = progress.exec(text) ?? [];
    if (submitted !== undefined) {
        const counts = { submitted: Number(submitted), succeeded: Number(succeeded), failed: Number(failures) };
        return { kind: 'progress', label, ...counts };
    }
    const [, startedLabel] = started.exec(text) ?? [];
    if (startedLabel !== undefined) return { kind: 'round-started', label: startedLabel };
    const [, finishedLabel] = finished.exec(text) ?? [];
    if (finishedLabel !== undefined) return { kind: 'round-finished', label: finishedLabel };
    const [, failedLabel, why = ''] = failed.exec(text) ?? [];
    return failedLabel === undefined ? undefined : { kind: 'round-failed', label: failedLabel, why };
}

/** Caliper prints '-' where it has no figure. */
function asNumber(cell: string): number | string {
    const value = Number(cell);
    return cell === '' || Number.isNaN(value) ? cell : value;
}
