import { describeBackend } from '../describe-backend';
import { formatMilliseconds, formatRate, formatSeconds } from '../format-figures';
import type { RoundRecord, RunReport } from '../run-record';
import type { ThesisOperation } from '../thesis-figures';
import { thesisFigures } from '../thesis-figures';
import type { Markup } from './markup';
import { html } from './markup';

const dash = '–';

/** Every round with our figures; the round's own remarks (saturated, errors) stand at the end of its row. */
export function renderRoundTable(report: RunReport): Markup {
    const rows = report.rounds.map((round) => {
        const latency = round.latencyMs;
        const figures = latency
            ? [latency.min, latency.avg, latency.p50, latency.p95, latency.p99, latency.max].map(formatMilliseconds)
            : Array.from({ length: 6 }, () => dash);
        return html`<tr>
            <th scope="row">${round.topology}</th>
            <td class="text">${round.operation}</td>
            <td class="text">${round.medium}</td>
            <td>${formatRate(round.plannedTps)}</td>
            <td>${round.sendRateTps.toFixed(1)}</td>
            <td>${round.successTps.toFixed(1)}</td>
            <td>${round.succeeded}</td>
            <td>${round.failed}</td>
            ${figures.map((figure) => html`<td>${figure}</td>`)}
            <td class="text words">${remarksOf(round)}</td>
        </tr> `;
    });
    return html`<div class="wide">
        <table>
            <caption>
                ${describeBackend(report.backend).short}. Rates in transactions, or acts, a second; latencies in
                milliseconds, of those that succeeded, percentiles by nearest rank.
            </caption>
            <thead>
                <tr>
                    <th class="text" scope="col">topology</th>
                    <th class="text" scope="col">operation</th>
                    <th class="text" scope="col">medium</th>
                    <th scope="col">asked</th>
                    <th scope="col">sent</th>
                    <th scope="col">done</th>
                    <th scope="col">succeeded</th>
                    <th scope="col">failed</th>
                    <th scope="col">min</th>
                    <th scope="col">avg</th>
                    <th scope="col">p50</th>
                    <th scope="col">p95</th>
                    <th scope="col">p99</th>
                    <th scope="col">max</th>
                    <th class="text" scope="col"></th>
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div> `;
}

function remarksOf(round: RoundRecord): string {
    const errors = round.errors.map(({ code, count }) => `${count} × ${code}`);
    return [
        ...(round.saturated ? ['saturated: not judged'] : []),
        ...errors,
        ...(round.problem ? [round.problem] : []),
    ].join('; ');
}

/** Caliper's own figures, under its own names, as it printed them. */
export function renderCaliperTable(report: RunReport): Markup {
    const names = [...new Set(report.rounds.flatMap((round) => Object.keys(round.caliper)))];
    const rows = report.rounds.map(
        (round) =>
            html`<tr>
                <th scope="row">${round.label}</th>
                ${names.map((name) => html`<td>${round.caliper[name] ?? dash}</td>`)}
            </tr> `,
    );
    return html`<div class="wide">
        <table>
            <caption>
                ${describeBackend(report.backend).short}. Caliper's own figures. Its throughput counts failures as done.
            </caption>
            <thead>
                <tr>
                    <th class="text" scope="col">round</th>
                    ${names.map((name) => html`<th scope="col">${name}</th>`)}
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div> `;
}

/** The thesis's printed figures beside the run's round nearest to its rate, for each topology. */
export function renderThesisTable(report: RunReport): Markup {
    const rows = (['set', 'query'] as const).map((operation) => {
        const thesis = thesisFigures[operation];
        const ours = report.topologies.map(({ name }) => renderOwnRow(report, name, operation));
        return html`<tr>
                <th scope="row">${operation}, the thesis</th>
                <td>${formatRate(thesis.tps)}</td>
                <td>${formatSeconds(thesis.minMs)}</td>
                <td>${formatSeconds(thesis.avgMs)}</td>
                <td>${formatSeconds(thesis.maxMs)}</td>
                <td>${thesis.secondsPerCall} s</td>
                <td class="text words">“${thesis.calledThere}” is 1 / ${formatRate(thesis.tps)} TPS, not a latency</td>
            </tr>
            ${ours}`;
    });
    return html`<div class="wide">
        <table>
            <caption>
                ${describeBackend(report.backend).short}; the thesis measured Hyperledger Fabric on its own machines.
                Latencies depend on the block time first: an average of 1.7 s is what a block time of 2 s gives at 4
                TPS.
            </caption>
            <thead>
                <tr>
                    <th class="text" scope="col"></th>
                    <th scope="col">TPS</th>
                    <th scope="col">min</th>
                    <th scope="col">avg</th>
                    <th scope="col">max</th>
                    <th scope="col">1 / TPS</th>
                    <th class="text" scope="col"></th>
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div> `;
}

function renderOwnRow(report: RunReport, topology: string, operation: ThesisOperation): Markup | undefined {
    const wanted = thesisFigures[operation].tps;
    const [round] = report.rounds
        .filter((candidate) => candidate.topology === topology && candidate.operation === operation)
        .sort((a, b) => Math.abs(a.plannedTps - wanted) - Math.abs(b.plannedTps - wanted));
    if (!round?.latencyMs) return undefined;
    const { min, avg, max } = round.latencyMs;
    const perCall = round.successTps > 0 ? `${(1 / round.successTps).toFixed(3)} s` : dash;
    return html`<tr>
        <td class="text">${operation}, ${topology}</td>
        <td>${round.successTps.toFixed(1)}</td>
        <td>${formatSeconds(min)}</td>
        <td>${formatSeconds(avg)}</td>
        <td>${formatSeconds(max)}</td>
        <td>${perCall}</td>
        <td class="text words">asked ${formatRate(round.plannedTps)} TPS</td>
    </tr> `;
}

/** What was lost, and whether the ledger holds it; nothing when nothing was. */
export function renderLostTable(report: RunReport): Markup | undefined {
    const lost = report.rounds.flatMap((round) => round.lost.map((transaction) => ({ round, transaction })));
    if (lost.length === 0) return undefined;
    const held = { true: 'on the ledger', false: 'not on the ledger', unknown: 'not known' } as const;
    const rows = lost.slice(0, 50).map(
        ({ round, transaction }) =>
            html`<tr>
                <th scope="row">${round.label}</th>
                <td class="text"><code>${transaction.transactionId}</code></td>
                <td class="text">${transaction.code}</td>
                <td class="text">${held[`${transaction.inLedger}`]}</td>
            </tr> `,
    );
    const more = lost.length > 50 ? ` The first 50 of ${lost.length}.` : '';
    return html`<h2>Lost transactions</h2>
        <div class="wide">
            <table>
                <caption>
                    Transactions the client could not account for count as failed, even when the ledger holds
                    them.${more}
                </caption>
                <thead>
                    <tr>
                        <th class="text" scope="col">round</th>
                        <th class="text" scope="col">transaction</th>
                        <th class="text" scope="col">why</th>
                        <th class="text" scope="col">where it is</th>
                    </tr>
                </thead>
                <tbody>
                    ${rows}
                </tbody>
            </table>
        </div> `;
}
