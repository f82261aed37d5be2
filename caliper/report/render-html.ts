import { describeBackend } from './describe-backend';
import { renderBytesTable } from './html/bytes-table';
import { renderConditions } from './html/conditions';
import { renderDrillSection } from './html/drill-section';
import { renderLatencyChart } from './html/latency-chart';
import { html, Markup } from './html/markup';
import { renderMediumChart } from './html/medium-chart';
import { renderPhasesChart } from './html/phases-chart';
import { reportStyle } from './html/report-style';
import { renderCaliperTable, renderLostTable, renderRoundTable, renderThesisTable } from './html/round-tables';
import { renderThroughputChart } from './html/throughput-chart';
import { renderVerdictCards } from './html/verdict-cards';
import type { RunReport } from './run-record';

/** The run as one self-contained page: no script, no font, no picture from elsewhere. */
export function renderReportHtml(report: RunReport): string {
    const backend = describeBackend(report.backend);
    const page = html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>Feeder ledger: ${headline(report)}</title>
                <style>
                    ${new Markup(reportStyle)}
                </style>
            </head>
            <body>
                <main>
                    <p class="soft">
                        Feeder ledger · run of ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC · seed
                        ${report.seed}
                    </p>
                    <h1>${headline(report)}</h1>
                    <p>
                        Can a blockchain carry distribution automation? Terminals report displacements of their switches
                        to a Fabric ledger and a dispatcher operates the switches remotely, as whole acts; they report
                        readings (Set) and clients read them back (Query), in rounds of rising send rates; over the
                        access media of a wired and a wireless feeder network.
                    </p>
                    <div class="note">
                        <p><strong>Back end: ${report.backend}.</strong> ${backend.sentence}</p>
                    </div>
                    <h2>The limits</h2>
                    ${renderVerdictCards(report)} ${renderDrillSection(report)}
                    ${report.rounds.length === 0 ? undefined : renderRounds(report)}
                    <h2>Conditions</h2>
                    ${renderConditions(report)}
                    <h2>How to read this</h2>
                    <p>
                        A latency runs from the moment the terminal's client sends until it knows the outcome: for a Set
                        the commit event, for a Query the answer. A displacement runs from the terminal's time stamp
                        until the main station has received the committed event; a remote control from the dispatcher's
                        first message until the main station has received the committed new position, and is one
                        transaction of Caliper's. p95 is the latency that 95 of 100 transactions did not exceed. A round
                        whose load stayed below 95 % of the asked rate is saturated: it is shown, but no limit is judged
                        by it. Rates of short rounds include their tail, so they lie below what the network sustains.
                    </p>
                </main>
            </body>
        </html> `;
    return page.text.replace(/\s*\n\s*/g, '\n');
}

/** Everything that rounds show. */
function renderRounds(report: RunReport): Markup {
    return html`<h2>The acts</h2>
        ${renderMediumChart(report, 'displacement')}${renderPhasesChart(report, 'displacement')}${renderMediumChart(report, 'control')}${renderPhasesChart(report, 'control')}
        <h2>Latency</h2>
        ${renderLatencyChart(report, 'set')}${renderMediumChart(report, 'set')}${renderLatencyChart(report, 'query')}${renderMediumChart(report, 'query')}
        <h2>Throughput</h2>
        ${renderThroughputChart(report, 'set')}${renderThroughputChart(report, 'query')}
        <h2>Beside the thesis</h2>
        ${renderThesisTable(report)}
        <h2>All rounds</h2>
        ${renderRoundTable(report)} ${renderCaliperTable(report)} ${renderLostTable(report)} ${renderBytesTable(report)}`;
}

function headline(report: RunReport): string {
    const lost = report.rounds.reduce((sum, round) => sum + Math.max(0, round.planned - round.succeeded), 0);
    const lostWords = lost === 0 ? '' : `; ${lost} ${lost === 1 ? 'transaction' : 'transactions'} did not succeed`;
    const cutShort = (report.drills ?? [])
        .filter(({ problem }) => problem !== undefined)
        .map(({ topology }) => topology);
    const drillWords = cutShort.length === 0 ? '' : `; the drill of ${cutShort.join(' and ')} did not come to its end`;
    return verdictWords(report) + lostWords + drillWords;
}

function verdictWords(report: RunReport): string {
    const { verdicts } = report;
    const missed = verdicts.filter(({ status }) => status === 'missed').length;
    const open = verdicts.filter(({ status }) => status === 'not-measured').length;
    const not = describeBackend(report.backend).isFabric ? '' : ' on the embedded network';
    if (missed > 0) return `${missed} of ${verdicts.length} limits missed${not}`;
    if (open === verdicts.length) return 'No limit was measured in this run';
    if (open > 0) return `${verdicts.length - open} of ${verdicts.length} limits kept${not}, ${open} not measured`;
    return `All ${verdicts.length} limits kept${not}`;
}
