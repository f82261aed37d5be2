import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { newPrometheusFiles } from '../../../../network/generate/prometheus-files';
import { aNetwork } from '../../../support/a-network';

const files = newPrometheusFiles(aNetwork(), ({ host, operationsPort }) => `${host}:${operationsPort}`);
const read = (path: string): unknown => parse(files.find((file) => file.path === path)?.content ?? '');

describe('the files for Prometheus', () => {
    it('scrape every node under its name', () => {
        const { scrape_configs: jobs } = read('prometheus/prometheus.yml') as {
            scrape_configs: { job_name: string; static_configs: { targets: string[]; labels: object }[] }[];
        };
        expect(jobs.map(({ job_name: name, static_configs: nodes }) => [name, nodes.length])).toEqual([
            ['orderer', 3],
            ['peer', 3],
        ]);
        expect(jobs[1]?.static_configs[0]).toEqual({
            targets: ['127.0.0.1:7056'],
            labels: { node: 'peer0.dispatch.feeder.example', organization: 'dispatch' },
        });
    });

    it('record heights, and block, commit and endorsement times by node', () => {
        const { groups } = read('prometheus/rules.yml') as { groups: { rules: { record: string; expr: string }[] }[] };
        const names = groups.flatMap(({ rules }) => rules.map(({ record }) => record));
        expect(names).toEqual(
            expect.arrayContaining([
                'feeder:height',
                'feeder:block_seconds:p95',
                'feeder:commit_seconds:mean',
                'feeder:endorsement_seconds:p95',
            ]),
        );
        expect(new Set(names).size).toBe(names.length);
    });
});
