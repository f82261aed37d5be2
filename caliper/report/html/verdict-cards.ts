import { describePhases } from '../check-limits';
import { describeBackend } from '../describe-backend';
import { formatRate, formatSeconds, formatShare } from '../format-figures';
import { wordsOf } from '../requirements';
import type { RunReport, Verdict } from '../run-record';
import type { Markup } from './markup';
import { html } from './markup';

const statusWords: Readonly<Record<Verdict['status'], string>> = {
    met: '✓ kept',
    missed: '✗ missed',
    'not-measured': '○ not measured',
};

/** A card for each limit and topology. */
export function renderVerdictCards(report: RunReport): Markup {
    return html`<div class="cards">${report.verdicts.map((verdict) => renderCard(verdict, report))}</div> `;
}

function renderCard(verdict: Verdict, report: RunReport): Markup {
    const { title, sentence } = wordsOf(verdict.id);
    const bound = formatSeconds(verdict.boundMs);
    const figure =
        verdict.worstMs === null
            ? html`<p class="figure">– <small>of ${bound}</small></p>`
            : html`<p class="figure">
                      ${formatSeconds(verdict.worstMs)} <small>of ${bound} · ${verdict.evidence}</small>
                  </p>
                  ${renderMeter(verdict.worstMs, verdict)}`;
    const round = verdict.round === undefined ? '' : `Round ${verdict.round}. `;
    return html`<section class="card">
        <p class="status ${verdict.status}">${statusWords[verdict.status]}</p>
        <h3>${title}, ${verdict.topology}</h3>
        ${figure} ${verdict.reason === undefined ? undefined : html`<p class="${verdict.status}">${verdict.reason}</p>`}
        ${renderHighest(verdict)}${renderWorst(verdict)}
        <p class="soft">
            ${sentence}. Judged by: ${verdict.basis}. ${round}
            <em>${describeBackend(report.backend).short}.</em>
        </p>
    </section> `;
}

/** Of an act that ran at rates. */
function renderHighest({ highestRateTps }: Verdict): Markup | undefined {
    if (highestRateTps === undefined) return undefined;
    const highest = highestRateTps === null ? 'Kept at no rate' : `Kept up to ${formatRate(highestRateTps)} a second`;
    return html`<p><strong>${highest}</strong> <span class="soft">of the rates that ran</span></p>`;
}

/** Where the worst act's time went; of a missed limit the reason tells it. */
function renderWorst({ worst, status }: Verdict): Markup | undefined {
    if (worst?.phases === undefined || status !== 'met') return undefined;
    const { terminalId = 'a terminal', medium = 'its medium' } = worst;
    return html`<p class="soft">Worst act: ${terminalId} over ${medium}; ${describePhases(worst)}.</p>`;
}

function renderMeter(worstMs: number, verdict: Verdict): Markup {
    const share = worstMs / verdict.boundMs;
    const width = Math.min(100, share * 100).toFixed(2);
    return html`<svg
        class="meter"
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="img"
        aria-label="${formatShare(share)} of the limit"
    >
        <rect class="track" width="100" height="8" />
        <rect class="fill ${verdict.status}" width="${width}" height="8" />
    </svg>`;
}
