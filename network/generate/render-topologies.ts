import type { Medium, Network, Organization, Terminal } from '../topology/network-model';

/** docs/topologies.md: what each topology resolves to, with a picture. */
export function renderTopologies(networks: readonly Network[]): string {
    return ['# The topologies', '', introduction, '', ...networks.flatMap(renderNetwork)].join('\n');
}

const introduction =
    'What the files in `network/topologies` resolve to. Ports are those of a network on one machine; `--base-port` moves ' +
    'them. Which feeders make an organisation’s area is this project’s division; the data know substations and feeders only.';

function renderNetwork(network: Network): string[] {
    const { blockCutting } = network.channel;
    return [
        `## ${network.name}: ${network.title}`,
        '',
        `Grid: \`${network.grid.folder}\` (${network.grid.description}). Topology hash \`${network.topologyHash}\`.`,
        '',
        ...renderPicture(network),
        '',
        `Channel \`${network.channel.name}\`: a block is cut after ${blockCutting.timeoutMs} ms, at ${blockCutting.maxMessageCount} ` +
            `transactions or at ${blockCutting.preferredMaxBytes} bytes. Chaincode \`${network.chaincode.name}\` ` +
            `${network.chaincode.version}, endorsed by \`${network.chaincode.endorsementPolicy}\`.`,
        '',
        '### Organisations and nodes',
        '',
        ...renderTable(['Node', 'MSP', 'Port', 'Other ports', 'CPU', 'MB'], network.organizations.flatMap(nodeRows)),
        '',
        `Uplinks of the sites: ${network.organizations.map(({ id, uplink }) => `${id} ${uplink}`).join(', ')}. They are`,
        'modelled when the network is brought up with `--links`.',
        '',
        '### Media',
        '',
        ...renderTable(
            ['Medium', 'One way', 'Loss', 'Up / down kbit/s', 'Clock', 'Deadlines', 'Gateways', 'Workers'],
            network.media.map((medium) => mediumRow(medium, network)),
        ),
        '',
        'Grades: S read in the named source; D derived as told; U unsourced, common engineering range.',
        '',
        ...network.media.flatMap(({ name, origin }) => [`- **${name}**: ${origin}`]),
        '',
        '### Terminals by feeder',
        '',
        ...renderFeeders(network),
        '',
        '### Every terminal',
        '',
        ...renderTable(
            ['Terminal', 'MSP', 'Site', 'Feeder', 'Bus', 'Line', 'Medium', 'Concentrators'],
            network.terminals.map(terminalRow),
        ),
        '',
    ];
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function nodeRows({ mspId, orderer, peers, chaincodeService }: Organization): string[][] {
    const row = (
        node: { name: string; port: number; resources: Organization['orderer']['resources'] },
        other: string,
    ): string[] => [
        `\`${node.name}\``,
        mspId,
        String(node.port),
        other,
        String(node.resources.cpus),
        String(node.resources.memoryMb),
    ];
    return [
        row(orderer, `admin ${orderer.adminPort}, operations ${orderer.operationsPort}`),
        ...peers.map((peer) =>
            row(peer, `chaincode ${peer.chaincodePort}, operations ${peer.operationsPort} (${peer.role})`),
        ),
        row(chaincodeService, ''),
    ];
}

function mediumRow(medium: Medium, { workers }: Network): string[] {
    return [
        medium.name,
        `${medium.latencyMs} ± ${medium.jitterMs} ms`,
        `${Number((medium.lossRate * 100).toFixed(3))} %`,
        `${medium.uplinkKbps} / ${medium.downlinkKbps}`,
        `${medium.clockToleranceMs / 1000} s`,
        `${medium.requestTimeoutMs / 1000} s, commit ${medium.commitTimeoutMs / 1000} s`,
        medium.gatewayHolders === 'concentrators' ? 'concentrators' : 'every terminal',
        String(workers.filter((worker) => worker.medium === medium.name).length),
    ];
}

function renderFeeders({ terminals, media, organizations }: Network): string[] {
    const kinds = ['DTU', 'FTU', 'TTU'] as const;
    const count = (list: readonly Terminal[]): string => String(list.length || '');
    const columns = (list: readonly Terminal[]): string[] => [
        ...kinds.map((kind) => count(list.filter((terminal) => terminal.kind === kind))),
        ...media.map(({ name }) => count(list.filter(({ medium }) => medium === name))),
        count(list),
    ];
    const rows = organizations.flatMap(({ mspId }) => {
        const own = terminals.filter((terminal) => terminal.mspId === mspId);
        const feeders = [...new Set(own.map(({ feeder }) => feeder))].sort(byNumber);
        return feeders.map((feeder) => [
            feeder,
            mspId,
            ...columns(own.filter((terminal) => terminal.feeder === feeder)),
        ]);
    });
    const head = ['Feeder or station', 'MSP', ...kinds, ...media.map(({ name }) => name), 'all'];
    return renderTable(head, [...rows, ['**all**', '', ...columns(terminals)]]);
}

/** Feeder 2 before feeder 10; no locale of the machine takes part. */
function byNumber(one: string, other: string): number {
    const padded = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
    return padded(one) < padded(other) ? -1 : 1;
}

function terminalRow(terminal: Terminal): string[] {
    const { id, mspId, site, feeder, bus, line, medium, concentrators } = terminal;
    return [id, mspId, site, feeder, bus, line ?? '', medium, concentrators.join(', ')];
}

function renderPicture({ organizations, media, terminals }: Network): string[] {
    const node = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '_');
    const groups = media.flatMap(({ name, latencyMs }) =>
        organizations.flatMap(({ mspId, displayName }) => {
            const list = terminals.filter((terminal) => terminal.medium === name && terminal.mspId === mspId);
            const kinds = (['DTU', 'FTU', 'TTU'] as const).flatMap((kind) => {
                const count = list.filter((terminal) => terminal.kind === kind).length;
                return count > 0 ? [`${count} ${kind}`] : [];
            });
            const group = `    t_${node(name)}_${node(mspId)}["${displayName}<br/>${kinds.join(', ')}"]`;
            return list.length > 0 ? [`${group} --- m_${node(name)}(["${name}, ${latencyMs} ms"])`] : [];
        }),
    );
    return [
        '```mermaid',
        'flowchart LR',
        ...groups,
        ...media.map(({ name }) => `    m_${node(name)} --- channel{{"every orderer and peer"}}`),
        ...organizations.map(
            ({ id, mspId, displayName }) =>
                `    channel --- ${node(id)}["${displayName}<br/>${mspId}: orderer, peer, chaincode"]`,
        ),
        '```',
    ];
}
