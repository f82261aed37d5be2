import { posix } from 'node:path';
import { stringify } from 'yaml';
import type { Network } from '../topology/network-model';
import { dockerFiles } from './compose-paths';
import type { GeneratedFile } from './generate-all';

/** Where a node's metrics are, host:port. */
export type MetricsAddress = (node: {
    readonly name: string;
    readonly host: string;
    readonly operationsPort: number;
}) => string;

/** What Prometheus reads, by path from the run directory: every node, and the figures one wants to see by name. */
export function newPrometheusFiles(network: Network, addressOf: MetricsAddress): GeneratedFile[] {
    return [
        {
            path: posix.join(dockerFiles.prometheus, 'prometheus.yml'),
            content: stringify(newScrapeFile(network, addressOf)),
        },
        { path: posix.join(dockerFiles.prometheus, 'rules.yml'), content: stringify(ruleFile) },
    ];
}

function newScrapeFile(network: Network, addressOf: MetricsAddress): object {
    const nodes = network.organizations.flatMap(({ id, orderer, peers }) => [
        { job: 'orderer', organization: id, node: orderer },
        ...peers.map((peer) => ({ job: 'peer', organization: id, node: peer })),
    ]);
    const jobs = ['orderer', 'peer'].map((job) => ({
        job_name: job,
        static_configs: nodes
            .filter((each) => each.job === job)
            .map(({ organization, node }) => ({
                targets: [addressOf(node)],
                labels: { node: node.name, organization },
            })),
    }));
    return {
        global: { scrape_interval: '5s', evaluation_interval: '5s', external_labels: { network: network.name } },
        rule_files: ['rules.yml'],
        scrape_configs: jobs,
    };
}

/** Fabric v2.5.16, docs/source/metrics_reference.rst. Times are in seconds, over the last minute. */
const ruleFile = {
    groups: [
        {
            name: 'feeder',
            rules: [
                { record: 'feeder:height', expr: 'max by (node, channel) (ledger_blockchain_height)' },
                {
                    record: 'feeder:blocks_behind',
                    expr: 'scalar(max(ledger_blockchain_height)) - max by (node, channel) (ledger_blockchain_height)',
                },
                { record: 'feeder:is_leader', expr: 'max by (node, channel) (consensus_etcdraft_is_leader)' },
                ...timeRules('block_seconds', 'ledger_block_processing_time'),
                ...timeRules('commit_seconds', 'ledger_blockstorage_and_pvtdata_commit_time'),
                ...timeRules('state_commit_seconds', 'ledger_statedb_commit_time'),
                ...timeRules('endorsement_seconds', 'endorser_proposal_duration', ['chaincode']),
                ...timeRules('ordering_seconds', 'broadcast_enqueue_duration'),
                {
                    record: 'feeder:transactions_per_second',
                    expr: 'sum by (node, channel, validation_code) (rate(ledger_transaction_count[1m]))',
                },
            ],
        },
    ],
};

function timeRules(name: string, histogram: string, labels: readonly string[] = []): object[] {
    const by = ['node', ...labels].join(', ');
    return [
        {
            record: `feeder:${name}:mean`,
            expr: `sum by (${by}) (rate(${histogram}_sum[1m])) / sum by (${by}) (rate(${histogram}_count[1m]))`,
        },
        {
            record: `feeder:${name}:p95`,
            expr: `histogram_quantile(0.95, sum by (${by}, le) (rate(${histogram}_bucket[1m])))`,
        },
    ];
}
