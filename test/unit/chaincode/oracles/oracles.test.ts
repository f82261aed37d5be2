import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeFault } from '../../../../chaincode/src/faults/fault-api';
import { oracleStateTable } from '../../../../chaincode/src/oracles/oracle-states';
import {
    oracleCalls,
    oracleEvents,
    oraclesLimits,
    type OracleRecord,
} from '../../../../chaincode/src/oracles/oracles-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { certificateOf, feedStartMs, OracleGrid } from '../../../support/chaincode/oracle-grid';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { newTestIdentity } from '../../../support/chaincode/test-identity';

let oracles: OracleGrid;

beforeEach(async () => {
    oracles = await OracleGrid.start();
});

function query(oracleId: string): Promise<OracleRecord> {
    return oracles.grid.ledger.evaluate<OracleRecord>(oracleCalls.query(oracleId), oracles.grid.reader);
}

function operate(act: 'suspend' | 'resume' | 'retire', by = oracles.grid.operator): Promise<Simulation> {
    const name = { oracleId: 'north', reason: 'key lost' };
    const call = act === 'resume' ? oracleCalls.resume('north') : oracleCalls[act](name);
    return oracles.grid.ledger.submit(call, by);
}

describe('an oracle', () => {
    it('is registered by an operator with its certificate, and belongs to the operator’s organisation', async () => {
        const identity = await newTestIdentity({ name: 'east', mspId: 'PrimaryMSP' });
        const { calls, event } = await oracles.register('east', 'PrimaryMSP', identity);
        expect(calls).toMatchObject({ gets: 2, puts: 1, deletes: 0, ranges: 0 });
        expect(event?.name).toBe(oracleEvents.register);
        expect(await query('east')).toMatchObject({
            schemaVersion: 1,
            mspId: 'PrimaryMSP',
            certificate: await certificateOf(identity),
            state: 'registered',
            lastAct: { act: 'register', byName: 'primary-operator', reason: null },
        });
    });

    it('is registered once, also by another organisation', async () => {
        const fault = await expectFault(oracles.register('north', 'PrimaryMSP'), 'ORACLE_EXISTS');
        expect(fault).toMatchObject({ oracleId: 'north', state: 'registered' });
    });

    it('is not registered with a key that cannot verify', async () => {
        const { publicKey } = generateKeyPairSync('ed25519');
        const certificate = {
            serial: '7a',
            publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
        };
        const call = oracleCalls.register({ oracleId: 'east', certificate });
        const fault = await expectFault(oracles.grid.ledger.submit(call, oracles.grid.operator), 'SIGNER_KEY_UNUSABLE');
        expect(fault.signerId).toBe('east');
    });

    it('is listed, and unknown until it is registered', async () => {
        const list = oracleCalls.list({ pageSize: 2, bookmark: '' });
        const page = await oracles.grid.ledger.evaluate<{ items: OracleRecord[]; bookmark: string }>(
            list,
            oracles.grid.reader,
        );
        expect(page.items.map(({ oracleId }) => oracleId)).toEqual(['north', 'south']);
        expect(page.bookmark).not.toBe('');
        expect((await expectFault(query('nobody'), 'ORACLE_UNKNOWN')).oracleId).toBe('nobody');
    });

    it('goes through its states as the table says, and only so', async () => {
        const acts = ['suspend', 'resume', 'retire'] as const;
        for (const way of [[], ['suspend'], ['suspend', 'resume'], ['retire']] as const) {
            for (const act of acts) {
                oracles = await OracleGrid.start();
                for (const before of way) await operate(before);
                const { state } = await query('north');
                const expected = oracleStateTable[state][act];
                const outcome = await operate(act).then(
                    ({ event }) => (event?.payload as OracleRecord).state,
                    (error: unknown) => decodeFault(String(error))?.code,
                );
                expect([state, act, outcome]).toEqual([state, act, expected ?? 'ORACLE_STATE_NOT_ALLOWED']);
            }
        }
    });

    it('is told apart by state, act, reason and who did it', async () => {
        const { calls } = await operate('suspend');
        expect(calls).toMatchObject({ gets: 2, puts: 1 });
        expect((await query('north')).lastAct).toMatchObject({ act: 'suspend', reason: 'key lost' });
        const fault = await expectFault(operate('suspend'), 'ORACLE_STATE_NOT_ALLOWED');
        expect(fault).toMatchObject({ oracleId: 'north', act: 'suspend', state: 'suspended' });
    });

    it('is acted on by its own organisation alone', async () => {
        const fault = await expectFault(operate('retire', oracles.grid.foreignOperator), 'FOREIGN_ORACLE');
        expect(fault).toMatchObject({ mspId: 'DispatchMSP', callerMspId: 'PrimaryMSP' });
        const unknown = oracleCalls.resume('nobody');
        await expectFault(oracles.grid.ledger.submit(unknown, oracles.grid.operator), 'ORACLE_UNKNOWN');
    });

    it('is acted on at the later of two times; one that went back too far is refused', async () => {
        await operate('suspend');
        oracles.advance(-oraclesLimits.clockToleranceMs);
        await operate('resume');
        expect((await query('north')).lastAct.transactionTimeMs).toBe(feedStartMs);
        oracles.advance(-1);
        const fault = await expectFault(operate('suspend'), 'TIME_WENT_BACK');
        expect(fault.toleranceMs).toBe(oraclesLimits.clockToleranceMs);
    });
});
