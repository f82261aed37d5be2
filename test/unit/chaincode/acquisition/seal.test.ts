import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    acquisitionCalls,
    acquisitionEvents,
    type RoundAnswer,
} from '../../../../chaincode/src/acquisition/acquisition-api';
import {
    checkInclusion,
    dataBlockHash,
    elementsRoot,
    findBrokenBlock,
    noPreviousHash,
    type DataBlockRecord,
    type InclusionProof,
} from '../../../../chaincode/src/acquisition/data-block-api';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { AcquisitionGrid, firstRound, ofMember } from '../../../support/chaincode/acquisition-grid';
import { taskStartMs } from '../../../support/chaincode/a-task';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { toleranceMs as clockToleranceMs } from '../../../support/chaincode/test-grid';

let acquisition: AcquisitionGrid;
const secondRound = { ...firstRound, tickMs: taskStartMs + 60_000 };

beforeEach(async () => {
    acquisition = await AcquisitionGrid.start();
    await acquisition.define();
    await acquisition.open();
});

function dataBlock(name = firstRound): Promise<DataBlockRecord> {
    return acquisition.grid.ledger.evaluate(acquisitionCalls.queryDataBlock(name), acquisition.grid.reader);
}

function proof(terminalId: string, name = firstRound): Promise<InclusionProof> {
    const call = acquisitionCalls.queryProof({ ...name, terminalId });
    return acquisition.grid.ledger.evaluate(call, acquisition.grid.reader);
}

describe('a seal', () => {
    it('reads the round by keys that are known: three gets, one for each reporter, three puts and a delete', async () => {
        acquisition.advance(5_001);
        const { calls, reads } = await acquisition.seal();
        expect(calls).toEqual({ gets: 3 + 2 + 1, puts: 3, deletes: 1, ranges: 0, histories: 0 });
        expect([...reads.keys()].filter((key) => key.startsWith('\0reading'))).toEqual([]);
    });

    it('makes a data block of what came, in the order of ids, and names what is missing, late or doubtful', async () => {
        await acquisition.report('TTU-2', { value: 2, timeMs: taskStartMs - 30 });
        await acquisition.report('TTU-1', { value: 1, quality: 'substituted' });
        acquisition.advance(5_001);
        await acquisition.reportBatch([ofMember('TTU-4', { value: 4 })]);
        const { event } = await acquisition.seal();
        const block = await dataBlock();
        expect(block.body).toEqual([
            { id: 'TTU-1', timeMs: taskStartMs, value: 1 },
            { id: 'TTU-2', timeMs: taskStartMs - 30, value: 2 },
            { id: 'TTU-4', timeMs: taskStartMs, value: 4 },
        ]);
        expect(block.header).toEqual({
            version: 1,
            taskId: 'voltages',
            number: 0,
            tickMs: taskStartMs,
            previousHash: noPreviousHash,
            timestampMs: taskStartMs + 5_001,
            merkleRoot: elementsRoot(block.body),
            elements: 3,
            missing: ['TTU-3'],
            late: ['TTU-4'],
            doubtful: ['TTU-1'],
        });
        expect(block.hash).toBe(dataBlockHash(block.header));
        expect(event).toEqual({ name: acquisitionEvents.sealed, payload: { header: block.header, hash: block.hash } });
    });

    it('is not before tick + Δt, by the later of the two times, and is a dispatcher’s', async () => {
        acquisition.advance(5_000);
        expect(await expectFault(acquisition.seal(), 'ROUND_NOT_DUE')).toMatchObject({ remainingMs: 1 });
        acquisition.advance(1);
        await expectFault(acquisition.seal(firstRound, acquisition.grid.operator), 'ROLE_REQUIRED');
        await acquisition.seal();
    });

    it('is final: no second seal, and no reading any more', async () => {
        acquisition.advance(5_001);
        const { transactionId } = await acquisition.seal();
        await expectFault(acquisition.seal(), 'ROUND_SEALED');
        await expectFault(acquisition.report('TTU-1'), 'ROUND_SEALED');
        await expectFault(acquisition.reportBatch([ofMember('TTU-3')]), 'ROUND_SEALED');
        const call = acquisitionCalls.queryRound(firstRound);
        const round = await acquisition.grid.ledger.evaluate<RoundAnswer>(call, acquisition.grid.reader);
        expect(round).toMatchObject({
            state: 'sealed',
            blockNumber: 0,
            blockHash: (await dataBlock()).hash,
            transactionId,
        });
    });

    it('follows the task’s data block before it, and makes an empty one when nothing came', async () => {
        await acquisition.report('TTU-1');
        acquisition.advance(5_001);
        await acquisition.seal();
        acquisition.advance(50_000);
        await acquisition.open(secondRound);
        acquisition.advance(10_000);
        await acquisition.seal(secondRound);
        const blocks = [await dataBlock(), await dataBlock(secondRound)];
        expect(blocks[1]?.header).toMatchObject({ number: 1, previousHash: blocks[0]?.hash, elements: 0 });
        expect(blocks[1]?.header.missing).toEqual(['TTU-1', 'TTU-2', 'TTU-3', 'TTU-4']);
        expect(findBrokenBlock(blocks)).toBeUndefined();
    });

    it('refuses a time that went back behind the block it would follow', async () => {
        acquisition.advance(50_000);
        await acquisition.open(secondRound);
        acquisition.advance(100_000);
        await acquisition.seal(firstRound);
        acquisition.advance(-clockToleranceMs - 1);
        expect(await expectFault(acquisition.seal(secondRound), 'TIME_WENT_BACK')).toMatchObject({
            lastMs: taskStartMs + 150_000,
        });
        acquisition.advance(1);
        await acquisition.seal(secondRound);
        expect((await dataBlock(secondRound)).header.timestampMs).toBe(taskStartMs + 150_000);
    });

    it('conflicts with no Set of its terminals in the same block, nor they with it', async () => {
        const { ledger } = acquisition.grid;
        await acquisition.report('TTU-1');
        acquisition.advance(5_001);
        const sets = await Promise.all(
            ['TTU-1', 'TTU-2', 'TTU-3', 'TTU-4', 'DTU-1'].map((terminalId) =>
                ledger.endorse(measurementCalls.set(aReading({ terminalId })), acquisition.as(terminalId)),
            ),
        );
        const seal = await ledger.endorse(acquisitionCalls.seal(firstRound), acquisition.dispatcher);
        const verdicts = ledger.commit(...sets.slice(0, 3), seal, ...sets.slice(3));
        expect(verdicts).toEqual(verdicts.map(() => 'VALID'));
    });

    it('does not lose a reading that was committed before it: the seal is not valid, and is sent again', async () => {
        const { ledger } = acquisition.grid;
        acquisition.advance(5_001);
        const seal = await ledger.endorse(acquisitionCalls.seal(firstRound), acquisition.dispatcher);
        await acquisition.report('TTU-1');
        expect(ledger.commit(seal)).toEqual(['MVCC_READ_CONFLICT']);
        await acquisition.seal();
        expect((await dataBlock()).header).toMatchObject({ elements: 1, late: ['TTU-1'] });
    });

    it('does not disturb the opening of the next round', async () => {
        const { ledger } = acquisition.grid;
        acquisition.advance(5_001);
        const seal = await ledger.endorse(acquisitionCalls.seal(firstRound), acquisition.dispatcher);
        const open = await ledger.endorse(acquisitionCalls.openRound(secondRound), acquisition.dispatcher);
        expect(ledger.commit(seal, open)).toEqual(['VALID', 'VALID']);
    });
});

describe('a proof of inclusion', () => {
    beforeEach(async () => {
        for (const terminalId of ['TTU-1', 'TTU-2']) await acquisition.report(terminalId);
        await acquisition.reportBatch([ofMember('TTU-3')]);
        acquisition.advance(5_001);
    });

    it('shows that an element is in the block, to whoever has the block’s hash', async () => {
        await acquisition.seal();
        const { hash } = await dataBlock();
        for (const terminalId of ['TTU-1', 'TTU-2', 'TTU-3']) {
            const found = await proof(terminalId);
            expect(found.element.id).toBe(terminalId);
            expect(checkInclusion(found, hash)).toBe('included');
        }
    });

    it('does not show it for another value, place, path or block', async () => {
        await acquisition.seal();
        const { hash } = await dataBlock();
        const right = await proof('TTU-2');
        const other = await proof('TTU-1');
        expect(checkInclusion({ ...right, element: { ...right.element, value: 0 } }, hash)).toBe('not-included');
        expect(checkInclusion({ ...right, index: 0 }, hash)).toBe('not-included');
        expect(checkInclusion({ ...right, path: other.path }, hash)).toBe('not-included');
        expect(checkInclusion({ ...right, path: [] }, hash)).toBe('not-included');
        expect(checkInclusion(right, '0'.repeat(64))).toBe('another-block');
        const header = { ...right.header, missing: [] };
        expect(checkInclusion({ ...right, header }, hash)).toBe('another-block');
    });

    it('is refused for who is not in the block, and before there is one', async () => {
        await expectFault(proof('TTU-1'), 'ROUND_NOT_SEALED');
        await expectFault(dataBlock(secondRound), 'ROUND_UNKNOWN');
        await acquisition.seal();
        await expectFault(proof('TTU-4'), 'NOT_IN_BLOCK');
    });
});

describe('a chain of data blocks', () => {
    it('is broken where a block was changed, left out or put in', async () => {
        const names = [1, 2, 3].map((count) => ({ ...firstRound, tickMs: taskStartMs + count * 60_000 }));
        for (const name of [firstRound, ...names]) {
            acquisition.grid.ledger.nowMs = name.tickMs;
            if (name !== firstRound) await acquisition.open(name);
            acquisition.advance(5_001);
            await acquisition.seal(name);
        }
        const blocks = await Promise.all([firstRound, ...names].map((name) => dataBlock(name)));
        expect(findBrokenBlock(blocks)).toBeUndefined();
        const changed = blocks.map((block, index) =>
            index === 2 ? { ...block, header: { ...block.header, timestampMs: 0 } } : block,
        );
        expect(findBrokenBlock(changed)).toBe(2);
        const padded = blocks.map((block, index) =>
            index === 1 ? { ...block, body: [{ id: 'TTU-1', timeMs: 0, value: 0 }] } : block,
        );
        expect(findBrokenBlock(padded)).toBe(1);
        expect(findBrokenBlock(blocks.filter((_, index) => index !== 2))).toBe(3);
    });
});
