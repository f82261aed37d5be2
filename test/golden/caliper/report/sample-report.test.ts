import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderReportHtml } from '../../../../caliper/report/render-html';
import { renderTable } from '../../../../caliper/report/render-table';
import { newReport, readReport, writeReport } from '../../../../caliper/report/write-report';
import { aDrill, aFullRunRecord, aRunRecord, aTopology } from '../../../support/a-run-record';
import { expectGolden } from '../../../support/expect-golden';

const report = newReport(aFullRunRecord());

describe('the report of a sample run', () => {
    it('is this page', async () => {
        await expectGolden('sample-report.html', renderReportHtml(report));
    });

    it('is this table', async () => {
        await expectGolden('sample-report.txt', renderTable(report));
    });

    it('says in its heading that a limit was missed and a transaction lost', () => {
        expect(renderReportHtml(report)).toContain(
            '<h1>2 of 8 limits missed on the embedded network; 1 transaction did not succeed; ' +
                'the drill of wireless did not come to its end</h1>',
        );
    });

    it('fetches nothing from elsewhere', () => {
        expect(renderReportHtml(report)).not.toMatch(/https?:|<script|<link|@import|url\(/);
    });

    it('says at every figure and table of results that the embedded network is not Fabric', () => {
        const page = renderReportHtml(report);
        const captions = page.match(/<figcaption>[^]*?<\/figcaption>/g) ?? [];
        expect(captions).toHaveLength(10);
        for (const caption of captions) expect(caption).toContain('not Hyperledger Fabric');
        expect(renderTable(report)).toContain('not Hyperledger Fabric');
    });

    it('does not say so of a run on Fabric itself', () => {
        expect(renderReportHtml(newReport(aRunRecord({ backend: 'native' })))).not.toContain('not Hyperledger Fabric');
    });

    it('says at every table of a drill what it was measured on', () => {
        const [, section = ''] = renderReportHtml(report).split('<h2>The main station is lost</h2>');
        const [tables = ''] = section.split('<h2>The acts</h2>');
        const captions = tables.match(/<caption>[^]*?<\/caption>/g) ?? [];
        expect(captions).toHaveLength(2);
        for (const caption of captions) expect(caption).toContain('not Hyperledger Fabric');
    });

    it('knows nothing of a drill where the record was made before there was one', () => {
        const before = newReport(aRunRecord());
        expect(before.verdicts).toHaveLength(2);
        expect(renderReportHtml(before)).not.toMatch(/main station is lost|drill/i);
        expect(renderTable(before)).not.toMatch(/main station is lost|drill/i);
    });

    it('shows the drill alone where no round was asked for, and why a topology had none', () => {
        const topologies = [
            aTopology({ leftOut: [{ label: 'wired-control-10', why: 'the drill was run alone.' }] }),
            aTopology({ name: 'wireless', leftOut: [{ label: 'wireless-drill', why: 'it takes a dispatch centre.' }] }),
        ];
        const alone = newReport(aRunRecord({ suite: 'drill', topologies, rounds: [], drills: [aDrill()] }));
        const page = renderReportHtml(alone);
        expect(page).toContain('<h1>2 of 6 limits kept on the embedded network, 4 not measured</h1>');
        expect(page).toContain('Not played on wireless: it takes a dispatch centre.');
        expect(page).not.toMatch(/<h2>(The acts|All rounds|Throughput)/);
        expect(renderTable(alone)).not.toContain('success TPS');
    });

    it('says that links were direct where the terminal was on none', () => {
        const direct = newReport(aRunRecord({ drills: [aDrill({ crossesMedium: false })] }));
        expect(renderReportHtml(direct)).toContain('its terminal (epon) over direct links');
    });

    it('can be drawn when nothing succeeded', () => {
        const record = aRunRecord();
        const rounds = record.rounds.map((round) => ({ ...round, succeeded: 0, latencyMs: null, worst: null }));
        expect(renderReportHtml(newReport({ ...record, rounds }))).toContain('</html>');
        expect(renderTable(newReport({ ...record, rounds: [] }))).toContain('NOT MEASURED');
    });
});

describe('writeReport', () => {
    it('keeps the previous report under its start, and other files where they are', async () => {
        const directory = await mkdtemp(join(tmpdir(), 'report-'));
        try {
            await writeReport(directory, aRunRecord());
            const { jsonFile, htmlFile } = await writeReport(
                directory,
                aRunRecord({ startedAt: '2026-11-24T08:00:00.000Z' }),
            );
            expect((await readReport(jsonFile)).startedAt).toBe('2026-11-24T08:00:00.000Z');
            expect(await readFile(htmlFile, 'utf8')).toContain('2026-11-24');
            const kept = join(directory, '2026-11-23T08-00-00.000Z');
            expect((await readReport(join(kept, 'report.json'))).startedAt).toBe('2026-11-23T08:00:00.000Z');
            expect(existsSync(join(kept, 'report.html'))).toBe(true);
        } finally {
            await rm(directory, { recursive: true });
        }
    });

    it('refuses to read what is not a report, and names what is wrong', async () => {
        await expect(readReport('package.json')).rejects.toMatchObject({ fault: { code: 'REPORT_INVALID' } });
        await expect(readReport('no-such.json')).rejects.toMatchObject({ fault: { code: 'REPORT_UNREADABLE' } });
    });
});
