import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TxStatus } from '@hyperledger/caliper-core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TransactionRecorder } from '../../../../caliper/connector/record-transactions';
import { recordFile, statusKeys, transactionRecordSchema } from '../../../../caliper/connector/transaction-record';

describe('TransactionRecorder', () => {
    let directory: string;
    let recorder: TransactionRecorder;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), 'records-'));
        recorder = new TransactionRecorder({ recordsDirectory: directory, worker: 1, medium: '4g' });
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    const lines = (): unknown[] =>
        readFileSync(recordFile(directory, 1), 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => transactionRecordSchema.parse(JSON.parse(line)));

    function finished(ok: boolean, custom: Record<string, unknown>): TxStatus {
        const status = new TxStatus();
        status.SetID('ab12');
        status.SetTimeCreate(1000);
        if (ok) status.SetStatusSuccess(1500);
        else status.SetStatusFail();
        for (const [key, value] of Object.entries(custom)) status.Set(key, value);
        return status;
    }

    it('keeps what our connector tells of a transaction', async () => {
        await recorder.activate(3);
        const told = { terminalId: 'DTU-1', endorsedMs: 1100, orderedMs: 1200 };
        recorder.txFinished(finished(true, { [statusKeys.requestType]: 'transaction', [statusKeys.told]: told }));
        await recorder.deactivate();
        expect(lines()).toEqual([
            {
                round: 3,
                worker: 1,
                medium: '4g',
                transactionId: 'ab12',
                createdMs: 1000,
                finishedMs: 1500,
                status: 'ok',
                ...told,
            },
        ]);
    });

    it("keeps as much as Caliper's own connector tells, and says that it gave no class of failure", async () => {
        await recorder.activate(0);
        recorder.txFinished([finished(false, { [statusKeys.requestType]: 'query' })]);
        await recorder.deactivate();
        expect(lines()).toMatchObject([{ status: 'failed', code: 'NOT_TOLD' }]);
    });

    it('takes the medium of the terminal where the worker is on none, as with a remote control', async () => {
        await recorder.activate(0);
        const told = { terminalId: 'DTU-1', medium: '5g', selectedMs: 1100, answeredMs: 1200, operatedMs: 1300 };
        recorder.txFinished(finished(true, { [statusKeys.told]: told }));
        await recorder.deactivate();
        expect(lines()).toMatchObject([told]);
    });

    it('writes nothing during a round and nothing twice', async () => {
        await recorder.activate(0);
        recorder.txFinished(finished(true, {}));
        expect(existsSync(recordFile(directory, 1))).toBe(false);
        await recorder.deactivate();
        await recorder.deactivate();
        expect(lines()).toHaveLength(1);
    });
});
