import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkLimits } from './check-limits';
import { renderReportHtml } from './render-html';
import { ReportError } from './report-errors';
import type { RunRecord, RunReport } from './run-record';
import { runReportSchema } from './run-record';

const reportFiles = ['report.json', 'report.html'] as const;

export interface WrittenReport {
    readonly report: RunReport;
    readonly jsonFile: string;
    readonly htmlFile: string;
}

/** A record with its verdicts: what `report.json` holds. */
export function newReport(record: RunRecord): RunReport {
    return { ...record, verdicts: checkLimits(record) };
}

/**
 * Judges the record and writes `<directory>/latest/report.json` and `report.html`. A report that was there moves to
 * `<directory>/<its start>/`, with `-` for `:`. Other files of `latest` stay.
 */
export async function writeReport(directory: string, record: RunRecord): Promise<WrittenReport> {
    const latest = join(directory, 'latest');
    await mkdir(latest, { recursive: true });
    await keepPreviousReport(directory, latest);
    const report = newReport(record);
    return { report, ...(await writeReportFiles(latest, report)) };
}

/** Writes both files of a report into a folder. */
export async function writeReportFiles(folder: string, report: RunReport): Promise<Omit<WrittenReport, 'report'>> {
    const [jsonFile, htmlFile] = [join(folder, 'report.json'), join(folder, 'report.html')];
    await writeFile(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
    await writeFile(htmlFile, renderReportHtml(report));
    return { jsonFile, htmlFile };
}

/** Reads a `report.json`. Throws ReportError: REPORT_UNREADABLE, or REPORT_INVALID with every finding. */
export async function readReport(file: string): Promise<RunReport> {
    const parsed = runReportSchema.safeParse(await readJson(file));
    if (parsed.success) return parsed.data;
    const findings = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new ReportError({ code: 'REPORT_INVALID', file, findings });
}

async function readJson(file: string): Promise<unknown> {
    try {
        return JSON.parse(await readFile(file, 'utf8'));
    } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new ReportError({ code: 'REPORT_UNREADABLE', file, why }, { cause });
    }
}

async function keepPreviousReport(directory: string, latest: string): Promise<void> {
    const present = reportFiles.filter((name) => existsSync(join(latest, name)));
    if (present.length === 0) return;
    const kept = join(directory, await startOf(join(latest, 'report.json')));
    await mkdir(kept, { recursive: true });
    await Promise.all(present.map((name) => rename(join(latest, name), join(kept, name))));
}

/** The folder name of an earlier report; one that cannot be read is kept all the same. */
async function startOf(file: string): Promise<string> {
    try {
        return (await readReport(file)).startedAt.replaceAll(':', '-');
    } catch (error) {
        if (error instanceof ReportError) return 'unreadable';
        throw error;
    }
}
