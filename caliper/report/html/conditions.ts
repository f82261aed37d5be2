import { describeBackend } from '../describe-backend';
import { formatRate, formatSeconds, formatShare } from '../format-figures';
import type { RecordedTopology, RunReport } from '../run-record';
import type { Markup } from './markup';
import { html } from './markup';

/** What the figures stand on: back end, machine, versions, seed, and each topology's blocks, policy and media. */
export function renderConditions(report: RunReport): Markup {
    const { machine } = report;
    const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
    return html`<dl>
            <dt>Back end</dt>
            <dd>${report.backend}: ${describeBackend(report.backend).short}</dd>
            <dt>Started</dt>
            <dd>
                ${report.startedAt}${report.finishedAt === undefined ? undefined : html`, finished ${report.finishedAt}`}
            </dd>
            <dt>Suite, seed</dt>
            <dd>${report.suite}, seed ${report.seed}</dd>
            ${
                report.connector === undefined
                    ? undefined
                    : html`<dt>Caliper connector</dt>
                          <dd>${report.connector}</dd>`
            }
            <dt>Machine</dt>
            <dd>
                ${machine.cpuModel}, ${machine.cores} cores, ${(machine.memoryMb / 1024).toFixed(1)} GB, Node
                ${machine.node}; clients, network and chaincode share it
            </dd>
            <dt>Versions</dt>
            <dd>${versions.join(', ')}</dd>
        </dl>
        ${report.topologies.map(renderTopology)}`;
}

function renderTopology(topology: RecordedTopology): Markup {
    const { blockCutting: cut } = topology;
    const rows = topology.media.map(
        (medium) =>
            html`<tr>
                <th scope="row">${medium.name}</th>
                <td>${formatSeconds(medium.latencyMs)}</td>
                <td>${formatSeconds(medium.jitterMs)}</td>
                <td>${formatShare(medium.lossRate ?? 0)}</td>
                <td>${medium.uplinkKbps}</td>
                <td>${medium.downlinkKbps}</td>
                <td class="text words">${medium.origin}</td>
            </tr> `,
    );
    const memory =
        topology.networkPeakMemoryMb === undefined
            ? undefined
            : html`<dt>Network process</dt>
                  <dd>at most ${topology.networkPeakMemoryMb.toFixed(0)} MB of memory</dd>`;
    return html`<h3>${topology.name}: ${topology.title}</h3>
        <dl>
            <dt>Blocks</dt>
            <dd>
                cut after ${formatSeconds(cut.timeoutMs)}, ${cut.maxMessageCount} transactions or
                ${cut.preferredMaxBytes} bytes (at most ${cut.absoluteMaxBytes})
            </dd>
            <dt>Endorsement</dt>
            <dd><code>${topology.endorsementPolicy}</code></dd>
            <dt>Terminals</dt>
            <dd>${topology.terminals}</dd>
            <dt>Judged at</dt>
            <dd>
                ${formatRate(topology.actRates.displacement)} displacements and ${formatRate(topology.actRates.control)}
                remote controls a second
            </dd>
            ${memory}
            <dt>Topology's hash</dt>
            <dd><code>${topology.topologyHash}</code></dd>
        </dl>
        <div class="wide">
            <table>
                <caption>
                    Access media, one way, as modelled
                </caption>
                <thead>
                    <tr>
                        <th class="text" scope="col">medium</th>
                        <th scope="col">latency</th>
                        <th scope="col">jitter</th>
                        <th scope="col">loss</th>
                        <th scope="col">up kbit/s</th>
                        <th scope="col">down kbit/s</th>
                        <th class="text" scope="col">origin of the figures</th>
                    </tr>
                </thead>
                <tbody>
                    ${rows}
                </tbody>
            </table>
        </div> `;
}
