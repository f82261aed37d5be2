import { createPrivateKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { submitCallOf, type Call } from '../../../../chaincode/src/calls/call-api';
import {
    inTable,
    measurementCalls,
    measurementContract,
    measurementEvents,
    type NewestAnswer,
    type ReadingInput,
} from '../../../../chaincode/src/measurement/measurement-api';
import {
    signedReadingCalls,
    type SignedReadingInput,
    type SignedReadingRecord,
} from '../../../../chaincode/src/measurement/signed-reading-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { batchBytes, readingBytes } from '../../../../chaincode/src/signatures/signed-bytes-api';
import { judgeSignature } from '../../../../chaincode/src/signatures/verify-signature';
import type { ReadingSigner } from '../../../../network/client/sign-reading';
import { signRawLowS } from '../../../../network/wire/signature';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { privateKeyPemOf, signerOf } from '../../../support/chaincode/signer-of';
import { stubChannel, type Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid, toleranceMs } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

describe('SetSigned', () => {
    let grid: TestGrid;
    let terminal: TestIdentity;
    let signer: ReadingSigner;
    let gateway: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        terminal = await grid.register('TTU-1');
        signer = await signerOf(terminal);
        gateway = await newTestIdentity({ name: 'gateway' });
    });

    function forward(input: SignedReadingInput, by = gateway): Promise<Simulation> {
        return grid.ledger.submit(signedReadingCalls.setSigned(input), by);
    }

    function signed(given: Partial<ReadingInput> = {}, sequence = 1): SignedReadingInput {
        return signer.signReading(aReading(given), sequence);
    }

    it('costs two gets and two puts, under a key of its own and beside the newest', async () => {
        const { calls, writes } = await forward(signed());
        expect(calls).toEqual({ gets: 2, puts: 2, deletes: 0, ranges: 0, histories: 0 });
        expect([...writes.keys()]).toEqual(['\0signed-reading\0TTU-1\u00000000000000000001\0', '\0reading\0TTU-1\0']);
    });

    it('is the terminal’s own reading, whoever of its organisation forwards it', async () => {
        const { event, transactionId } = await forward(signed({ value: 9.9 }, 7));
        expect(event).toMatchObject({ name: measurementEvents.set, payload: { value: 9.9, sequence: 7 } });
        const answer = await grid.ledger.evaluate<NewestAnswer>(measurementCalls.query('TTU-1'), grid.reader);
        expect(answer.newest).toMatchObject({ value: 9.9, reporter: 'TTU-1', sequence: 7, transactionId });
        await forward(signed({}, 8), terminal);
    });

    it('is refused from a forwarder of another organisation', async () => {
        const foreign = await newTestIdentity({ name: 'gateway', mspId: 'PrimaryMSP' });
        const fault = await expectFault(forward(signed(), foreign), 'FOREIGN_TERMINAL');
        expect(fault).toMatchObject({ terminalId: 'TTU-1', callerMspId: 'PrimaryMSP' });
    });

    it('can be verified again by everybody, from what the ledger holds', async () => {
        await forward(signed({ value: 3 }, 5));
        const name = { terminalId: 'TTU-1', sequence: 5 };
        const found = await grid.ledger.evaluate<SignedReadingRecord>(
            signedReadingCalls.querySigned(name),
            grid.reader,
        );
        const { terminalId, timeMs, type, value, unit, quality, signature } = found;
        const message = readingBytes(
            { terminalId, timeMs, type, value, unit, quality },
            { channel: stubChannel, sequence: 5 },
        );
        const { publicKey } = (await grid.terminal('TTU-1')).certificate;
        expect(judgeSignature({ signerId: terminalId, publicKey }, message, signature)).toBeUndefined();
        expect(found).toMatchObject({ forwardedBy: 'gateway', forwardedByMspId: 'DispatchMSP' });
        const other = { ...name, sequence: 6 };
        await expectFault(
            grid.ledger.evaluate(signedReadingCalls.querySigned(other), grid.reader),
            'SIGNED_READING_UNKNOWN',
        );
    });

    it('is REPLAYED when it comes again later, and when its number comes with something else', async () => {
        const input = signed();
        const { transactionId } = await forward(input);
        expect(await expectFault(forward(input), 'REPLAYED')).toMatchObject({ sequence: 1, transactionId });
        await expectFault(forward(signed({ value: 5 })), 'REPLAYED');
        await forward(signed({ value: 5 }, 2));
    });

    it('is valid once of several copies in one block; the others are MVCC_READ_CONFLICT', async () => {
        const call = signedReadingCalls.setSigned(signed());
        const copies = await Promise.all([1, 2, 3].map(() => grid.ledger.endorse(call, gateway)));
        expect(grid.ledger.commit(...copies)).toEqual(['VALID', 'MVCC_READ_CONFLICT', 'MVCC_READ_CONFLICT']);
    });

    it('loses nothing of a burst: readings with numbers of their own do not conflict in one block', async () => {
        const burst = await Promise.all(
            [1, 2, 3, 4, 5].map((sequence) =>
                grid.ledger.endorse(signedReadingCalls.setSigned(signed({}, sequence)), gateway),
            ),
        );
        expect(grid.ledger.commit(...burst)).toEqual(['VALID', 'VALID', 'VALID', 'VALID', 'VALID']);
    });

    it.each([
        ['the value', { value: 10.2 }],
        ['the time', { timeMs: Date.UTC(2026, 5, 1, 12) - 1 }],
        ['the unit', { unit: 'V' }],
        ['the quality', { quality: 'estimated' }],
    ] as const)('is refused when %s was changed on the way', async (_, change) => {
        const input = signed();
        const forged = { ...input, reading: { ...input.reading, ...change } };
        await expectFault(forward(forged), 'SIGNATURE_INVALID');
    });

    it('is refused under another number, for another terminal, and on another channel', async () => {
        await grid.register('TTU-2');
        const input = signed();
        await expectFault(forward({ ...input, sequence: 2 }), 'SIGNATURE_INVALID');
        const other = { ...input, reading: { ...input.reading, terminalId: 'TTU-2' } };
        expect(await expectFault(forward(other), 'SIGNATURE_INVALID')).toMatchObject({ signerId: 'TTU-2' });
        const elsewhere = (await signerOf(terminal, 'other-channel')).signReading(aReading(), 1);
        await expectFault(forward(elsewhere), 'SIGNATURE_INVALID');
    });

    it('is refused for its form before anything is verified', async () => {
        const { signature, ...rest } = signed();
        const fault = await expectFault(
            forward({ ...rest, signature: signature.toUpperCase() }),
            'SIGNATURE_MALFORMED',
        );
        expect(fault.reason).toBe('not-128-hex-digits');
        await expectFault(
            forward({ ...rest, signature: `${'0'.repeat(64)}${signature.slice(64)}` }),
            'SIGNATURE_MALFORMED',
        );
        await expectFault(forward({ ...rest, signature: `${signature}00` }), 'MALFORMED_INPUT');
    });

    it('is refused with the old key once the terminal has a new one', async () => {
        const renewed = await grid.renew('TTU-1');
        await expectFault(forward(signed()), 'SIGNATURE_INVALID');
        await forward((await signerOf(renewed)).signReading(aReading(), 1));
    });

    it('is refused for a terminal that is unknown, suspended or retired, even if it signed well', async () => {
        await expectFault(forward(signed({ terminalId: 'TTU-9' })), 'TERMINAL_UNKNOWN');
        await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-1', reason: 'stolen' }), grid.operator);
        await expectFault(forward(signed()), 'TERMINAL_SUSPENDED');
        await grid.ledger.submit(registrationCalls.retire({ terminalId: 'TTU-1', reason: 'stolen' }), grid.operator);
        await expectFault(forward(signed()), 'TERMINAL_RETIRED');
    });

    it('is judged like any other reading: from the future it is refused, from an outage it is late', async () => {
        const now = grid.ledger.nowMs;
        await expectFault(forward(signed({ timeMs: now + toleranceMs + 1 })), 'READING_FROM_FUTURE');
        await expectFault(forward(signed({ unit: 'A' })), 'READING_UNIT_UNKNOWN');
        const { event } = await forward(signed({ timeMs: now - toleranceMs - 1 }));
        expect(event?.payload).toMatchObject({ late: true });
    });
});

describe('SetSignedBatch', () => {
    let grid: TestGrid;
    let concentrator: TestIdentity;
    let signer: ReadingSigner;

    beforeEach(async () => {
        grid = await TestGrid.start();
        concentrator = await grid.register('DTU-1', { concentrators: ['DTU-1'] });
        signer = await signerOf(concentrator);
        for (const terminalId of ['TTU-1', 'TTU-2']) await grid.register(terminalId, { concentrators: ['DTU-1'] });
    });

    const readings = ['TTU-1', 'TTU-2', 'DTU-1'].map((terminalId) => aReading({ terminalId }));
    const batch = { concentratorId: 'DTU-1', readings };

    it.each([3, 200])(
        'costs three gets and two puts for %d readings, with one signature over the whole',
        async (count) => {
            const many = Array.from({ length: count }, (_, index) =>
                aReading({ terminalId: `TTU-${(index % 2) + 1}` }),
            );
            const input = signer.signBatch({ concentratorId: 'DTU-1', readings: many }, 1);
            const { calls, event } = await grid.ledger.submit(signedReadingCalls.setSignedBatch(input), grid.reader);
            expect(calls).toEqual({ gets: 3, puts: 2, deletes: 0, ranges: 0, histories: 0 });
            expect(event).toMatchObject({ name: measurementEvents.batch, payload: { readings: count, late: 0 } });
        },
    );

    it('is what queries answer, with its number', async () => {
        await grid.ledger.submit(signedReadingCalls.setSignedBatch(signer.signBatch(batch, 4)), grid.reader);
        const answer = await grid.ledger.evaluate<NewestAnswer>(measurementCalls.query('TTU-2'), grid.reader);
        expect(answer.newest).toMatchObject({ source: 'batch', reporter: 'DTU-1', sequence: 4 });
    });

    it('is signed in the form in which it is sent: the table, or its readings with their names', async () => {
        await grid.ledger.submit(signedReadingCalls.setSignedBatch(signer.signBatch(batch, 1)), grid.reader);
        const { signature } = signer.signBatch(batch, 2);
        const named = (signed: string): Call =>
            submitCallOf(measurementContract, 'SetSignedBatch', { batch, sequence: 2, signature: signed });
        await expectFault(grid.ledger.submit(named(signature), grid.reader), 'SIGNATURE_INVALID');
        const overNames = signRawLowS(
            createPrivateKey(await privateKeyPemOf(concentrator)),
            batchBytes(batch, { channel: stubChannel, sequence: 2 }),
        );
        await expect(grid.ledger.submit(named(overNames.toString('hex')), grid.reader)).resolves.toMatchObject({
            status: 200,
        });
    });

    it('can be verified again by everybody, from what queries answer', async () => {
        const { signature } = signer.signBatch(batch, 3);
        await grid.ledger.submit(signedReadingCalls.setSignedBatch({ batch, sequence: 3, signature }), grid.reader);
        const answers = await Promise.all(
            batch.readings.map(({ terminalId }) =>
                grid.ledger.evaluate<NewestAnswer>(measurementCalls.query(terminalId), grid.reader),
            ),
        );
        const known = answers.map(({ terminalId, newest }) => aReading({ terminalId, timeMs: newest?.timeMs ?? 0 }));
        const message = batchBytes(inTable({ concentratorId: 'DTU-1', readings: known }), {
            channel: stubChannel,
            sequence: 3,
        });
        const { publicKey } = (await grid.terminal('DTU-1')).certificate;
        expect(judgeSignature({ signerId: 'DTU-1', publicKey }, message, signature)).toBeUndefined();
    });

    it('is REPLAYED later, and valid once in one block', async () => {
        const call = signedReadingCalls.setSignedBatch(signer.signBatch(batch, 1));
        const copies = await Promise.all([1, 2].map(() => grid.ledger.endorse(call, grid.reader)));
        expect(grid.ledger.commit(...copies)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        expect(await expectFault(grid.ledger.submit(call, grid.reader), 'REPLAYED')).toMatchObject({
            terminalId: 'DTU-1',
        });
    });

    it('is refused when one reading was changed, left out, or moved', async () => {
        const input = signer.signBatch(batch, 1);
        const changes = [
            readings.map((reading, index) => (index === 1 ? { ...reading, value: 0 } : reading)),
            readings.slice(1),
            [...readings].reverse(),
        ];
        for (const changed of changes) {
            const forged = { ...input, batch: { ...batch, readings: changed } };
            await expectFault(
                grid.ledger.submit(signedReadingCalls.setSignedBatch(forged), grid.reader),
                'SIGNATURE_INVALID',
            );
        }
    });

    it('is refused whole when the concentrator signed for a terminal that does not name it', async () => {
        await grid.register('TTU-3');
        const input = signer.signBatch({ ...batch, readings: [...readings, aReading({ terminalId: 'TTU-3' })] }, 1);
        const fault = await expectFault(
            grid.ledger.submit(signedReadingCalls.setSignedBatch(input), concentrator),
            'NOT_ITS_CONCENTRATOR',
        );
        expect(fault).toMatchObject({ terminalId: 'TTU-3', readingIndex: 3 });
    });

    it('is not taken for a reading, nor a reading for a batch: what is signed says what it is', async () => {
        const { signature } = signer.signBatch({ concentratorId: 'DTU-1', readings: [aReading()] }, 1);
        const reading = aReading({ terminalId: 'DTU-1' });
        const call = signedReadingCalls.setSigned({ reading, sequence: 1, signature });
        await expectFault(grid.ledger.submit(call, concentrator), 'SIGNATURE_INVALID');
    });
});
