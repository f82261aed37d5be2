import type { DrillRecord, TimedStep } from '../../drill/drill-record';
import { describeBackend } from '../describe-backend';
import { describeLoss, describeParts, remarkOnStep, stepWords } from '../describe-drill';
import { formatSeconds } from '../format-figures';
import { drillRequirements } from '../requirements';
import type { RunReport } from '../run-record';
import type { Markup } from './markup';
import { html } from './markup';

/** What the loss of the main station showed, a table for each drill; nothing where the record knows of none. */
export function renderDrillSection(report: RunReport): Markup | undefined {
    const { drills = [], topologies } = report;
    const leftOut = topologies.flatMap(({ name, leftOut: rounds = [] }) =>
        rounds.filter(({ label }) => label === `${name}-drill`).map(({ why }) => ({ name, why })),
    );
    if (drills.length === 0 && leftOut.length === 0) return undefined;
    return html`<h2>The main station is lost</h2>
        ${drills.map((drill) => renderDrill(drill, report))}
        ${leftOut.map(({ name, why }) => html`<p class="soft">Not played on ${name}: ${why}</p>`)}`;
}

function renderDrill(drill: DrillRecord, report: RunReport): Markup {
    const rows = drill.steps.map(
        (one) =>
            html`<tr>
                <th scope="row">${stepWords[one.step]}</th>
                <td>${formatSeconds(one.tookMs)}</td>
                <td>${formatSeconds(one.sinceLossMs)}</td>
                <td>${limitOf(one, report)}</td>
                <td class="text words">${remarkOnStep(one)}</td>
            </tr> `,
    );
    const problem =
        drill.problem === undefined
            ? undefined
            : html`<p class="missed"><strong>It did not come to its end.</strong> ${drill.problem}</p>`;
    return html`<h3>${drill.topology}</h3>
        <p>${capitalised(describeParts(drill))}. ${capitalised(describeLoss(drill))}.</p>
        ${problem}
        <div class="wide">
            <table>
                <caption>
                    ${describeBackend(report.backend).short}. Each step by itself, and when it had come to its end.
                </caption>
                <thead>
                    <tr>
                        <th class="text" scope="col">step</th>
                        <th scope="col">by itself</th>
                        <th scope="col">since the loss</th>
                        <th scope="col">limit</th>
                        <th class="text" scope="col"></th>
                    </tr>
                </thead>
                <tbody>
                    ${rows}
                </tbody>
            </table>
        </div>`;
}

function limitOf({ step }: TimedStep, { limits }: RunReport): string {
    const requirement = drillRequirements.find((one) => one.step === step);
    return requirement === undefined ? '' : formatSeconds(requirement.boundMs(limits));
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
