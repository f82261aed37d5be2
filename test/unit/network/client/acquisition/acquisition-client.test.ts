import { beforeEach, describe, expect, it } from '@jest/globals';
import { acquisitionCalls, type TaskRecord } from '../../../../../chaincode/src/acquisition/acquisition-api';
import type { DataBlockRecord } from '../../../../../chaincode/src/acquisition/data-block-api';
import {
    AcquisitionClient,
    type AcquisitionLedger,
} from '../../../../../network/client/acquisition/acquisition-client';
import { roundsToSeal, ticksToOpen } from '../../../../../network/client/acquisition/plan-acquisition';
import { AcquisitionGrid, firstRound } from '../../../../support/chaincode/acquisition-grid';
import { aTask, taskStartMs } from '../../../../support/chaincode/a-task';
import { RefusedTransaction } from '../../../../support/chaincode/stub-ledger';

const minute = 60_000;
const task = { ...aTask(), state: 'active' } as TaskRecord;

describe('the ticks to open', () => {
    const ticks = (nowMs: number, leadMs = 2_000): number[] =>
        ticksToOpen(task, taskStartMs + nowMs, leadMs).map(({ tickMs }) => tickMs - taskStartMs);

    it.each([
        ['before the first tick by more than the lead', -2_001, []],
        ['from the lead on', -2_000, [0]],
        ['at the tick', 0, [0]],
        ['until tick + Δt', 5_000, [0]],
        ['after that no more', 5_001, []],
        ['before the next one', minute - 2_000, [minute]],
    ] as const)('are right %s', (_, nowMs, expected) => {
        expect(ticks(nowMs)).toEqual(expected);
    });

    it('are several when the lead is longer than δ', () => {
        expect(ticks(0, 2 * minute)).toEqual([0, minute, 2 * minute]);
    });

    it('are none for a task that has ended, or that events drive', () => {
        expect(ticksToOpen({ ...task, state: 'ended' }, taskStartMs, 2_000)).toEqual([]);
        expect(ticksToOpen({ ...task, drive: { kind: 'protection-trip' } }, taskStartMs, 2_000)).toEqual([]);
    });
});

describe('the rounds to seal', () => {
    it('are those that are due, the earlier first', () => {
        const entry = (dueMs: number): Parameters<typeof roundsToSeal>[0][number] => ({
            schemaVersion: 1,
            taskId: 'voltages',
            tickMs: dueMs - 5,
            dueMs,
        });
        expect(roundsToSeal([entry(20), entry(10), entry(30)], 30).map(({ tickMs }) => tickMs)).toEqual([5, 15]);
    });
});

describe('the acquisition client', () => {
    let acquisition: AcquisitionGrid;
    let client: AcquisitionClient;
    let ledger: AcquisitionLedger;

    beforeEach(async () => {
        acquisition = await AcquisitionGrid.start();
        await acquisition.define();
        ledger = {
            evaluate: (call) => acquisition.grid.ledger.evaluate(call, acquisition.dispatcher),
            submit: async (call) => {
                try {
                    await acquisition.grid.ledger.submit(call, acquisition.dispatcher);
                    return undefined;
                } catch (error) {
                    if (!(error instanceof RefusedTransaction) || error.fault === undefined) throw error;
                    return { code: 'CHAINCODE_FAULT', fault: error.fault };
                }
            },
        };
        client = new AcquisitionClient(ledger, { leadMs: 2_000 });
    });

    /** One step, the clocks of all clients at this time. */
    function stepAt(ms: number): ReturnType<AcquisitionClient['step']> {
        acquisition.grid.ledger.nowMs = taskStartMs + ms;
        return client.step(acquisition.grid.ledger.nowMs);
    }

    const nothing = { opened: [], sealed: [], held: [] };

    it('opens each round once and seals it after tick + Δt, tick after tick', async () => {
        expect(await stepAt(-2_000)).toEqual({ ...nothing, opened: [firstRound] });
        expect(await stepAt(1_000)).toEqual(nothing);
        await acquisition.report('TTU-1');
        expect(await stepAt(5_000)).toEqual(nothing);
        expect(await stepAt(5_001)).toEqual({ ...nothing, sealed: [firstRound] });
        expect(await stepAt(minute)).toMatchObject({ opened: [{ tickMs: taskStartMs + minute }] });
        expect(await stepAt(2 * minute)).toMatchObject({ opened: [{}], sealed: [{ tickMs: taskStartMs + minute }] });
        const block = await acquisition.grid.ledger.evaluate<DataBlockRecord>(
            acquisitionCalls.queryDataBlock(firstRound),
            acquisition.dispatcher,
        );
        expect(block.header).toMatchObject({ number: 0, elements: 1, missing: ['TTU-2', 'TTU-3', 'TTU-4'] });
    });

    it('seals what an event opened, and what another client opened before it was lost', async () => {
        const drive = { kind: 'protection-trip' } as const;
        await acquisition.define({ taskId: 'trips', timeScaleMs: 1_000, drive });
        const trip = acquisitionCalls.triggerRound({ taskId: 'trips', timeMs: taskStartMs });
        await acquisition.grid.ledger.submit(trip, acquisition.as('TTU-1'));
        await acquisition.open();
        const { sealed, opened } = await stepAt(5_001);
        expect(opened).toEqual([]);
        expect([...sealed].map(({ taskId }) => taskId).sort()).toEqual(['trips', 'voltages']);
    });

    it('takes it for done when another client was quicker, and holds what it could not do until the next step', async () => {
        const quick = new AcquisitionClient(
            {
                ...ledger,
                submit: async (call) => {
                    await ledger.submit(call);
                    return ledger.submit(call);
                },
            },
            { leadMs: 2_000 },
        );
        expect(await quick.step(taskStartMs)).toEqual(nothing);
        acquisition.advance(5_000);
        // Its own clock runs ahead: the contract says that the round is not due yet.
        const early = await client.step(taskStartMs + 5_001);
        expect(early.held).toMatchObject([
            { ...firstRound, fault: { fault: { code: 'ROUND_NOT_DUE', remainingMs: 1 } } },
        ]);
        expect(await stepAt(5_001)).toEqual({ ...nothing, sealed: [firstRound] });
    });
});
