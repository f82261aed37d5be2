import { formatRange, sumUpBytes } from '../bytes-over-air';
import type { RunReport } from '../run-record';
import type { Markup } from './markup';
import { html } from './markup';

/** What a transaction sends over its medium, as the relays counted it; nothing where there were none. */
export function renderBytesTable(report: RunReport): Markup | undefined {
    const found = sumUpBytes(report);
    if (found.length === 0) return undefined;
    const rows = found.map(
        ({ topology, medium, operation, up, down }) =>
            html`<tr>
                <th scope="row">${topology}</th>
                <td class="text">${medium}</td>
                <td class="text">${operation}</td>
                <td>${formatRange(up)}</td>
                <td>${formatRange(down)}</td>
            </tr> `,
    );
    return html`<h2>Over the air</h2>
        <div class="wide">
            <table>
                <caption>
                    Bytes of one transaction over its medium, TLS included, least and most of the rounds. Down counts
                    what the open gateways of the medium heard of everybody's commits meanwhile.
                </caption>
                <thead>
                    <tr>
                        <th class="text" scope="col">topology</th>
                        <th class="text" scope="col">medium</th>
                        <th class="text" scope="col">operation</th>
                        <th scope="col">up</th>
                        <th scope="col">down</th>
                    </tr>
                </thead>
                <tbody>
                    ${rows}
                </tbody>
            </table>
        </div> `;
}
