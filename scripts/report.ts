/** Draws a run's report again from its report.json: `npm run report [-- FILE]`. See scripts/README.md. */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLimits } from '../caliper/report/check-limits';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { renderTable } from '../caliper/report/render-table';
import { readReport, writeReportFiles } from '../caliper/report/write-report';
import { runScript } from './run-script';

const usage = 'Usage: npm run report [-- FILE]   FILE is a report.json; without it reports/latest/report.json';

async function main(args: string[]): Promise<ExitCode> {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' } } });
    if (values.help === true || positionals.length > 1) {
        console.log(usage);
        return values.help === true ? exitCodes.kept : exitCodes.badInput;
    }
    const file = positionals[0] ?? join('reports', 'latest', 'report.json');
    const report = await readReport(file);
    const judged = { ...report, verdicts: checkLimits(report) };
    const { htmlFile } = await writeReportFiles(dirname(file), judged);
    console.log(renderTable(judged));
    console.log(`Written: ${htmlFile}`);
    return exitCodes.kept;
}

runScript(main);
